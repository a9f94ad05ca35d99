// FM3xxx: types, missing values and failures of expressions.
import { entry } from "./entry.ts"

export const types = {
  FM3101: entry<{ expected: string; found: string }>({
    title: "Type mismatch",
    severity: "error",
    message: p => `${p.expected} is wanted here, and this is ${p.found}.`,
  }),
  FM3102: entry<{ what: string }>({
    title: "Missing value not handled",
    severity: "error",
    message: p => `${p.what} may be missing, and nothing here says what happens then.`,
  }),
  FM3103: entry<{ what: string; reason: string }>({
    title: "Failure not handled",
    severity: "error",
    message: p => `${p.what} fails when ${p.reason}, and nothing here says what happens then.`,
  }),
  FM3104: entry<{ what: string }>({
    title: "Useless way out",
    severity: "error",
    message: p => `${p.what} is always there, so this \`else\` can never act.`,
  }),
  FM3105: entry<{ left: string; right: string; operator: string }>({
    title: "Operands do not fit",
    severity: "error",
    message: p => `\`${p.operator}\` cannot take ${p.left} and ${p.right}.`,
  }),
  FM3106: entry<{ name: string; type: string }>({
    title: "Unknown enum member",
    severity: "error",
    message: p => `"${p.name}" is not a member of ${p.type}.`,
  }),
  FM3107: entry<{ name: string }>({
    title: "Enum member without an enum",
    severity: "error",
    message: p => `Nothing here says which enum \`.${p.name}\` belongs to.`,
  }),
  FM3108: entry<{ missing: string }>({
    title: "Match not exhaustive",
    severity: "error",
    message: p => `This \`match\` has no arm for ${p.missing}.`,
  }),
  FM3109: entry<{ reason: string }>({
    title: "Arm never reached",
    severity: "error",
    message: p => `This arm can never be reached: ${p.reason}.`,
  }),
  FM3110: entry<{ what: string }>({
    title: "Not a condition",
    severity: "error",
    message: p => `A condition is wanted here, and this is ${p.what}.`,
  }),
  FM3111: entry<{ name: string }>({
    title: "Unknown function",
    severity: "error",
    message: p => `There is no function or crosswalk called "${p.name}".`,
  }),
  FM3112: entry<{ name: string; expected: string; found: number }>({
    title: "Wrong number of arguments",
    severity: "error",
    message: p => `"${p.name}" takes ${p.expected}, and ${p.found} ${p.found === 1 ? "is" : "are"} given.`,
  }),
  FM3113: entry<{ from: string; to: string }>({
    title: "Text may be too long",
    severity: "error",
    message: p => `${p.from} does not always fit into ${p.to}, and cutting it is not spoken.`,
  }),
  FM3114: entry<{ from: number; to: number }>({
    title: "Digits would be lost",
    severity: "error",
    message: p => `A figure of ${p.from} fraction digits goes into ${p.to}, and rounding is not spoken.`,
  }),
  FM3115: entry<Record<never, never>>({
    title: "Division outside round",
    severity: "error",
    message: () => "A division may never end, so it stands only inside `round(…)`.",
  }),
  FM3116: entry<{ what: string }>({
    title: "Not a list",
    severity: "error",
    message: p => `A list is wanted here, and this is ${p.what}.`,
  }),
  FM3117: entry<{ where: string }>({
    title: "Way out not allowed here",
    severity: "error",
    message: p => `A record cannot be held or rejected ${p.where}.`,
  }),
  FM3118: entry<Record<never, never>>({
    title: "No row to skip",
    severity: "error",
    message: () => "`skip row` stands only inside the body of an `each`.",
  }),
  FM3119: entry<{ field: string }>({
    title: "Field cannot be cleared",
    severity: "error",
    message: p => `"${p.field}" is not marked \`clearable\`, so null may not be written to it.`,
  }),
  FM3120: entry<{ field: string }>({
    title: "Field may not be omitted",
    severity: "error",
    message: p => `"${p.field}" must have a value, so it cannot be omitted.`,
  }),
  FM3121: entry<{ mode: string }>({
    title: "Unknown rounding mode",
    severity: "error",
    message: p => `"${p.mode}" is not a way of rounding.`,
  }),
  FM3122: entry<{ reason: string }>({
    title: "Wrong argument of round",
    severity: "error",
    message: p => `This \`round\` cannot be read: ${p.reason}.`,
  }),
  FM3123: entry<{ text: string; kind: string }>({
    title: "Impossible value",
    severity: "error",
    message: p => `"${p.text}" is not ${p.kind}.`,
  }),
  FM3124: entry<{ field: string }>({
    title: "List may be empty",
    severity: "error",
    message: p => `"${p.field}" wants at least one row, and this list may have none.`,
  }),
  FM3125: entry<{ what: string }>({
    title: "Not a record",
    severity: "error",
    message: p => `This is ${p.what}, and only a record has members.`,
  }),
  FM3126: entry<{ value: string }>({
    title: "Otherwise is compulsory",
    severity: "error",
    message: p => `${p.value} can take values nobody has listed, so this \`match\` needs \`otherwise\`.`,
  }),
  FM3127: entry<Record<never, never>>({
    title: "Useless presence test",
    severity: "error",
    message: () => "This value is always there, so the test has only one answer.",
  }),
  FM3128: entry<Record<never, never>>({
    title: "Type cannot be told",
    severity: "error",
    message: () => "Nothing here tells what type this value has.",
  }),
  FM3129: entry<{ format: string; type: string }>({
    title: "Wrong format",
    severity: "error",
    message: p => `The format "${p.format}" cannot be used with ${p.type}.`,
  }),
  FM3211: entry<{ problem: string }>({
    title: "No pattern of a date",
    severity: "error",
    message: p => `This is no pattern that a date can be read by: ${p.problem}`,
  }),
  FM3140: entry<{ what: string }>({
    title: "Not a group key",
    severity: "error",
    message: p => `Rows are grouped by single values that can be equal, and this is ${p.what}.`,
  }),
  FM3141: entry<Record<never, never>>({
    title: "Join without equal values",
    severity: "error",
    message: () =>
      "A join finds rows by values that are equal: one of the joined row, one of the rows before.",
  }),
  FM3142: entry<{ clause: string; reason: string }>({
    title: "Useless clause of a join",
    severity: "error",
    message: p => `This \`${p.clause}\` can never act: ${p.reason}.`,
  }),
  FM3143: entry<{ word: string; reason: string }>({
    title: "No row to look back from",
    severity: "error",
    message: p => `\`${p.word}\` looks back from a row to the rows before it, and here ${p.reason}.`,
  }),
  FM3130: entry<{ problem: string }>({
    title: "Period of which calendar",
    severity: "error",
    message: p => `This period type cannot be used: ${p.problem}.`,
  }),
  FM3131: entry<{ left: string; right: string }>({
    title: "Periods of two calendars",
    severity: "error",
    message: p => `A period of ${p.left} and one of ${p.right} have nothing in common.`,
  }),
  FM3132: entry<{ calendar: string; problem: string }>({
    title: "Calendar cannot answer",
    severity: "error",
    message: p => `The calendar ${p.calendar} cannot answer this: ${p.problem}.`,
  }),
  FM3144: entry<Record<never, never>>({
    title: "Tree without a top",
    severity: "error",
    message: () => "A row of a tree is at the top when it has no parent, and this parent is never missing.",
  }),
  FM3133: entry<{ name: string }>({
    title: "Unknown time zone",
    severity: "error",
    message: p => `"${p.name}" is no time zone of the tz database.`,
  }),
  FM3134: entry<{ word: string; wanted: string }>({
    title: "Not a way to spread",
    severity: "error",
    message: p => `"${p.word}" is not known here; there are ${p.wanted}.`,
  }),
} as const
