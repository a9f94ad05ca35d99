// An alpha identifier has no zeros in front inside a map (`alpha(10)`). Flows in: a value and the type it meets. Flows out: the same
// value, its zeros taken off where it comes from a plain text.
import { functions } from "@fmap/runtime"
import type { PlanExpression } from "../plan/index.ts"
import type { TextType, Type } from "../types/type.ts"
import type { Checked } from "./checked.ts"
import type { Context } from "./context.ts"

/** The value as an alpha identifier, where `to` is one and the value is none yet. */
export function unpadded(value: Checked, to: Type, ctx: Context): Checked {
  if (!isAlpha(to) || value.type.kind !== "text" || isAlpha(value.type)) return value
  const { literal } = value.type
  if (literal !== null && functions.strip_zeros(literal) === literal) return value
  return { ...value, plan: zerosOff(value.plan, ctx) }
}

/** Both sides of a comparison, of which one may be an alpha identifier. */
export function bothUnpadded(a: Checked, b: Checked, ctx: Context): readonly [Checked, Checked] {
  return [unpadded(a, b.type, ctx), unpadded(b, a.type, ctx)]
}

export function isAlpha(type: Type): type is TextType & { readonly padded: number } {
  return type.kind === "text" && type.padded !== undefined
}

/** Ways out have no value to change; functions take no missing one. */
function zerosOff(plan: PlanExpression, ctx: Context): PlanExpression {
  const inner = (part: PlanExpression): PlanExpression => zerosOff(part, ctx)
  switch (plan.kind) {
    case "exit":
    case "missing":
    case "clear":
      return plan
    case "else":
      return { ...plan, value: inner(plan.value), fallback: inner(plan.fallback) }
    default: {
      if (!plan.maybe) return stripped(plan)
      const variable = ctx.state.variables.push({ name: "identifier", type: plan.type, maybe: true }) - 1
      const { at } = plan
      const read: PlanExpression = { kind: "variable", variable, type: plan.type, maybe: true, at }
      const there: PlanExpression = {
        kind: "present",
        of: read,
        negated: false,
        type: { kind: "bool" },
        maybe: false,
        at,
      }
      return {
        kind: "conditional",
        bind: { variable, value: plan },
        arms: [{ when: there, then: stripped({ ...read, maybe: false }), at }],
        otherwise: { kind: "missing", type: { kind: "never" }, maybe: true, at },
        type: plan.type,
        maybe: true,
        at,
      }
    }
  }
}

function stripped(plan: PlanExpression): PlanExpression {
  return {
    kind: "call",
    function: "strip_zeros",
    arguments: [plan],
    type: { kind: "text" },
    maybe: false,
    at: plan.at,
  }
}
