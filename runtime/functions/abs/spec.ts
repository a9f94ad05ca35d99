// What `abs` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "abs",
  summary: "Gives a number without its sign; unit and scale stay.",
  params: [{ name: "value", type: "number", docs: "Any exact number." }],
  returns: "same",
  fallible: null,
  examples: [
    { call: "abs(-12.50)", gives: "12.50" },
    { call: "abs(3)", gives: "3" },
    { call: "abs(0)", gives: "0" },
  ],
}
