// What `slice` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "slice",
  summary: "Cuts a part out of a text by character positions; positions beyond the end give what there is.",
  params: [
    { name: "text", type: "text", docs: "The text." },
    {
      name: "from",
      type: "int",
      docs: "Position of the first character, counted from 0; a negative one is 0.",
    },
    { name: "to", type: "int", docs: "Position behind the last character." },
  ],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'slice("2026-03-31", 0, 4)', gives: '"2026"' },
    { call: 'slice("👍ok", 1, 3)', gives: '"ok"' },
    { call: 'slice("abc", 2, 9)', gives: '"c"' },
  ],
}
