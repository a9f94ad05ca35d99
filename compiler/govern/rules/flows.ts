// Rules about flows: who answers for them, what becomes of what stops, what they promise, and what personal data they show on the way.
import { lockedRule, rule } from "./governance-rule.ts"

export const flows = {
  G065: rule(["warning", "error", "error"], {
    title: "Flow without owner",
    meaning:
      "Nobody answers for the flow. Events that stop wait for somebody, and a change of a system finds nobody who carries it out.",
    fix: 'Say who answers for it: `owner "Integration Operations"`.',
  }),
  G066: rule(["none", "information", "warning"], {
    title: "Flow without description",
    meaning: "The flow does not say in a sentence what happens because of what.",
    fix: "Write a `///` line in front of it: what starts it, and what is there when it has ended.",
  }),
  G067: rule(["none", "warning", "error"], {
    title: "Flow without service level",
    meaning:
      "The flow promises nothing, so that nobody is told when records are late. It is noticed by whoever misses them.",
    fix: "Say how many events are done within what time: `slo booked 99.5% within 15min`.",
  }),
  G068: rule(["none", "information", "error"], {
    title: "Failures that nobody works on",
    meaning:
      "The flow writes to systems, and what fails for good becomes a dead letter, which is in no queue. The record is missing at the target until somebody happens to look.",
    fix: 'Give failures a queue: `on failure queue "integration" assign "Integration Operations"`.',
  }),
  G069: rule(["none", "information", "warning"], {
    title: "Queue that is assigned to nobody",
    meaning: "Stopped events go to a queue, and the route does not say who works on them.",
    fix: 'Say who: `queue "order-desk" assign "Master Data"`.',
  }),
  G070: rule(["none", "error", "error"], {
    title: "Flow on a draft or retired contract",
    meaning:
      "The flow reads, writes or publishes a contract that is retired; or it has version 1.0.0 or more and the contract is a draft. It promises to stay as it is and stands on something that does not.",
    fix: "Make the contract active, move the flow to the one that took its place, or give the flow a version below 1.0.0.",
  }),
  G071: lockedRule(["none", "warning", "error"], {
    title: "Lane made of labelled data",
    meaning:
      "The lane of the flow is made of personal or confidential data. Lanes stand in the ledger, in logs, measures and alerts, where nothing masks them.",
    fix: "Make the lane of an id that says nothing of anybody.",
  }),
  G072: lockedRule(["none", "warning", "error"], {
    title: "Labelled data published",
    meaning:
      "An event that the flow publishes holds personal or confidential data. Events go to whoever listens, and no system's clearance or region is asked on the way.",
    fix: "Publish the id alone, and let those who may see more read it where it is; or mask it (`masked`, `fingerprint`).",
  }),
  G073: rule(["none", "information", "warning"], {
    title: "Published event without retention",
    meaning:
      "Nobody said how long the events that the flow publishes are kept, in outboxes, topics and with those who read them.",
    fix: "Say it of the event's contract: `retention 90 days`.",
  }),
  G074: lockedRule(["none", "warning", "error"], {
    title: "Labelled data in a look-up",
    meaning:
      "The flow asks a system for a record by personal or confidential data, and the system is not cleared for it or stands in another region. What is asked for stands in the address and in the logs there.",
    fix: "Look the record up by an id, or have the system cleared.",
  }),
  G075: rule(["none", "none", "warning"], {
    title: "Tries of a write not said",
    meaning:
      "The step does not say how often a failed call is tried again, and how long it waits. What the engine does otherwise was chosen for no system in particular.",
    fix: "Say it: `retry 6 times backoff 2s to 5min`.",
  }),
  G076: rule(["none", "information", "warning"], {
    title: "Write without timeout",
    meaning:
      "The step does not say how long an answer is waited for. A system that hangs holds the lane and everything behind it.",
    fix: "Say it: `timeout 30s`.",
  }),
  G077: rule(["none", "warning", "error"], {
    title: "Load without reconciliation",
    meaning:
      "Rows with amounts are loaded, and nobody compares how many the target took. Rows that it left out are missing in its totals, and no error says so.",
    fix: "Add `reconcile loaded else hold NOT_ALL_TAKEN` behind it.",
  }),
  G078: rule(["none", "warning", "error"], {
    title: "Load without control",
    meaning:
      "Amounts are loaded, and no control compares their sum with where they come from. A sum that does not agree is found by whoever closes the books.",
    fix: 'Add a control: `control "ties to the ledger" sum(facts.amount) == sum(rows.amount) else hold MISMATCH`.',
  }),
  G079: rule(["none", "warning", "error"], {
    title: "Changes may overtake each other",
    meaning:
      "The flow writes what changes of records bring, and each event is a lane of its own. Two changes of one record may be written in the wrong order.",
    fix: "Name what may not overtake itself: `lane deal.id newest by deal.changedAt`.",
  }),
  G080: rule(["none", "warning", "warning"], {
    title: "Platform's form offered to callers",
    meaning:
      "Callers of the flow give or get a record as a platform has it. When the platform is replaced, every program that calls has to change.",
    fix: "Let callers speak a contract of the company's own model, and map it.",
  }),
} as const
