// What `part` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "part",
  summary: "One text of a list by its number.",
  params: [
    { name: "texts", type: "list of text", docs: "The texts, in their order." },
    { name: "number", type: "int", docs: "Which one, counted from 1." },
  ],
  returns: "text",
  fallible: "the list has no part of that number",
  examples: [
    { call: 'part(["4000", "200", "10"], 2)', gives: '"200"' },
    { call: 'part(["4000"], 2)', gives: "missing" },
    { call: 'part(["4000"], 0)', gives: "missing" },
  ],
}
