// What `parse_decimal` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "parse_decimal",
  summary:
    "Reads an exact figure as people write it: digits in groups of three or in none, a minus in front where it is negative.",
  params: [
    { name: "text", type: "text", docs: "The figure as written." },
    { name: "scale", type: "int", docs: "A constant: digits after the point of the result." },
    { name: "mark", type: "text", docs: "What stands before the fraction, such as a comma." },
    { name: "group", type: "text", docs: "What stands between groups of three digits; empty for none." },
  ],
  returns: "number",
  fallible: "the text is no such figure or has more digits than the scale holds",
  examples: [
    { call: 'parse_decimal("1.234,50", 2, ",", ".")', gives: "1234.50" },
    { call: 'parse_decimal("-7", 2, ".", ",")', gives: "-7.00" },
    { call: 'parse_decimal("12.34,5", 2, ",", ".")', gives: "missing" },
    { call: 'parse_decimal("0,125", 2, ",", ".")', gives: "missing" },
  ],
}
