// What `upper` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "upper",
  summary: "Writes a text in upper case, the same in every country (no locale).",
  params: [{ name: "text", type: "text", docs: "The text." }],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'upper("Acme gmbh")', gives: '"ACME GMBH"' },
    { call: 'upper("straße")', gives: '"STRASSE"' },
  ],
}
