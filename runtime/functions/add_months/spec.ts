// What `add_months` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "add_months",
  summary: "Moves a date by months; a day the month lacks becomes its last day.",
  params: [
    { name: "date", type: "date", docs: "The date." },
    { name: "months", type: "int", docs: "Months forward; negative ones go back." },
  ],
  returns: "date",
  fallible: "the result is outside the years 0001 to 9999",
  examples: [
    { call: "add_months(2026-01-31, 1)", gives: "2026-02-28" },
    { call: "add_months(2026-03-31, -13)", gives: "2025-02-28" },
    { call: "add_months(2026-05-15, 12)", gives: "2027-05-15" },
    { call: "add_months(0001-01-01, -1)", gives: "missing" },
  ],
}
