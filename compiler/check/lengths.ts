// A list that may be empty where rows are wanted, a text that may be too long: not wrong types, but something an `else` can handle.
import type { PlanExpression } from "../plan/index.ts"
import type { Type } from "../types/type.ts"
import type { Checked } from "./checked.ts"
import type { Context } from "./context.ts"
import { checked } from "./values.ts"

export type LengthProblem = "empty" | "tooLong"

/** What an `else` after this value could be there for, when the value itself is always present. */
export function lengthProblem(from: Type, to: Type | null): LengthProblem | null {
  if (to === null) return null
  if (from.kind === "list" && to.kind === "list" && from.min < to.min && to.min === 1) return "empty"
  if (
    from.kind === "text" &&
    to.kind === "text" &&
    to.max !== null &&
    to.measure === "points" &&
    (longest(from) ?? Number.POSITIVE_INFINITY) > to.max
  )
    return "tooLong"
  return null
}

/** Upper bound in code points; null: unbounded. A text of N utf16 units or bytes has at most N code points. */
export function longest(type: Type & { kind: "text" }): number | null {
  return type.max
}

/** The value, or missing where it does not fit. */
export function shortened(value: Checked, to: Type, ctx: Context): Checked {
  if (value.type.kind === "list" && to.kind === "list") {
    const plan: PlanExpression = {
      kind: "fit",
      of: value.plan,
      to: ctx.state.wireType(to),
      field: ctx.field?.name ?? "",
      checks: [],
      emptyIsMissing: true,
      type: value.plan.type,
      maybe: true,
      at: value.plan.at,
    }
    return checked(plan, { ...value.type, min: 1 }, value.span, { maybe: true })
  }
  if (value.type.kind === "text" && to.kind === "text" && to.max !== null) {
    const variable = ctx.state.variables.length
    ctx.state.variables.push({ name: "text", type: { kind: "text" }, maybe: value.maybe })
    const at = value.plan.at
    const int = { kind: "number", digits: 10, scale: 0, rational: false } as const
    const read: PlanExpression = { kind: "variable", variable, type: { kind: "text" }, maybe: false, at }
    const missing: PlanExpression = { kind: "missing", type: { kind: "never" }, maybe: true, at }
    const fits: PlanExpression = {
      kind: "compare",
      operator: "<=",
      type: { kind: "bool" },
      maybe: false,
      at,
      left: { kind: "call", function: "length", arguments: [read], type: int, maybe: false, at },
      right: { kind: "literal", value: String(to.max), type: int, maybe: false, at },
    }
    const absent: PlanExpression = {
      kind: "present",
      of: { ...read, maybe: true },
      negated: true,
      type: { kind: "bool" },
      maybe: false,
      at,
    }
    const whenAbsent = value.maybe || value.failure !== null ? [{ when: absent, then: missing, at }] : []
    const arms = [...whenAbsent, { when: fits, then: read, at }]
    const plan: PlanExpression = {
      kind: "conditional",
      bind: { variable, value: value.plan },
      arms,
      otherwise: missing,
      type: { kind: "text" },
      maybe: true,
      at,
    }
    return checked(plan, { ...value.type, max: to.max, literal: null }, value.span, { maybe: true })
  }
  return value
}
