// What `matches` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "matches",
  summary: "Whether the whole text has the form of a pattern, by characters (code points).",
  params: [
    { name: "text", type: "text", docs: "The text." },
    { name: "pattern", type: "pattern", docs: "A pattern of the linear-time subset, as after `matching`." },
  ],
  returns: "bool",
  fallible: null,
  examples: [
    { call: 'matches("4000-10", re"[0-9]{4}-[0-9]{2}")', gives: "true" },
    { call: 'matches("x4000-10", re"[0-9]{4}-[0-9]{2}")', gives: "false" },
  ],
}
