// What `strip_zeros` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "strip_zeros",
  summary:
    "Takes the zeros off the front of a text of digits; a text with any other character stays as it is.",
  params: [{ name: "text", type: "text", docs: "An identifier as a system pads it." }],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'strip_zeros("0000010362")', gives: '"10362"' },
    { call: 'strip_zeros("00A1")', gives: '"00A1"' },
    { call: 'strip_zeros("000")', gives: '"0"' },
  ],
}
