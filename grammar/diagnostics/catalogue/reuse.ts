// FM207x, FM417x, FM617x, FM707x, FM907x: functions, maps that are called, unions, packages.
import { entry } from "./entry.ts"

export const reuse = {
  FM2070: entry<{ name: string }>({
    title: "Function not in lower case",
    severity: "warning",
    message: p => `The function "${p.name}" should begin with a small letter, like the built-in ones.`,
  }),
  FM2071: entry<{ name: string }>({
    title: "Function named like a built-in",
    severity: "error",
    message: p => `"${p.name}" is already called in the language itself.`,
  }),
  FM4170: entry<{ cycle: string }>({
    title: "Calls in a circle",
    severity: "error",
    message: p => `These call each other in a circle: ${p.cycle}.`,
  }),
  FM4171: entry<{ name: string; size: string; limit: string }>({
    title: "Too many calls",
    severity: "error",
    message: p =>
      `"${p.name}" makes ${p.size} calls when all are written out; at most ${p.limit} are compiled.`,
  }),
  FM4172: entry<{ name: string; reason: string }>({
    title: "Map that cannot be called",
    severity: "error",
    message: p => `"${p.name}" cannot be called in an expression: ${p.reason}.`,
  }),
  FM3170: entry<{ name: string; union: string }>({
    title: "No kind of the union",
    severity: "error",
    message: p => `${p.name} is none of the kinds of ${p.union}.`,
  }),
  FM4173: entry<{ union: string; kinds: string }>({
    title: "Not exactly one kind",
    severity: "error",
    message: p => `A record of ${p.union} is exactly one of ${p.kinds}.`,
  }),
  FM4174: entry<{ problem: string }>({
    title: "Several targets",
    severity: "error",
    message: p => `A map with \`emit\` has several targets ${p.problem}.`,
  }),
  FM4175: entry<Record<never, never>>({
    title: "Target inside of a record",
    severity: "error",
    message: () => "`emit` gives a map a further target; a record has none.",
  }),
  FM6170: entry<{ problem: string }>({
    title: "Union not understood",
    severity: "error",
    message: p => `This union cannot be read: ${p.problem}.`,
  }),
  FM6171: entry<{ kind: string }>({
    title: "Kind without an arm",
    severity: "error",
    message: p => `Nothing tells that a record is "${p.kind}".`,
  }),
  FM6172: entry<{ one: string; other: string }>({
    title: "Kinds of one shape",
    severity: "error",
    message: p => `Every "${p.other}" has what "${p.one}" requires, so a record could be both.`,
  }),
  FM7070: entry<{ name: string }>({
    title: "Package not installed",
    severity: "error",
    message: p => `There is no installed package "${p.name}".`,
  }),
  FM7071: entry<{ name: string }>({
    title: "Package offers no such file",
    severity: "error",
    message: p => `"${p.name}" is nothing that its package offers to import.`,
  }),
  FM7072: entry<{ name: string }>({
    title: "Package not readable",
    severity: "error",
    message: p => `The package.json of "${p.name}" cannot be read.`,
  }),
  FM7073: entry<{ name: string; path: string }>({
    title: "Package leads out of itself",
    severity: "error",
    message: p => `"${p.name}" offers "${p.path}", which is no file of its own.`,
  }),
  FM7074: entry<{ name: string }>({
    title: "Package offers two of one name",
    severity: "error",
    message: p => `Two files that the package offers together declare "${p.name}".`,
  }),
  FM9071: entry<{ pointer: string; kinds: string }>({
    title: "UNKNOWN_KIND",
    severity: "error",
    message: p => `The record at ${p.pointer} is none of ${p.kinds}.`,
  }),
  FM9072: entry<{ pointer: string; kinds: string }>({
    title: "AMBIGUOUS_KIND",
    severity: "error",
    message: p => `The record at ${p.pointer} could be ${p.kinds}; it should be one of them.`,
  }),
} as const
