// What `pad_end` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "pad_end",
  summary: "Fills a text at the end until it has a number of characters; a longer text stays as it is.",
  params: [
    { name: "text", type: "text", docs: "The text." },
    {
      name: "length",
      type: "int",
      docs: "Characters (code points) wanted; more than 10,000 count as 10,000.",
    },
    { name: "fill", type: "text", docs: "What is repeated and cut to fit; empty fills nothing." },
  ],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'pad_end("AB", 4, " ")', gives: '"AB  "' },
    { call: 'pad_end("ABCDE", 4, " ")', gives: '"ABCDE"' },
  ],
}
