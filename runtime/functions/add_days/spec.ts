// What `add_days` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "add_days",
  summary: "Moves a date by days.",
  params: [
    { name: "date", type: "date", docs: "The date." },
    { name: "days", type: "int", docs: "Days forward; negative ones go back." },
  ],
  returns: "date",
  fallible: "the result is outside the years 0001 to 9999",
  examples: [
    { call: "add_days(2026-01-31, 1)", gives: "2026-02-01" },
    { call: "add_days(2024-03-01, -1)", gives: "2024-02-29" },
    { call: "add_days(9999-12-31, 1)", gives: "missing" },
  ],
}
