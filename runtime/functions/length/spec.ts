// What `length` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "length",
  summary: "Counts the characters (code points) of a text.",
  params: [{ name: "text", type: "text", docs: "The text." }],
  returns: "int",
  fallible: null,
  examples: [
    { call: 'length("Acme")', gives: "4" },
    { call: 'length("Zoë 👍")', gives: "5" },
    { call: 'length("")', gives: "0" },
  ],
}
