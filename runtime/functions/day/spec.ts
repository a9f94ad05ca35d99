// What `day` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "day",
  summary: "Gives the day of a date as a number.",
  params: [{ name: "date", type: "date", docs: "The date." }],
  returns: "int",
  fallible: null,
  examples: [
    { call: "day(2026-03-31)", gives: "31" },
    { call: "day(2024-02-29)", gives: "29" },
  ],
}
