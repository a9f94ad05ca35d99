// What `ends_with` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "ends_with",
  summary: "Does a text end with another, by code point?",
  params: [
    { name: "text", type: "text", docs: "The text." },
    { name: "suffix", type: "text", docs: "The end asked for." },
  ],
  returns: "bool",
  fallible: null,
  examples: [
    { call: 'ends_with("order.csv", ".csv")', gives: "true" },
    { call: 'ends_with("order.CSV", ".csv")', gives: "false" },
  ],
}
