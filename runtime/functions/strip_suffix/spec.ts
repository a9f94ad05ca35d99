// What `strip_suffix` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "strip_suffix",
  summary: "Takes a text away from the end, once, if it stands there.",
  params: [
    { name: "text", type: "text", docs: "The text." },
    { name: "suffix", type: "text", docs: "What is taken away." },
  ],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'strip_suffix("Acme GmbH", " GmbH")', gives: '"Acme"' },
    { call: 'strip_suffix("Acme", " GmbH")', gives: '"Acme"' },
  ],
}
