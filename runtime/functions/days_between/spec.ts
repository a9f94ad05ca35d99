// What `days_between` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "days_between",
  summary:
    "Counts the days from one date to another: 0 for the same day, negative when the second is earlier.",
  params: [
    { name: "from", type: "date", docs: "The date counted from." },
    { name: "to", type: "date", docs: "The date counted to." },
  ],
  returns: "int",
  fallible: null,
  examples: [
    { call: "days_between(2026-03-01, 2026-03-31)", gives: "30" },
    { call: "days_between(2024-03-01, 2024-02-28)", gives: "-2" },
    { call: "days_between(2026-03-01, 2026-03-01)", gives: "0" },
  ],
}
