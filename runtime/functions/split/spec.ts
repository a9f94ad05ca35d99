// What `split` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "split",
  summary: "Takes a text apart at each separator; nothing is trimmed, empty parts stay.",
  params: [
    { name: "text", type: "text", docs: "The text." },
    { name: "separator", type: "text", docs: "What stands between two parts; an empty one splits nothing." },
  ],
  returns: "list of text",
  fallible: null,
  examples: [
    { call: 'split("4000-200-10", "-")', gives: '["4000", "200", "10"]' },
    { call: 'split("a;;b", ";")', gives: '["a", "", "b"]' },
    { call: 'split("abc", "")', gives: '["abc"]' },
  ],
}
