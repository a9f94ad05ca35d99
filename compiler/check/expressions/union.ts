// A record where a union is wanted that it is a kind of: it becomes one, and stays the same record on the wire. Flows in: a
// checked value and what is wanted. Flows out: the value, or the union's record with this one as its only kind.
import type { PlanExpression, VariableId } from "../../plan/index.ts"
import type { RecordType, Type } from "../../types/type.ts"
import { mismatch } from "../accepts.ts"
import type { Checked } from "../checked.ts"
import { at, type Context } from "../context.ts"
import { absolute } from "../units.ts"
import { boolType, checked, valueType } from "../values.ts"

export function intoUnion(value: Checked, ctx: Context, expected: Type | null): Checked {
  if (expected?.kind !== "record" || expected.shape.union === undefined) return value
  if (value.type.kind !== "record" || value.type.shape === expected.shape || value.failure !== null)
    return value
  const { shape } = value.type
  const kind = expected.shape.fields.find(field => field.type.kind === "record" && field.type.shape === shape)
  if (kind === undefined) return value
  const { system } = expected
  const wanted = absolute(kind.type, { path: null, shape: expected.shape, arguments: [], system }, ctx.state)
  if (mismatch(value.type, wanted, ctx) !== null) return value
  if (!value.maybe) return checked(unionRecord(value.plan, kind.name, expected, ctx), expected, value.span)
  const variable = newVariable("kind", value.plan.type, true, ctx)
  const read = (maybe: boolean): PlanExpression => ({
    kind: "variable",
    variable,
    type: value.plan.type,
    maybe,
    at: value.plan.at,
  })
  const type = valueType(expected, ctx.state)
  const here = at(ctx, value.span)
  const plan: PlanExpression = {
    kind: "conditional",
    bind: { variable, value: value.plan },
    arms: [
      {
        when: {
          kind: "present",
          of: read(true),
          negated: false,
          type: valueType(boolType, ctx.state),
          maybe: false,
          at: here,
        },
        then: unionRecord(read(false), kind.name, expected, ctx),
        at: here,
      },
    ],
    otherwise: { kind: "missing", type: { kind: "never" }, maybe: true, at: here },
    type,
    maybe: true,
    at: here,
  }
  return checked(plan, expected, value.span, { maybe: true })
}

function unionRecord(plan: PlanExpression, kind: string, union: RecordType, ctx: Context): PlanExpression {
  const variable = newVariable(kind, plan.type, false, ctx)
  const type = valueType(union, ctx.state)
  return {
    kind: "record",
    shape: type.kind === "record" ? type.shape : "",
    block: {
      steps: [{ kind: "field", field: kind, variable, value: plan, at: plan.at }],
      fields: [{ field: kind, variable }],
    },
    type,
    maybe: false,
    at: plan.at,
  }
}

function newVariable(name: string, type: PlanExpression["type"], maybe: boolean, ctx: Context): VariableId {
  return ctx.state.variables.push({ name, type, maybe }) - 1
}
