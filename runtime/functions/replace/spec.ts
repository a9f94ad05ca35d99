// What `replace` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "replace",
  summary:
    "Replaces every occurrence of one text by another, from left to right; an empty text is found nowhere.",
  params: [
    { name: "text", type: "text", docs: "The text." },
    { name: "find", type: "text", docs: "What is looked for, as it is: no pattern." },
    { name: "by", type: "text", docs: "What stands there afterwards." },
  ],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'replace("12-34-56", "-", "")', gives: '"123456"' },
    { call: 'replace("a.b", ".", "$&")', gives: '"a$&b"' },
    { call: 'replace("abc", "", "x")', gives: '"abc"' },
  ],
}
