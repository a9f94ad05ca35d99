// May an event be rehearsed at all? Flows in: what the ledger has of it. Flows out: undefined, or why something of it cannot be read.
import type { RecordedEvent } from "../ledger/replay.ts"
import { unreadable } from "../ledger/sealed.ts"

/** What a rehearsal stands on is all there, or nothing can be told. */
export function unreadableIn({
  payload,
  steps,
  effects,
}: Pick<RecordedEvent, "payload" | "steps" | "effects">): ReturnType<typeof unreadable> {
  const texts = [
    payload,
    ...[...steps.values()].map(({ result }) => result),
    ...[...effects.values()].flatMap(({ requestHash, request, receipt }) => [
      requestHash,
      request ?? "",
      receipt ?? "",
    ]),
  ]
  return texts.map(unreadable).find(one => one !== undefined)
}
