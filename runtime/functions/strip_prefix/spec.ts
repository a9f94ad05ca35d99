// What `strip_prefix` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "strip_prefix",
  summary: "Takes a text away from the beginning, once, if it stands there.",
  params: [
    { name: "text", type: "text", docs: "The text." },
    { name: "prefix", type: "text", docs: "What is taken away." },
  ],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'strip_prefix("SO-1001", "SO-")', gives: '"1001"' },
    { call: 'strip_prefix("1001", "SO-")', gives: '"1001"' },
  ],
}
