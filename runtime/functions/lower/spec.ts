// What `lower` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "lower",
  summary: "Writes a text in lower case, the same in every country (no locale).",
  params: [{ name: "text", type: "text", docs: "The text." }],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'lower("ACME GmbH")', gives: '"acme gmbh"' },
    { call: 'lower("ÄÖ 1")', gives: '"äö 1"' },
  ],
}
