// What `wrap` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "wrap",
  summary:
    "Breaks a text into lines: at spaces, at its own line ends, and inside a word only where the word is wider than a line.",
  params: [
    {
      name: "text",
      type: "text",
      docs: "The text; spaces at a break fall away, several spaces become one, blank lines none.",
    },
    { name: "width", type: "int", docs: "Characters (code points) a line may have." },
    { name: "lines", type: "int", docs: "How many lines there may be." },
  ],
  returns: "list of text",
  fallible: "the text does not fit into the lines",
  examples: [
    { call: 'wrap("Kranich Maschinenbau GmbH", 20, 4)', gives: '["Kranich Maschinenbau", "GmbH"]' },
    { call: 'wrap("Donaudampfschiff", 10, 2)', gives: '["Donaudampf", "schiff"]' },
    { call: 'wrap("", 40, 4)', gives: '[""]' },
    { call: 'wrap("one two three", 5, 2)', gives: "missing" },
  ],
}
