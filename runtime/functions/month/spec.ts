// What `month` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "month",
  summary: "Gives the month of a date as a number.",
  params: [{ name: "date", type: "date", docs: "The date." }],
  returns: "int",
  fallible: null,
  examples: [
    { call: "month(2026-03-31)", gives: "3" },
    { call: "month(2024-02-29)", gives: "2" },
  ],
}
