// What `parse_date` promises: signature, prose and runnable examples. Plain data; the work is in run.ts.
import type { FunctionSpec } from "../function-spec.ts"

export const spec: FunctionSpec = {
  name: "parse_date",
  summary: "Reads a date that is written by a pattern; the whole text must fit it.",
  params: [
    { name: "text", type: "text", docs: "The date as written." },
    {
      name: "pattern",
      type: "text",
      docs: "A constant text of yyyy, MM or M, dd or d, each once; other letters stand in single quotes.",
    },
  ],
  returns: "date",
  fallible: "the text does not have the form of the pattern or is no day of the calendar",
  examples: [
    { call: 'parse_date("31.03.2026", "dd.MM.yyyy")', gives: "2026-03-31" },
    { call: 'parse_date("3/9/2026", "M/d/yyyy")', gives: "2026-03-09" },
    { call: 'parse_date("31.02.2026", "dd.MM.yyyy")', gives: "missing" },
  ],
}
