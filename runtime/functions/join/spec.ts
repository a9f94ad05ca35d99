// What `join` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "join",
  summary: "Joins texts, with a separator between them.",
  params: [
    { name: "texts", type: "list of text", docs: "The texts, in their order." },
    { name: "separator", type: "text", docs: "What stands between two of them." },
  ],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'join(["a", "b", "c"], ", ")', gives: '"a, b, c"' },
    { call: 'join(["a"], ", ")', gives: '"a"' },
    { call: 'join([], ", ")', gives: '""' },
  ],
}
