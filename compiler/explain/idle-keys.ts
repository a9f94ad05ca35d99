// The keys of joins that decide nothing. Flows in: a traced list, aggregate or grouping. Flows out: the expressions that only look for a row
// which may be missing, of which one is taken, and which nobody reads: with it or without it there are the same rows. Shows nothing.
import type { PlanExpression, PlanGenerator } from "../plan/index.ts"
import type { Traced } from "./record-trace.ts"

export function idleKeys(
  { children }: Traced,
  generators: readonly PlanGenerator[],
): ReadonlySet<PlanExpression> {
  const idle = new Set<PlanExpression>()
  // From the last to the first: the keys of a join may read the row of one before it.
  for (const { variable, join } of generators.toReversed()) {
    if (join === undefined || join.matches !== "optional" || typeof join.conflict !== "string") continue
    const keys = join.keys.flatMap(({ outer, inner }) => [outer, inner])
    const others = children.filter(({ expression }) => !keys.includes(expression) && !idle.has(expression))
    if (others.some(child => reads(child, variable))) continue
    for (const key of keys) idle.add(key)
  }
  return idle
}

function reads({ expression, children }: Traced, variable: PlanGenerator["variable"]): boolean {
  return (
    (expression.kind === "variable" && expression.variable === variable) ||
    children.some(child => reads(child, variable))
  )
}
