// The Plan expression of a path that starts at a record under construction: its field's variable, then members.
import type { PlanExpression } from "../plan/index.ts"
import type { BoundSystem } from "../resolve/model.ts"
import type { Type } from "../types/type.ts"
import type { BlockScope, Context } from "./context.ts"
import { valueType } from "./values.ts"

export function memberPlan(
  scope: BlockScope,
  path: readonly string[],
  system: BoundSystem | null,
  ctx: Context,
): PlanExpression | null {
  const [first, ...rest] = path
  const slot = first === undefined ? undefined : scope.fields.get(first)
  if (slot === undefined) return null
  const at = ctx.state.at({ file: ctx.file, span: { start: 0, end: 0 } })
  ctx.state.tracker.reads.add(slot.variable)
  let plan: PlanExpression = {
    kind: "variable",
    variable: slot.variable,
    type: valueType(slot.type, ctx.state),
    maybe: slot.maybe,
    at,
  }
  let type: Type = slot.type
  for (const name of rest) {
    if (type.kind !== "record") return null
    const current: Type & { kind: "record" } = type
    const field =
      current.shape.fields.find(f => f.name === name) ?? current.shape.derives.find(d => d.name === name)
    if (field === undefined) return null
    type =
      field.type.kind === "record"
        ? {
            ...field.type,
            system: current.shape.isContract ? current.shape.system : (current.system ?? system),
          }
        : field.type
    plan = {
      kind: "field",
      of: plan,
      field: name,
      narrowed: false,
      type: valueType(type, ctx.state),
      maybe: plan.maybe,
      at,
    }
  }
  return plan
}
