// The rules about what a map does: what changes of a mapping are called and how severe each is. Flows in: nothing. Flows out: the catalogue,
// by id. `strict` is a feed somebody reports to a regulator, `relaxed` one that only people look at.
import type { ChangeRule } from "./change-rule.ts"

export const mappingRules = {
  M001: {
    title: "Proved equivalent",
    meaning:
      "The map was written anew and means the same: every field of every record gets the value it got, and ends where it ended. Names of locals, the order of statements, functions taken out or written out, conditions and sums put differently say nothing.",
    fix: "Nothing has to be done.",
    locked: false,
    severity: { strict: "information", standard: "information", relaxed: "information" },
    bump: "patch",
  },
  M002: {
    title: "Another source",
    meaning:
      "A field gets its value from another place than before. The records look as they did, and mean something else.",
    fix: "Make sure that everybody who reads the field knows what it now holds; where both are wanted, add a field.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M003: {
    title: "Fallbacks in another order",
    meaning:
      "Of several places the first that has a value gives it, and which one is asked first has changed. Records that have several of them get another value.",
    fix: "Say to the readers of the field which place now comes first.",
    locked: false,
    severity: { strict: "error", standard: "warning", relaxed: "information" },
    bump: "major",
    other: {
      where: "the field is no amount and no key",
      severity: { strict: "error", standard: "warning", relaxed: "information" },
      bump: "minor",
    },
  },
  M004: {
    title: "Rounded another way",
    meaning:
      "What lies between two steps is rounded to the other one. Each record differs by at most one step, and totals by as many as there are records.",
    fix: "Use the mode the policy names. When the policy changed, say from which day on.",
    locked: true,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M005: {
    title: "Rounded to other digits",
    meaning: "A figure keeps more or fewer digits than before, or is no longer rounded.",
    fix: "Use the digits the readers keep; the minor units of a currency are written `minor`.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M006: {
    title: "Rounded at another point",
    meaning:
      "The same figures are rounded before they are added or multiplied instead of after, or the other way round; or another row takes what is left over of a total. Single records differ by steps, and sums may no longer be the sum of what is shown.",
    fix: "Round where the policy says; usually each line, and then the sum of the lines.",
    locked: false,
    severity: { strict: "error", standard: "warning", relaxed: "information" },
    bump: "major",
  },
  M007: {
    title: "Computed differently",
    meaning: "Another operator, factor, term or function makes the value.",
    fix: "Say to the readers what the figure now is; where the old one is still wanted, add a field.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M008: {
    title: "Sign turned round",
    meaning:
      "What was positive is negative. Sums, reports and postings that rely on debit and credit turn over with it.",
    fix: "Do not change the sign of a field in use; add a field with the other one.",
    locked: true,
    severity: { strict: "error", standard: "error", relaxed: "error" },
    bump: "major",
  },
  M009: {
    title: "Another unit",
    meaning: "The figure is one of another unit of measure: the same number means another quantity.",
    fix: "Give the figure in the old unit, or add a field for the new one.",
    locked: true,
    severity: { strict: "error", standard: "error", relaxed: "error" },
    bump: "major",
  },
  M010: {
    title: "Another currency or rate",
    meaning:
      "The amount is in another currency, or is converted with another rate: from another table, of another kind, or of another day.",
    fix: "Have the owners of the rates and of the field agree, and say from which day on it holds.",
    locked: true,
    severity: { strict: "error", standard: "error", relaxed: "error" },
    bump: "major",
  },
  M011: {
    title: "Another zone, calendar or count of days",
    meaning:
      "A day or period is found by another time zone, calendar or way of counting days. Records near midnight or the end of a period move.",
    fix: "Compare a closed period with both versions before it is released.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M012: {
    title: "Rows left out",
    meaning:
      "A condition lets fewer rows through than before: every row it lets through was let through before, and some that were are missing now.",
    fix: "Say which rows are missing, and where they go instead.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M013: {
    title: "Rows added",
    meaning:
      "A condition lets more rows through than before: all that came still come, and others with them.",
    fix: "Make sure that the readers can take the additional rows, and that no total counts them twice.",
    locked: false,
    severity: { strict: "error", standard: "warning", relaxed: "information" },
    bump: "major",
    other: {
      where: "no amount of the target is made from the rows",
      severity: { strict: "error", standard: "warning", relaxed: "information" },
      bump: "minor",
    },
  },
  M014: {
    title: "Other rows",
    meaning: "A condition was changed in such a way that rows may be missing and others may come.",
    fix: "Try both versions with recorded records: `--payloads`.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M015: {
    title: "Code means something else",
    meaning: "A code that had a value has another one now.",
    fix: "When the meaning changed on a day, keep the old row until that day and add one from it.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M016: {
    title: "Code without its value",
    meaning:
      "A code that had a value of its own no longer has one: it falls to a more general row, or is not mapped at all.",
    fix: "End the row on a day instead of deleting it, so that records of earlier days still find it.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M017: {
    title: "Code added",
    meaning: "A code that was not mapped has a value now: records that waited or failed go through.",
    fix: "Nothing has to be done, when nobody relied on the records being stopped.",
    locked: false,
    severity: { strict: "warning", standard: "information", relaxed: "information" },
    bump: "minor",
    other: {
      where: "a more general row, or what holds otherwise, answered for the code before",
      severity: { strict: "error", standard: "warning", relaxed: "information" },
      bump: "major",
    },
  },
  M018: {
    title: "Answer for unknown codes changed",
    meaning:
      "What becomes of a code that has no row has changed: it stops the record, passes, or gets a constant.",
    fix: "Keep stopping what nobody decided about; a constant hides it.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M019: {
    title: "No way back",
    meaning: "Two codes have one value now, so that the value no longer says which code it was.",
    fix: "Give each code a value of its own, when anybody asks back.",
    locked: false,
    severity: { strict: "error", standard: "warning", relaxed: "information" },
    bump: "minor",
  },
  M020: {
    title: "Another constant",
    meaning: "A constant that stands in the target, or a default, has another value.",
    fix: "Say to the readers that the value they know will no longer come.",
    locked: false,
    severity: { strict: "error", standard: "warning", relaxed: "information" },
    bump: "major",
  },
  M021: {
    title: "Another condition decides",
    meaning:
      "Which of several values a field gets is decided by other conditions, or there is a case more or less.",
    fix: "Check the cases at the edges of the conditions with recorded records.",
    locked: false,
    severity: { strict: "error", standard: "warning", relaxed: "information" },
    bump: "major",
    other: {
      where: "the field is no amount and no key",
      severity: { strict: "error", standard: "warning", relaxed: "information" },
      bump: "minor",
    },
  },
  M022: {
    title: "Put together differently",
    meaning:
      "Rows are grouped by other keys, or made one value by another operation: what a row of the target stands for has changed.",
    fix: "Treat it as a new contract: a reader cannot see that a figure is for something else.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M023: {
    title: "Joined or looked up differently",
    meaning: "Rows find each other by other keys, another table answers, or how many may match has changed.",
    fix: "Compare recorded records with both versions, above all those that find nothing.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M024: {
    title: "Another order",
    meaning: "Rows come in another order, or of several equal ones another is kept.",
    fix: "Readers that rely on the order must be told; where none does, nothing has to be done.",
    locked: false,
    severity: { strict: "warning", standard: "warning", relaxed: "information" },
    bump: "minor",
  },
  M025: {
    title: "Another way out",
    meaning:
      "What becomes of a record or value that is missing or not allowed has changed: it was rejected, held, left empty or replaced, and something else happens now.",
    fix: "Have the people who work on held and rejected records agree.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M026: {
    title: "May not fit its field",
    meaning:
      "The value may now have more digits, be longer or lie outside of what its field allows, and the record is then rejected, which could not happen before.",
    fix: "Round, cut or check it, or widen the field.",
    locked: true,
    severity: { strict: "error", standard: "error", relaxed: "error" },
    bump: "major",
  },
  M027: {
    title: "Digits or text cut off",
    meaning: "A value that came whole is now rounded or cut on its way.",
    fix: "Keep the whole value, or say who decided what may be lost.",
    locked: true,
    severity: { strict: "error", standard: "error", relaxed: "error" },
    bump: "major",
  },
  M028: {
    title: "Field left out, or filled now",
    meaning: "A field the map filled is left out now.",
    fix: "Fill it, or deprecate the field in its contract with a day before it is left out.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
    other: {
      where: "a field is filled that was left out before",
      severity: { strict: "information", standard: "information", relaxed: "information" },
      bump: "minor",
    },
  },
  M029: {
    title: "Another key",
    meaning:
      "What identifies a record is made of something else. Records already written are not recognised and written again, or different ones become one.",
    fix: "Do not change the key of a contract in use; where it must be, migrate the records there are.",
    locked: true,
    severity: { strict: "error", standard: "error", relaxed: "error" },
    bump: "major",
  },
  M030: {
    title: "Reference data of another version",
    meaning:
      "A calendar, a table of codes or rows from a file have another version. The rule is the same, its answers may differ.",
    fix: "Nothing has to be done, when the new version was agreed; recorded records show what differs.",
    locked: false,
    severity: { strict: "warning", standard: "information", relaxed: "information" },
    bump: "minor",
  },
  M031: {
    title: "Results differ without a reason",
    meaning:
      "Recorded records give other results although the comparison found nothing that could make them. This is a bug of fmap.",
    fix: "Report it with both versions and the record.",
    locked: true,
    severity: { strict: "error", standard: "error", relaxed: "error" },
    bump: "major",
  },
  M032: {
    title: "Change that no record shows",
    meaning:
      "Something was changed that no recorded record reaches. What it does is known only from the sources.",
    fix: "Record a sample that reaches it.",
    locked: false,
    severity: { strict: "warning", standard: "information", relaxed: "information" },
    bump: "none",
  },
  M033: {
    title: "Totals drift apart",
    meaning:
      "The sum of an amount over all recorded records differs between the versions by more than the tolerance.",
    fix: "Explain the difference to the owners of the figures before the release.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "warning" },
    bump: "major",
  },
  M034: {
    title: "Way there and back broken",
    meaning:
      "A record that went through one map and back through the other came out as it was, and no longer does.",
    fix: "Change both maps together.",
    locked: false,
    severity: { strict: "error", standard: "warning", relaxed: "warning" },
    bump: "major",
  },
  M035: {
    title: "Another input",
    meaning:
      "A map wants another source or given than before, or calls it by another name: who calls it must hand in something else.",
    fix: "Give callers a version that takes both, or change them with it.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "error" },
    bump: "major",
    other: {
      where: "nobody has to hand it in: a given that may be missing was added",
      severity: { strict: "information", standard: "information", relaxed: "information" },
      bump: "minor",
    },
  },
  M036: {
    title: "Another check or control",
    meaning:
      "A check or control was added, taken away or judges by another condition or tolerance: other records are stopped.",
    fix: "Have those agree who rely on what the check promises.",
    locked: false,
    severity: { strict: "error", standard: "warning", relaxed: "information" },
    bump: "minor",
    other: {
      where: "it was taken away, or lets more through",
      severity: { strict: "error", standard: "error", relaxed: "warning" },
      bump: "major",
    },
  },
  M037: {
    title: "Map gone, renamed, or new",
    meaning:
      "A map that could be called is no longer there. One that makes what it made under another name is told as renamed: programs and flows that call it by the old name do not find it, and records come out as they did.",
    fix: "Keep it until nobody calls it. With a new name, change who calls it together with it, or keep a map of the old name beside it.",
    locked: false,
    severity: { strict: "error", standard: "error", relaxed: "error" },
    bump: "major",
    other: {
      where: "a map is new",
      severity: { strict: "information", standard: "information", relaxed: "information" },
      bump: "minor",
    },
  },
} as const satisfies Readonly<Record<string, ChangeRule>>

export type MappingRule = keyof typeof mappingRules
