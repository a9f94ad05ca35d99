// What `key_part` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "key_part",
  summary:
    "Escapes a text so that parts joined by `|` can be told apart again; `key(a, b)` does it for each of its parts.",
  params: [{ name: "text", type: "text", docs: "One part of a key." }],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'key_part("EMEA")', gives: '"EMEA"' },
    { call: 'key_part("a|b")', gives: '"a\\\\|b"' },
  ],
}
