// What `starts_with` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "starts_with",
  summary: "Does a text begin with another, by code point?",
  params: [
    { name: "text", type: "text", docs: "The text." },
    { name: "prefix", type: "text", docs: "The beginning asked for." },
  ],
  returns: "bool",
  fallible: null,
  examples: [
    { call: 'starts_with("SO-1001", "SO-")', gives: "true" },
    { call: 'starts_with("so-1001", "SO-")', gives: "false" },
  ],
}
