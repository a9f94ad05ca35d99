// What `contains` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "contains",
  summary: "Does a text hold another, by code point?",
  params: [
    { name: "text", type: "text", docs: "The text." },
    { name: "part", type: "text", docs: "What is looked for." },
  ],
  returns: "bool",
  fallible: null,
  examples: [
    { call: 'contains("net 30 days", "30")', gives: "true" },
    { call: 'contains("net 30 days", "Net")', gives: "false" },
  ],
}
