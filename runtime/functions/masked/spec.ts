// What `masked` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "masked",
  summary:
    "Hides a text: a star for each character, but for the last ones where they are no more than a quarter of it. What is masked is no personal or confidential data any more.",
  params: [
    { name: "text", type: "text", docs: "The text." },
    {
      name: "keep",
      type: "int",
      docs: "Characters (code points) to show at the end; a text shorter than four times as many shows none.",
    },
  ],
  returns: "text",
  fallible: null,
  examples: [
    { call: 'masked("DE89370400440532013000", 4)', gives: '"******************3000"' },
    { call: 'masked("12345", 4)', gives: '"*****"' },
    { call: 'masked("Anna", 0)', gives: '"****"' },
    { call: 'masked("", 4)', gives: '""' },
  ],
}
