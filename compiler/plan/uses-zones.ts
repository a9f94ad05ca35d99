// Does a result of a map hang on the rules of time zones? Flows in: the map and its Plan. Flows out: yes where it, a contract or a crosswalk
// of the Plan goes from an instant to the time of a zone or back. The rules are data (tzdata), and another version may give another day.
import { childrenOf, childrenOfBlock } from "./children.ts"
import type { PlanExpression } from "./expression.ts"
import type { Plan, PlanMap } from "./plan.ts"

export function usesZones({ body, set }: PlanMap, { shapes, crosswalks }: Plan): boolean {
  const ofSet = [
    ...(set?.figures ?? []).map(({ value }) => value),
    ...(set?.controls ?? []).flatMap(({ left, right }) =>
      [...left, ...right].flatMap(term => (term.kind === "input" ? [term.value] : [])),
    ),
  ]
  const ofContracts = shapes
    .flatMap(({ rules }) => rules)
    .map(rule => (rule.kind === "derive" ? rule.value : rule.condition))
  const unmapped = crosswalks.flatMap(one => (one.unmapped === null ? [] : [one.unmapped]))
  const ofBody = childrenOfBlock(body).map(({ expression }) => expression)
  return [...ofBody, ...ofSet, ...ofContracts, ...unmapped].some(hasZone)
}

function hasZone(node: PlanExpression): boolean {
  return node.kind === "zoned" || childrenOf(node).some(({ expression }) => hasZone(expression))
}
