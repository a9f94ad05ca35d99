// FM88xx: why an event stopped, as queues, traces and the API tell it. Flows out: the entries, by code of their page.
import type { EventEntry } from "./entry.ts"

export const eventCodes = {
  FM8801: {
    title: "IN_DOUBT",
    cause:
      "An answer of a target was lost, and the target cannot be asked whether it did what it was told. It is not sent again: that could pay or book twice. The lane waits.",
    help: "Look in the target whether the record is there, and say what you found: `fmap flow exceptions settle N --done` or `--not-done`, each with a reason.",
  },
  FM8802: {
    title: "REQUEST_CHANGED",
    cause:
      "An effect that was tried before now has another request, because the map, its reference data or what it read has changed in between. Nobody knows which of the two the target has.",
    help: "Look in the target. Put the data back and `retry`, or `reissue` the effect with the new request; two people decide that.",
  },
  FM8803: {
    title: "REJECTED",
    cause:
      "The target refused the request, and will refuse the same one again. Nothing was done there. The message holds the target's own words.",
    help: "Correct the record, the map or the target, then `retry` or `edit`. What is not to be sent at all is skipped with `skip`.",
  },
  FM8804: {
    title: "CONFLICT",
    cause:
      "The target has something else in the place of what was sent: another record with the same key, or one that somebody changed meanwhile.",
    help: "Look at the record in the target, decide which is right, and `retry`, `edit` or `skip` the event.",
  },
  FM8805: {
    title: "ATTEMPTS_EXHAUSTED",
    cause:
      "The event was tried as often as its flow allows, and failed each time in a way that may pass: a target that did not answer, or credentials that are refused.",
    help: "Look at the last message and at `fmap flow stats`. When the target is well again: `fmap flow exceptions retry N --alike`.",
  },
  FM8806: {
    title: "DEFECT",
    cause:
      "The code of the flow itself threw an error, three times. It is neither the record's fault nor a target's.",
    help: "Have the flow corrected, start it in a new version, and `retry` the event.",
  },
  FM8807: {
    title: "CRASHED",
    cause:
      "Five processes in a row died while they worked on this event. It is put aside, so that it does not take the others with it.",
    help: "Look why the processes died: memory, mostly, or the size of this record. Then `retry`, `edit` or `skip`.",
  },
  FM8808: {
    title: "REGION_REFUSED",
    cause: "A target is in a region where the data of this event must not be. Nothing was sent.",
    help: "Correct the `region` of the system where it is wrong, then `retry`. Otherwise the flow must not send this data there.",
  },
  FM8809: {
    title: "KEY_MISSING",
    cause: "What the ledger keeps of this event is encrypted with a key that is not here.",
    help: "Bring the key back under `encryption` of fmap.flows.json, behind the first one, start again, and `retry`. Never delete a key that the ledger still uses.",
  },
  FM8810: {
    title: "NOT_AUTHENTIC",
    cause:
      "What the ledger keeps of this event was changed, or belongs to another row: its seal does not fit. Nothing is sent. Somebody wrote into the ledger who was not fmap.",
    help: "Find out who can write to the store, and compare with a backup. `fmap flow audit verify` says what else does not fit.",
  },
  FM8811: {
    title: "NOT_POSSIBLE",
    cause:
      "The flow made something that cannot be kept or sent: a value that is no JSON, a record without its key, an event for a flow that does not exist.",
    help: "Correct the flow or the map that makes the value, then `retry` the event.",
  },
  FM8812: {
    title: "ID_REUSED",
    cause:
      "A source sent an event with an id it had used before, and with another payload. The first one stands; the second was not taken. It stops no event.",
    help: "Find out at the source which of the two is right. Then `dismiss` the exception with a reason; a change that is to be taken needs an id or a version of its own.",
  },
  FM8813: {
    title: "COUNTS_DIFFER",
    cause:
      "A load was reconciled, and the target did not take as many rows as were sent to it: some were refused or ignored.",
    help: "The detail has the counts, and where the target tells them the rows it refused. Correct those and `retry`.",
  },
} as const satisfies Readonly<Record<string, EventEntry>>
