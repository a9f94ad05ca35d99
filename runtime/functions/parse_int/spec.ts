// What `parse_int` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "parse_int",
  summary:
    "Reads a whole number written as text: digits, with a minus in front where it is negative; no blanks, signs or zeros in front.",
  params: [{ name: "text", type: "text", docs: "The text." }],
  returns: "int",
  fallible: "the text is not a whole number or has more than 1,000 digits",
  examples: [
    { call: 'parse_int("1001")', gives: "1001" },
    { call: 'parse_int("-7")', gives: "-7" },
    { call: 'parse_int("12.0")', gives: "missing" },
    { call: 'parse_int(" 1")', gives: "missing" },
  ],
}
