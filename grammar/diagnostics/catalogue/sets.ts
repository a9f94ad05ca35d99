// FM419x, FM519x: maps over sets of rows.
import { entry } from "./entry.ts"

export const sets = {
  FM4190: entry<{ first: string }>({
    title: "Two sources walked",
    severity: "error",
    message: p => `A map runs once a row of one source, and "${p.first}" is already it.`,
  }),
  FM4191: entry<{ word: string }>({
    title: "No source walked",
    severity: "error",
    message: p => `${p.word} belongs to a map over a set of rows, and no source is \`each\`.`,
  }),
  FM4192: entry<{ field: string; problem: string }>({
    title: "Field not fit to collect",
    severity: "error",
    message: p => `"${p.field}" cannot be collected so: ${p.problem}.`,
  }),
  FM4193: entry<{ operation: string }>({
    title: "Unknown way to collect",
    severity: "error",
    message: p => `"${p.operation}" is no way to make one value of those of a group.`,
  }),
  FM4194: entry<{ field: string; keys: string }>({
    title: "Field differs inside a group",
    severity: "error",
    message: p =>
      `Rows that agree in ${p.keys} may differ in "${p.field}", and nothing says which value the group has.`,
  }),
  FM4195: entry<Record<never, never>>({
    title: "Incomplete groups not spoken of",
    severity: "error",
    message: () => "This `collect` does not say what becomes of a group that lost a row.",
  }),
  FM4196: entry<{ field: string }>({
    title: "Key of the record is not that of the group",
    severity: "error",
    message: p => `The key does not read "${p.field}", so two groups may get the same.`,
  }),
  FM4197: entry<{ path: string; problem: string }>({
    title: "Figure not fit to total",
    severity: "error",
    message: p => `"${p.path}" cannot be totalled: ${p.problem}.`,
  }),
  FM4198: entry<{ problem: string }>({
    title: "Control over the run not understood",
    severity: "error",
    message: p => `A control over the whole run compares sums and counts: ${p.problem}.`,
  }),
  FM5190: entry<{ field: string; currency: string }>({
    title: "Group of several currencies",
    severity: "error",
    message: p => `Rows of one group may differ in ${p.currency}, the currency of "${p.field}".`,
  }),
} as const
