// Is every expression of a Plan a child of the node above it, once? Seen against a walk that knows nothing of kinds: whatever looks
// like an expression counts. On random Plans, which hold every kind of node.
import { expect, test } from "vitest"
import { childrenOf, childrenOfBlock } from "../../../compiler/plan/children.ts"
import type { PlanExpression } from "../../../compiler/plan/index.ts"
import { samples } from "../differential/draw.ts"
import { randomPlan } from "../differential/random-plan.ts"

const plans = samples(60, 7, randomPlan).map(({ plan }) => plan)

test("every expression below a node is one of its children, and nothing else is", () => {
  const kinds = new Set<string>()
  const visit = (node: PlanExpression): void => {
    kinds.add(node.kind)
    const children = childrenOf(node).map(child => child.expression)
    expectSame(children, Object.values(node).flatMap(expressionsIn))
    children.forEach(visit)
  }
  for (const plan of plans) {
    for (const map of plan.maps) {
      const children = childrenOfBlock(map.body).map(child => child.expression)
      expectSame(children, expressionsIn(map.body))
      children.forEach(visit)
    }
  }
  expect(kinds.size).toBeGreaterThan(20)
})

test("what gives a value is told from what decides it", () => {
  const roles = new Map<string, Set<string>>()
  const visit = (node: PlanExpression): void => {
    for (const { role, expression } of childrenOf(node)) {
      roles.set(node.kind, (roles.get(node.kind) ?? new Set()).add(role))
      visit(expression)
    }
  }
  for (const plan of plans)
    for (const map of plan.maps) for (const { expression } of childrenOfBlock(map.body)) visit(expression)
  expect([...(roles.get("arithmetic") ?? [])]).toEqual(["value"])
  expect([...(roles.get("lookup") ?? [])]).toEqual(["decides"])
  expect([...(roles.get("switch") ?? [])]).toEqual(["decides", "value"])
  expect([...(roles.get("exit") ?? [])]).toEqual(["tells"])
})

/** The same objects, in whatever order. */
function expectSame(found: readonly PlanExpression[], wanted: readonly PlanExpression[]): void {
  expect(found).toHaveLength(wanted.length)
  expect(new Set([...found, ...wanted]).size).toBe(new Set(wanted).size)
}

/** The nearest expressions inside a value: what is below them is not looked at. */
function expressionsIn(value: unknown): PlanExpression[] {
  if (Array.isArray(value)) return value.flatMap(expressionsIn)
  if (typeof value !== "object" || value === null) return []
  if ("kind" in value && "type" in value && "maybe" in value && "at" in value)
    return [value as PlanExpression]
  return Object.values(value).flatMap(expressionsIn)
}
