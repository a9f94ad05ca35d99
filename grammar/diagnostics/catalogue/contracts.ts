// FM6xxx: what contracts, records, systems, crosswalks and tests promise.
import { crosswalks } from "./crosswalks.ts"
import { entry } from "./entry.ts"
import { tests } from "./tests.ts"

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export const contracts = {
  FM6001: entry<{ type: string; wanted: string }>({
    title: "Sizes of a type",
    severity: "error",
    message: p => `"${p.type}" is written ${p.wanted}.`,
  }),
  FM6002: entry<{ problem: string }>({
    title: "Size out of limits",
    severity: "error",
    message: p => `This size is not possible: ${p.problem}.`,
  }),
  FM6003: entry<{ low: string; high: string }>({
    title: "Range ends before it begins",
    severity: "error",
    message: p => `The range ends at ${p.high}, before it begins at ${p.low}.`,
  }),
  FM6004: entry<{ type: string; what: string }>({
    title: "Unit not said",
    severity: "error",
    message: p => `An amount of type "${p.type}" does not say its ${p.what}.`,
  }),
  FM6160: entry<{ problem: string }>({
    title: "Rate without its pair",
    severity: "error",
    message: p => `This rate is not understood: ${p.problem}.`,
  }),
  FM6005: entry<{ type: string }>({
    title: "Unit not possible",
    severity: "error",
    message: p => `"${p.type}" has no unit.`,
  }),
  FM6006: entry<{ name: string; problem: string }>({
    title: "Field cannot give a unit",
    severity: "error",
    message: p => `"${p.name}" cannot say the unit of an amount: ${p.problem}.`,
  }),
  FM6007: entry<{ problem: string }>({
    title: "Pattern refused",
    severity: "error",
    message: p => `This pattern is not in the subset that is always fast: ${p.problem}.`,
  }),
  FM6008: entry<{ problem: string }>({
    title: "Refinement not understood",
    severity: "error",
    message: p =>
      `After "where" of a type stand comparisons of "value" with constants, joined by "and": ${p.problem}.`,
  }),
  FM6009: entry<{ low: string; high: string }>({
    title: "No value possible",
    severity: "error",
    message: p => `No value can be both ${p.low} and ${p.high}.`,
  }),
  FM6010: entry<{ clause: string; type: string }>({
    title: "Clause not for this type",
    severity: "error",
    message: p => `"${p.clause}" says nothing about "${p.type}".`,
  }),
  FM6011: entry<{ name: string }>({
    title: "Empty enum",
    severity: "error",
    message: p => `${p.name} has no members, so no value could ever be right.`,
  }),
  FM6012: entry<{ member: string }>({
    title: "Enum member twice",
    severity: "error",
    message: p => `"${p.member}" is a member of this enum twice.`,
  }),
  FM6013: entry<{ name: string; wanted: string; given: string }>({
    title: "Arguments of a record",
    severity: "error",
    message: p => `"${p.name}" takes ${p.wanted}; here ${p.given}.`,
  }),
  FM6015: entry<{ cycle: string }>({
    title: "Record inside itself",
    severity: "error",
    message: p => `A record cannot hold itself: ${p.cycle}.`,
  }),
  FM6016: entry<{ name: string }>({
    title: "Parameter of a record",
    severity: "error",
    message: p =>
      `The parameter "${p.name}" of a record is a currency or a unit; other types cannot be passed.`,
  }),
  FM6017: entry<{ type: string; where: string }>({
    title: "Type not possible here",
    severity: "error",
    message: p => `${capital(p.type)} cannot be ${p.where}.`,
  }),
  FM6018: entry<{ name: string; size: string; limit: string }>({
    title: "Record too large",
    severity: "error",
    message: p => `"${p.name}" has ${p.size}; there may be ${p.limit}.`,
  }),

  FM6101: entry<{ kind: string; name: string }>({
    title: "Version missing",
    severity: "error",
    message: p => `The ${p.kind} "${p.name}" has no version.`,
  }),
  FM6102: entry<{ clause: string; word: string; wanted: string }>({
    title: "Clause with an unknown word",
    severity: "error",
    message: p => `"${p.clause}" cannot be "${p.word}": it is one of ${p.wanted}.`,
  }),
  FM6103: entry<{ name: string; wanted: string }>({
    title: "Unknown wire option",
    severity: "error",
    message: p => `The wire of a system has no option "${p.name}"; there are ${p.wanted}.`,
  }),
  FM6104: entry<{ count: string }>({
    title: "Limit of a system",
    severity: "error",
    message: p => `A limit of ${p.count} is not possible: it is a whole number of at least 1.`,
  }),
  FM6106: entry<{ name: string }>({
    title: "Option given twice",
    severity: "error",
    message: p => `"${p.name}" is said twice.`,
  }),
  FM6110: entry<{ name: string; problem: string }>({
    title: "Field cannot be a key",
    severity: "error",
    message: p => `"${p.name}" cannot be a key: ${p.problem}.`,
  }),
  FM6111: entry<{ name: string }>({
    title: "Required field marked clearable",
    severity: "error",
    message: p => `"${p.name}" must always have a value, so it can never be cleared.`,
  }),
  FM6112: entry<{ word: string; contract: string }>({
    title: "Modifier for writing only",
    severity: "error",
    message: p => `"${p.word}" is about writing, and the contract "${p.contract}" is only read.`,
  }),
  FM6113: entry<{ word: string }>({
    title: "Modifier twice",
    severity: "error",
    message: p => `"${p.word}" is said twice of this field.`,
  }),
  FM6114: entry<{ name: string }>({
    title: "Default of a required field",
    severity: "error",
    message: p => `"${p.name}" is required, so its default would never be used.`,
  }),
  FM6115: entry<{ problem: string }>({
    title: "Default does not fit",
    severity: "error",
    message: p => `This default is no value of the field: ${p.problem}.`,
  }),
  FM6117: entry<{ date: string }>({
    title: "No such date",
    severity: "error",
    message: p => `There is no day ${p.date} in the calendar.`,
  }),
  FM6118: entry<{ form: string; type: string; wanted: string }>({
    title: "Wire form not for this type",
    severity: "error",
    message: p => `${capital(p.type)} cannot stand on the wire as "${p.form}"; ${p.wanted}.`,
  }),
  FM6119: entry<{ form: string; problem: string }>({
    title: "Wire form incomplete",
    severity: "error",
    message: p => `The wire form "${p.form}" is not understood: ${p.problem}.`,
  }),
  FM6120: entry<{ name: string }>({
    title: "Wire name used twice",
    severity: "error",
    message: p => `Two fields would stand under the name "${p.name}" in the payload.`,
  }),
  FM6121: entry<{ word: string; other: string }>({
    title: "Modifiers that exclude each other",
    severity: "error",
    message: p => `A field cannot be both "${p.word}" and "${p.other}".`,
  }),
  FM6122: entry<{ contract: string; only: string; here: string }>({
    title: "Contract used the other way round",
    severity: "error",
    message: p => `The contract "${p.contract}" is only ${p.only}; here it is ${p.here}.`,
  }),
  FM6123: entry<{ map: string; what: string }>({
    title: "Map without an end",
    severity: "error",
    message: p => `The map "${p.map}" has no ${p.what}.`,
  }),
  FM6180: entry<{ words: string; field: string }>({
    title: "Rule of a field that is always there",
    severity: "error",
    message: p => `"${p.field}" always has a value, so \`${p.words}\` cannot be about it.`,
  }),
  FM6181: entry<{ words: string; problem: string }>({
    title: "Rule of fields not understood",
    severity: "error",
    message: p => `\`${p.words}\` ${p.problem}.`,
  }),
  FM6182: entry<{ problem: string }>({
    title: "Events not understood",
    severity: "error",
    message: p => `What these events change cannot be told: ${p.problem}.`,
  }),
  FM6183: entry<{ map: string; contract: string }>({
    title: "Neither create nor update",
    severity: "error",
    message: p =>
      `The contract "${p.contract}" wants different fields on create and on update, and the map "${p.map}" does not say which it is for.`,
  }),
  FM6184: entry<{ problem: string }>({
    title: "Bitmaps not understood",
    severity: "error",
    message: p => `The bitmaps of these events cannot be read: ${p.problem}.`,
  }),
  ...crosswalks,
  ...tests,
} as const
