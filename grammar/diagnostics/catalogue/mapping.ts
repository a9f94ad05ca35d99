// FM4xxx: what a map must say about every field of its target and its sources.
import { entry } from "./entry.ts"

export const mapping = {
  FM4101: entry<{ field: string; target: string }>({
    title: "Field not assigned",
    severity: "error",
    message: p => `"${p.field}" of ${p.target} is neither assigned nor left with a reason.`,
  }),
  FM4102: entry<{ field: string }>({
    title: "Field assigned twice",
    severity: "error",
    message: p => `"${p.field}" is assigned more than once.`,
  }),
  FM4103: entry<{ field: string; target: string }>({
    title: "Unknown target field",
    severity: "error",
    message: p => `${p.target} has no field "${p.field}".`,
  }),
  FM4104: entry<{ field: string }>({
    title: "Computed field assigned",
    severity: "error",
    message: p => `"${p.field}" is computed by its system and cannot be assigned.`,
  }),
  FM4105: entry<{ field: string }>({
    title: "Required field left",
    severity: "error",
    message: p => `"${p.field}" must have a value, so it cannot be left.`,
  }),
  FM4106: entry<{ what: string }>({
    title: "Reason missing",
    severity: "error",
    message: p => `${p.what} needs a reason: \`because "…"\`.`,
  }),
  FM4107: entry<{ cycle: string }>({
    title: "Fields depend on each other",
    severity: "error",
    message: p => `These values need each other: ${p.cycle}.`,
  }),
  FM4108: entry<{ name: string }>({
    title: "Unused let",
    severity: "error",
    message: p => `Nothing uses "${p.name}".`,
  }),
  FM4109: entry<{ field: string; source: string; mark: string }>({
    title: "Marked source field not read",
    severity: "error",
    message: p => `"${p.field}" of ${p.source} is ${p.mark}, and this map neither reads nor ignores it.`,
  }),
  FM4111: entry<{ path: string }>({
    title: "Ignored field is read",
    severity: "error",
    message: p => `"${p.path}" is ignored here and read elsewhere in this map.`,
  }),
  FM4112: entry<{ field: string }>({
    title: "Left field is read",
    severity: "error",
    message: p => `"${p.field}" is left, so it never has a value to read.`,
  }),
  FM4115: entry<{ field: string }>({
    title: "Key of an unfit field",
    severity: "error",
    message: p => `"${p.field}" is read in the key, and it does not identify a record.`,
  }),
  FM4116: entry<Record<never, never>>({
    title: "Ambiguous key",
    severity: "error",
    message: () => "Two parts of this key stand side by side, so two different records may get the same key.",
  }),
  FM4117: entry<{ reason: string }>({
    title: "Key not understood",
    severity: "error",
    message: p => `This key cannot be used: ${p.reason}.`,
  }),
  FM4118: entry<{ code: string }>({
    title: "Skipped rows without a control",
    severity: "error",
    message: p => `Rows may be skipped with ${p.code}, and no control checks a total of what is left.`,
  }),
  FM4119: entry<{ what: string }>({
    title: "Check without a way out",
    severity: "error",
    message: p => `${p.what} does not say what happens when it fails.`,
  }),
  FM4120: entry<{ verb: string; where: string }>({
    title: "Wrong way out",
    severity: "error",
    message: p => `\`${p.verb}\` cannot stand ${p.where}.`,
  }),
  FM4121: entry<{ code: string }>({
    title: "Code with two meanings",
    severity: "error",
    message: p => `${p.code} is used both to hold and to reject.`,
  }),
  FM4124: entry<{ condition: string }>({
    title: "Not a comparison",
    severity: "error",
    message: p => `${p.condition} compares two sides: \`left == right\`.`,
  }),
  FM4125: entry<{ code: string }>({
    title: "Reserved code",
    severity: "error",
    message: p => `${p.code} is a code of the runtime itself; choose one of your own.`,
  }),
  FM4180: entry<{ field: string }>({
    title: "Required field in one arm",
    severity: "error",
    message: p => `"${p.field}" must have a value, and not every arm of this choose assigns it.`,
  }),
  FM4181: entry<{ field: string }>({
    title: "Field in every arm",
    severity: "error",
    message: p => `Every arm of this choose assigns "${p.field}", so it excludes no other field.`,
  }),
  FM4182: entry<Record<never, never>>({
    title: "No assignment in an arm",
    severity: "error",
    message: () => "An arm of a choose assigns fields or leaves them, nothing else.",
  }),
  FM4183: entry<Record<never, never>>({
    title: "Arm without fields",
    severity: "error",
    message: () => "This arm assigns no field and leaves none with a reason.",
  }),
  FM4210: entry<{ problem: string }>({
    title: "List and names do not match",
    severity: "error",
    message: p => `The texts of a list are given to fields one by one, but ${p.problem}.`,
  }),
  FM4160: entry<Record<never, never>>({
    title: "Share without rows",
    severity: "error",
    message: () => "`share of` is the whole value of a field in the rows that `each` or `group` makes.",
  }),
  FM4161: entry<{ name: string }>({
    title: "Total differs from row to row",
    severity: "error",
    message: p => `The total of a share is one for all its rows, and this one depends on "${p.name}".`,
  }),
  FM4162: entry<{ name: string }>({
    title: "Share within no loop",
    severity: "error",
    message: p => `"${p.name}" is no loop of the \`each\` that makes these rows.`,
  }),
  FM4163: entry<{ rule: string }>({
    title: "Unknown remainder rule",
    severity: "error",
    message: p => `"${p.rule}" does not say which rows get the coins that are left over.`,
  }),
  FM4164: entry<Record<never, never>>({
    title: "Share replaced",
    severity: "error",
    message: () => "With another value in place of a share the parts would no longer add up to the total.",
  }),
  FM4165: entry<Record<never, never>>({
    title: "Equally without a share",
    severity: "error",
    message: () => "`else equally` stands only after `share of`.",
  }),
  FM4166: entry<{ share: string; name: string }>({
    title: "Row dropped after its share",
    severity: "error",
    message: p =>
      `"${p.name}" may skip the row and needs the share "${p.share}", so a part of the total could go with it.`,
  }),
  FM4184: entry<{ record: string; rule: string }>({
    title: "Rule of the target broken",
    severity: "error",
    message: p => `${p.record} wants ${p.rule}, and what is assigned here breaks that.`,
  }),
  FM4185: entry<{ problem: string }>({
    title: "Control without groups",
    severity: "error",
    message: p => `A control \`for each\` key compares rows that have the key, but ${p.problem}.`,
  }),
  FM4186: entry<{ field: string }>({
    title: "Cleared value without a place",
    severity: "error",
    message: p => `What "${p.field}" is made of may be cleared, and what becomes of it then is not said.`,
  }),
  FM4187: entry<{ field: string; paths: string }>({
    title: "Value of several changes",
    severity: "error",
    message: p => `"${p.field}" needs ${p.paths}, and an event may bring only one of them.`,
  }),
  FM4188: entry<{ map: string; problem: string }>({
    title: "Events and patches",
    severity: "error",
    message: p => `The map "${p.map}" ${p.problem}.`,
  }),
  FM4189: entry<{ field: string }>({
    title: "Set on creation only",
    severity: "error",
    message: p => `"${p.field}" is set when its record is made, and this map changes one that is there.`,
  }),
} as const
