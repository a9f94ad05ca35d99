// What `truncate` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "truncate",
  summary:
    "Cuts a text after a number of characters; a shorter one stays as it is. A spoken loss: the build lists it.",
  params: [
    { name: "text", type: "text", docs: "The text." },
    { name: "max", type: "int", docs: "Characters (code points) at most; a negative number is 0." },
  ],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'truncate("Acme Incorporated", 4)', gives: '"Acme"' },
    { call: 'truncate("👍👍👍", 2)', gives: '"👍👍"' },
    { call: 'truncate("Acme", 35)', gives: '"Acme"' },
  ],
}
