// What `parts` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "parts",
  summary: "The same texts, if there are neither too few nor too many of them.",
  params: [
    { name: "texts", type: "list of text", docs: "The texts, in their order." },
    { name: "least", type: "int", docs: "How many there must be." },
    { name: "most", type: "int", docs: "How many there may be." },
  ],
  returns: "list of text",
  fallible: "there are fewer or more parts than wanted",
  examples: [
    { call: 'parts(["a", "b"], 1, 2)', gives: '["a", "b"]' },
    { call: 'parts(["a", "b", "c"], 1, 2)', gives: "missing" },
    { call: "parts([], 1, 2)", gives: "missing" },
  ],
}
