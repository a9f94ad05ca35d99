// The door of the pattern subset. Flows in: the source of `matching re"…"`. Flows out: the source the Plan carries, or
// why it is refused.
import { linearTime } from "./linear-time.ts"
import { type PatternProblem, parsePattern } from "./parse-pattern.ts"

/** A checked pattern always says that it means the whole text: `^(?:…)$`, or as the author anchored it. */
export function checkPattern(source: string): { readonly source: string } | PatternProblem {
  const parsed = parsePattern(source)
  if ("problem" in parsed) return parsed
  const slow = linearTime(parsed.pattern)
  if (slow !== null) return slow
  return { source: parsed.pattern.kind === "alternatives" ? `^(?:${parsed.body})$` : `^${parsed.body}$` }
}

export type { PatternProblem }
