// Is an expression made of personal or confidential fields? Flows in: an expression and the shapes of its Plan. Flows out: yes or no, for
// what is told outside. Knows names only as far as paths go, like messages: a value computed before has no marks.
import { childrenOf } from "./children.ts"
import type { PlanExpression } from "./expression.ts"
import type { PlanShape } from "./plan.ts"

export function readsPersonal(expression: PlanExpression, shapes: readonly PlanShape[]): boolean {
  if (expression.kind === "field" && expression.of.type.kind === "record") {
    const { shape: id } = expression.of.type
    // Rows that a group makes up have a shape of no declaration, and its fields no marks.
    const field = shapes.find(shape => shape.id === id)?.fields.find(one => one.name === expression.field)
    if (field?.pii === true || field?.confidential === true) return true
  }
  return childrenOf(expression).some(child => readsPersonal(child.expression, shapes))
}
