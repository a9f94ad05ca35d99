// The rules about shapes: what a change of a contract or schema means for those who read and write by it. Flows in: nothing. Flows out:
// the catalogue; each entry becomes a page of specs/rules. What a rule comes to in a case is decided by proofs, not here: the severity
// is that of the plain case.
import type { ChangeSeverity } from "../finding.ts"
import type { ChangeRule } from "./change-rule.ts"

type Level = ChangeSeverity | "none"

function rule(
  title: string,
  [backward, forward, full]: readonly [Level, Level, Level],
  bump: ChangeRule["bump"],
  meaning: string,
  fix: string,
  locked = false,
): ChangeRule {
  return { title, meaning, fix, locked, severity: { backward, forward, full }, bump }
}

export const shapeRules = {
  S001: rule(
    "Optional field added",
    ["information", "error", "error"],
    "minor",
    "The new shape has a field that may be left out, and the old one let nobody send it. Data written before stays readable. A reader of the old shape refuses records that have the field; a reader that skips what it does not know does not mind.",
    "Tell readers before writers send the field, or open the old shape to fields it does not know.",
  ),
  S002: rule(
    "Field added to an open shape",
    ["error", "information", "error"],
    "major",
    "The old shape was open: anybody could send a field of this name with any value. The new one says what the field must be, so records that were fine may be refused now. Many registries look away here; a payload proves the break.",
    "Close the shape before it grows (additionalProperties false), or choose a name no one sends.",
  ),
  S003: rule(
    "Required field added",
    ["error", "information", "error"],
    "major",
    "Every record must now have a field the old shape did not ask for. Records written before do not have it.",
    "Add the field as optional, or with a default that the reader fills in; require it in the next major version.",
  ),
  S004: rule(
    "Required field with default added",
    ["error", "information", "error"],
    "minor",
    "Every record must now have a field that was not asked for, and the schema names a default. Nothing in JSON Schema fills a default in: it helps only where the reader does, as fmap does for contracts.",
    "Leave the field optional and keep the default, or make sure that each reader fills it in.",
  ),
  S005: rule(
    "Field removed",
    ["information", "error", "error"],
    "major",
    "The new shape no longer speaks of a field. A reader of the old shape misses it where it was required; where the new shape is closed, records that have it are refused.",
    "Mark the field deprecated with a sunset first, and remove it in a major version.",
  ),
  S006: rule(
    "Field renamed",
    ["error", "error", "error"],
    "major",
    "One field went and one of the same kind came. To everybody who reads or writes by name, that is a field lost and a field they do not know.",
    "Keep the old name beside the new one until nobody uses it.",
  ),
  S007: rule(
    "Required field became optional",
    ["information", "error", "error"],
    "major",
    "Records may now lack a field they always had. A reader of the old shape counts on it.",
    "Go on sending the field until each reader can do without it.",
  ),
  S008: rule(
    "Optional field became required",
    ["error", "information", "error"],
    "major",
    "Records that leave the field out were fine and are refused now.",
    "Ask writers to send the field first; require it when no record lacks it any more.",
  ),
  S009: rule(
    "Null allowed or forbidden",
    ["error", "error", "error"],
    "major",
    "Whether the value may be null changed. Null is not the same as absent: a reader that takes the one may stumble over the other.",
    "Forbid null only when nobody sends it; allow it only when each reader takes it.",
  ),
  S010: rule(
    "Value added to a list",
    ["information", "error", "error"],
    "minor",
    "The list of allowed values has one more. A reader of the old list does not know what it means.",
    "Let readers treat unknown values first (an open enum), then send the new one.",
  ),
  S011: rule(
    "Value removed from a list",
    ["error", "information", "error"],
    "major",
    "A value that was allowed is refused now. Records that hold it cannot be read any more.",
    "Keep the value and stop writing it; remove it when no kept record holds it.",
  ),
  S012: rule(
    "List of values closed or opened",
    ["error", "error", "error"],
    "major",
    "The values became a fixed list, or stopped being one. A closed list refuses what was let through; an opened one sends readers what they do not know.",
    "Close a list only when nothing else is sent; open it only when each reader treats unknown values.",
  ),
  S013: rule(
    "Range or length changed",
    ["error", "error", "error"],
    "major",
    "The smallest or largest value, or the length, is another. A tighter limit refuses what was fine; a looser one sends readers more than they made room for.",
    "Loosen limits on the reading side first, tighten them on the writing side first.",
  ),
  S014: rule(
    "Decimal places changed",
    ["error", "error", "error"],
    "major",
    "Amounts may have more places after the point than before, or fewer. Fewer refuse amounts that were fine; more are cut or refused by readers who made room for less, and then totals no longer agree.",
    "Widen readers first. Round where a rule says how, never where a column happens to end.",
  ),
  S015: rule(
    "Digits before the point changed",
    ["error", "error", "error"],
    "major",
    "Amounts may be larger than before, or must be smaller: what counts is precision less scale, the digits before the point.",
    "Widen readers first, then writers.",
  ),
  S016: rule(
    "Form of a value changed",
    ["error", "error", "error"],
    "major",
    "The same value is written in another way: as text or as a number, in minor units, by another date form or encoding. A reader may still accept it and take 1000 cents for 1000 euros.",
    "Give the new form a field of its own and let both stand side by side for a while.",
    true,
  ),
  S017: rule(
    "Pattern changed",
    ["error", "error", "error"],
    "major",
    "Texts must match another pattern. fmap compares the two exactly where they are regular; where it cannot, the change counts as breaking.",
    "Widen a pattern on the reading side first. Forgotten anchors (^ and $) are the usual reason why a pattern stops nothing.",
  ),
  S018: rule(
    "Format changed",
    ["error", "error", "error"],
    "major",
    "The text must be of another kind (a date, an address, an encoding), or of one it did not have to be. Readers that check formats refuse the rest.",
    "Treat a new format as a new field; keep the old one until nobody reads it.",
  ),
  S019: rule(
    "Type changed",
    ["error", "error", "error"],
    "major",
    "The value is of another type, or of more or fewer types than before. A wider type surprises readers, a narrower one refuses what was fine.",
    "Add a field of the new type beside the old one, and move over.",
  ),
  S020: rule(
    "Choice changed",
    ["error", "error", "error"],
    "major",
    "A record can be one of several shapes, and one came, went, or now overlaps with another. Where exactly one must fit, an overlap refuses records that fitted before.",
    "Add a branch on the reading side first; tell branches apart by a field with a fixed value.",
  ),
  S021: rule(
    "Shape closed, opened or typed",
    ["error", "error", "error"],
    "major",
    "Whether a record may have fields that the shape does not name, or what they must be, changed. A closed shape refuses additional fields that were fine; an opened one sends them to readers who refuse them.",
    "Close a shape when it is new, not later; open it on the reading side first.",
  ),
  S022: rule(
    "Number of items changed",
    ["error", "error", "error"],
    "major",
    "How many items or fields there must be, whether they are all different, or which items a list must contain changed.",
    "Loosen on the reading side first, tighten on the writing side first.",
  ),
  S023: rule(
    "Condition or dependency changed",
    ["error", "error", "error"],
    "major",
    "What must hold in some cases only (if, then, not, a field that asks for another) changed. fmap proves what it can; what it cannot prove counts as breaking.",
    "Say the cases as separate shapes with a field that tells them apart.",
  ),
  S024: rule(
    "Default changed",
    ["information", "information", "information"],
    "minor",
    "Another value stands for a field that is left out. A schema only notes it; a reader that fills it in gives old records another meaning.",
    "Write the value out where it matters. Change a default in a major version where readers fill it in.",
  ),
  S025: rule(
    "Columns in another order",
    ["information", "information", "information"],
    "patch",
    "The columns of a file stand in another order. Whoever reads by the names in the header does not notice; where there is no header the place of a value says which field it is, and every reader and writer breaks. Elsewhere the order of fields, where definitions stand and what texts say is not told: nobody can notice it.",
    "Without a header, give the file a new major version, and agree on the day with whoever reads it by position.",
  ),
  S026: rule(
    "Deprecation without a date kept",
    ["warning", "warning", "warning"],
    "minor",
    "A field was marked deprecated without saying until when it stays, with too little time, or it was removed before the day that was promised.",
    "Name a sunset far enough away, and keep the field until then.",
  ),
  S027: rule(
    "Key changed",
    ["error", "error", "error"],
    "major",
    "Other fields tell records apart. What was one record may be two, or two may be one: joins, replays and counts change without any payload being refused.",
    "Give the new grain a contract of its own, and say how the old keys become new ones.",
  ),
} as const satisfies Readonly<Record<string, ChangeRule>>

export type ShapeRule = keyof typeof shapeRules
