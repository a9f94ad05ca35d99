// What `format_decimal` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "format_decimal",
  summary:
    "Writes a figure for people, with all the digits after the point that its type has; print it into a text first.",
  params: [
    { name: "figure", type: "text", docs: 'The figure as `"{amount}"` prints it.' },
    { name: "mark", type: "text", docs: "What stands before the fraction." },
    { name: "group", type: "text", docs: "What stands between groups of three digits; empty for none." },
  ],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'format_decimal("1234567.50", ",", ".")', gives: '"1.234.567,50"' },
    { call: 'format_decimal("-999", ".", ",")', gives: '"-999"' },
    { call: 'format_decimal("-1000.00", ".", "")', gives: '"-1000.00"' },
  ],
}
