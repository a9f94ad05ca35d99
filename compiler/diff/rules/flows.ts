// The rules about what a flow does: what changes of it are called and how severe each is. Flows in: nothing. Flows out: the catalogue, by id. Locked is what can book twice, book in
// the wrong order, or let figures through that do not agree.
import type { ChangeRule } from "./change-rule.ts"

const always = <S extends "error" | "warning" | "information">(severity: S) =>
  ({ strict: severity, standard: severity, relaxed: severity }) as const
const breaks = { strict: "error", standard: "error", relaxed: "warning" } as const
const noted = { strict: "warning", standard: "warning", relaxed: "information" } as const

export const flowRules = {
  F001: {
    title: "Proved the same flow",
    meaning:
      "The flow was written anew and does the same: the same events start it, and each has the same effects in the same order of what waits for what. Names of steps and locals, the order of steps that do not wait for each other, and comments say nothing.",
    fix: "Nothing has to be done. A new patch version keeps events in flight with the names their steps had.",
    locked: false,
    severity: always("information"),
    bump: "patch",
  },
  F002: {
    title: "Started by something else",
    meaning:
      "Another system, contract, event, schedule or caller starts the flow. What started it before has no effect any more.",
    fix: "Where the old source still matters, give what is started by something else a name of its own. Under its old name the flow begins at the new source as one that never ran; the place at the old one stays, for when it comes back.",
    locked: false,
    severity: always("error"),
    bump: "major",
  },
  F003: {
    title: "Other changes of a record start it",
    meaning:
      "The fields that are watched, the value that a field becomes, or whether our own writes count is another. Changes that led to an effect lead to none, or the other way round.",
    fix: "Look at which changes are no longer noticed, and tell whoever waits for their effect.",
    locked: false,
    severity: breaks,
    bump: "major",
    other: {
      where: "every change that started it still does, and more do",
      severity: { strict: "error", standard: "warning", relaxed: "information" },
      bump: "minor",
    },
  },
  F004: {
    title: "Runs at another time",
    meaning:
      "The schedule has another time, another zone, or treats missed occurrences in another way. What depends on it having run, a close or a plan, finds other figures.",
    fix: "Agree the time with those who read the result, and with the hours in which the systems may be called.",
    locked: false,
    severity: breaks,
    bump: "major",
  },
  F005: {
    title: "Wants fewer events",
    meaning:
      "The condition of the flow is true for fewer events than before. What it leaves out now has no effect, and nobody is told.",
    fix: "Make sure that something else takes what is left out, or that nobody waits for it.",
    locked: false,
    severity: breaks,
    bump: "major",
  },
  F006: {
    title: "Wants more events",
    meaning:
      "The condition of the flow is true for events that it left out before. They have effects now: records at the target that nobody expected there.",
    fix: "Ask who owns the target whether these records belong there, and whether they came there by another way.",
    locked: false,
    severity: breaks,
    bump: "major",
  },
  F007: {
    title: "Wants other events",
    meaning:
      "The condition of the flow is another one: it may leave out what it wanted, and want what it left out. Neither was proved of the other.",
    fix: "Write the condition so that one follows from the other, or tell those who wait for either.",
    locked: false,
    severity: breaks,
    bump: "major",
  },
  F008: {
    title: "Other events wait for each other",
    meaning:
      "The lane or what orders versions is another. Two changes of one record may be written side by side or in the wrong order, and an old amount may take the place of a new one.",
    fix: "Keep the lane while events of it are open, or drain them first; a lane should be named by what may not overtake itself.",
    locked: true,
    severity: always("error"),
    bump: "major",
    other: {
      where: "an order is promised where none was",
      severity: noted,
      bump: "minor",
    },
  },
  F009: {
    title: "Another effect",
    meaning:
      "The flow writes something that it did not write before. The target gets records that nobody there has seen yet.",
    fix: "Have the owner of the target agree, and look at what becomes of events whose new effect fails.",
    locked: false,
    severity: { strict: "error", standard: "warning", relaxed: "information" },
    bump: "minor",
  },
  F010: {
    title: "Effect gone",
    meaning:
      "The flow no longer writes what it wrote. The target gets no such records any more, and does not know that some are missing.",
    fix: "Tell the owner of the target, or keep the effect until something else has it.",
    locked: false,
    severity: always("error"),
    bump: "major",
  },
  F011: {
    title: "Written with another verb",
    meaning:
      "A record is created, changed, made where it is missing, or deleted where something else was done. A repeated write may make a second record, or change one that was left alone.",
    fix: "Use `upsert` or `ensure` where a write may come again, and have those who answer for the target agree.",
    locked: true,
    severity: always("error"),
    bump: "major",
  },
  F012: {
    title: "Told apart by another field",
    meaning:
      "The field by which the target knows a record again is another one. What was written under the old one is not found, and is made a second time.",
    fix: "Keep the key, or fill the new one in all records at the target before the first event comes.",
    locked: true,
    severity: always("error"),
    bump: "major",
  },
  F013: {
    title: "Written to another place",
    meaning: "The record goes to another system or another contract. Where it went before it is missed.",
    fix: "Write to both until the readers of the old place have moved.",
    locked: false,
    severity: always("error"),
    bump: "major",
  },
  F014: {
    title: "Made by another map",
    meaning:
      "What is written, published or computed comes from another map, or from another step of the flow.",
    fix: "Change the map under its own name, so that the difference is told field by field.",
    locked: false,
    severity: breaks,
    bump: "major",
  },
  F015: {
    title: "The map is given something else",
    meaning:
      "A map is called with another value or another record than before, so that what it makes may be another.",
    fix: "Make sure that everybody who reads what it makes knows what it is now made of.",
    locked: false,
    severity: breaks,
    bump: "major",
  },
  F016: {
    title: "Reads other records",
    meaning:
      "A step reads another contract, finds its records by other fields or values, or takes one where it took all. Whatever is made of them is another.",
    fix: "Make sure that the new records mean the same to those who read the result.",
    locked: false,
    severity: breaks,
    bump: "major",
  },
  F017: {
    title: "Load puts something else in place",
    meaning:
      "A load adds where it replaced, or replaces over other fields. Figures of an earlier run stay and are counted twice, or figures of others are deleted.",
    fix: "Replace over the fields that name exactly what one run writes: the version and the period, and no less.",
    locked: true,
    severity: always("error"),
    bump: "major",
  },
  F018: {
    title: "Controls changed",
    meaning:
      "A reconciliation or control is gone, compares something else, or lets more through. Figures that do not agree are no longer stopped.",
    fix: "Keep the control. Where it was wrong, have those who rely on it agree to the new one.",
    locked: true,
    severity: always("error"),
    bump: "major",
    other: {
      where: "a control was added: events stop that did not",
      severity: noted,
      bump: "minor",
    },
  },
  F019: {
    title: "Lost answers cleared up otherwise",
    meaning:
      "A lost answer could be cleared up before, by a key, an own id or a question, and cannot any more; or nobody looks at it any more.",
    fix: "Write with `upsert` or `ensure`, name the platform of the system, or say `in doubt hold CODE`.",
    locked: true,
    severity: always("error"),
    bump: "major",
    other: {
      where: "a lost answer is cleared up better than before",
      severity: always("information"),
      bump: "patch",
    },
  },
  F020: {
    title: "Taken back otherwise",
    meaning:
      "What was done is no longer taken back when a later step stops for good, or is taken back by another map. Half of an event stays at the target.",
    fix: "Keep the compensation, or have those who answer for the target agree to clear it up by hand.",
    locked: true,
    severity: always("error"),
    bump: "major",
    other: {
      where: "something is taken back that stayed before",
      severity: noted,
      bump: "minor",
    },
  },
  F021: {
    title: "Stopped events go elsewhere",
    meaning:
      "What stops for a reason lands where nobody works on it: a dead letter took the place of a queue, or the other way round.",
    fix: "Keep the queue, or tell those who worked on it that it stays empty from now on.",
    locked: false,
    severity: breaks,
    bump: "major",
    other: {
      where: "it is another queue, or another person is asked",
      severity: noted,
      bump: "minor",
    },
  },
  F022: {
    title: "Lane of a stopped event changed",
    meaning:
      "The lane of a stopped event does not wait for it any more. Later changes of the same record are written before the one that stopped.",
    fix: "Let the lane wait where a later write must not overtake an earlier one.",
    locked: false,
    severity: breaks,
    bump: "major",
    other: {
      where: "the lane waits where it went on before",
      severity: noted,
      bump: "minor",
    },
  },
  F023: {
    title: "New reason to stop",
    meaning:
      "An event can stop with a code that it could not stop with before, and no route names the code: it goes wherever all others go.",
    fix: "Write a route for the code, with those who know what to do about it.",
    locked: false,
    severity: noted,
    bump: "minor",
    other: {
      where: "a route names the code",
      severity: always("information"),
      bump: "minor",
    },
  },
  F024: {
    title: "Tried, awaited or paced otherwise",
    meaning:
      "A call is repeated more or less often, waited for longer or shorter, or made more or less often in a time. Events stop sooner or later, and the target has another load.",
    fix: "Check it against the limits of the target and the time the flow promises.",
    locked: false,
    severity: { strict: "error", standard: "warning", relaxed: "information" },
    bump: "minor",
  },
  F025: {
    title: "Another way out of a step",
    meaning:
      "What becomes of a record that is refused, or not found, or of a control that fails, is another: another code, a hold where there was a rejection, or nothing at all.",
    fix: "Make sure that somebody works on what stops under the new code, and nobody waits for the old one.",
    locked: false,
    severity: breaks,
    bump: "major",
  },
  F026: {
    title: "Published events changed",
    meaning:
      "An event is not published any more, or is of another contract or major version. Who waits for it gets nothing.",
    fix: "Publish both until every reader has moved.",
    locked: false,
    severity: always("error"),
    bump: "major",
    other: {
      where: "an event is published that was not",
      severity: always("information"),
      bump: "minor",
    },
  },
  F027: {
    title: "Callers get or give something else",
    meaning:
      "The flow takes a request of another contract, or answers with another one. A program that calls it breaks.",
    fix: "Offer the new form under a name of its own, and keep the old one until nobody calls it.",
    locked: false,
    severity: always("error"),
    bump: "major",
  },
  F028: {
    title: "A step runs in other cases",
    meaning:
      "The condition around a step, or the list it runs for, is another. Effects appear or stay out for some events.",
    fix: "Look at which events have the effect now that had it not, and the other way round.",
    locked: false,
    severity: breaks,
    bump: "major",
  },
  F029: {
    title: "A step waits for others",
    meaning:
      "A step no longer waits until an earlier effect is done. It may be done although the other one never is.",
    fix: "Say `after` where the order matters to one of the targets.",
    locked: false,
    severity: breaks,
    bump: "major",
    other: {
      where: "it waits for more than before",
      severity: always("information"),
      bump: "patch",
    },
  },
  F030: {
    title: "Receipts fill something else",
    meaning:
      "The rows that receipts write into a crosswalk have another key or value, or are not written any more. Later look-ups find nothing, or something else.",
    fix: "Keep the rows, or fill the crosswalk anew before anything looks it up.",
    locked: false,
    severity: breaks,
    bump: "major",
  },
  F031: {
    title: "Flow gone, renamed, or new",
    meaning:
      "There is no such flow any more. What starts it has no effect, and its events that are open are finished by nobody. One that does the same under another name is told as renamed: it knows nothing of what was done under the old one.",
    fix: "Let its events end before it goes, and tell the owners of what it wrote to. Keep the name of a flow that runs.",
    locked: false,
    severity: always("error"),
    bump: "major",
    other: {
      where: "the flow is new",
      severity: always("information"),
      bump: "minor",
    },
  },
  F032: {
    title: "Calls another version of a map, or its new name",
    meaning:
      "A map that the flow calls has another version, or another name under which it makes the same; what is different in it is told of the map. Events end with the maps of the version they began under, so the flow needs a version of its own for it.",
    fix: "Nothing has to be done beside the new version.",
    locked: false,
    severity: always("information"),
    bump: "patch",
  },
  F033: {
    title: "Done differently",
    meaning:
      "The flow was not proved to do what it did, and no other rule says what is different. What is not known is never called the same.",
    fix: "Change one thing at a time, so that each has a rule that names it.",
    locked: false,
    severity: breaks,
    bump: "major",
  },
} as const satisfies Readonly<Record<string, ChangeRule>>

export type FlowRule = keyof typeof flowRules
