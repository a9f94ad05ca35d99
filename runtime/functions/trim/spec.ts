// What `trim` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "trim",
  summary: "Takes the blanks at both ends away: every character Unicode calls white space, and line ends.",
  params: [{ name: "text", type: "text", docs: "The text." }],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'trim("  Acme GmbH ")', gives: '"Acme GmbH"' },
    { call: 'trim("a b")', gives: '"a b"' },
    { call: 'trim("   ")', gives: '""' },
  ],
}
