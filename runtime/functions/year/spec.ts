// What `year` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "year",
  summary: "Gives the year of a date as a number.",
  params: [{ name: "date", type: "date", docs: "The date." }],
  returns: "int",
  fallible: null,
  examples: [
    { call: "year(2026-03-31)", gives: "2026" },
    { call: "year(2024-02-29)", gives: "2024" },
  ],
}
