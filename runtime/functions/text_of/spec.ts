// What `text_of` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "text_of",
  summary: "Writes a whole number as text: digits, with a minus where it is negative, no separators.",
  params: [{ name: "value", type: "int", docs: "The number." }],
  returns: "text",
  fallible: null,
  examples: [
    { call: "text_of(1001)", gives: '"1001"' },
    { call: "text_of(-7)", gives: '"-7"' },
  ],
}
