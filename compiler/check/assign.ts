// One assignment: the value is checked against the field's type, missing meets an optional field or an error, and fits.
import { type AssignStatement, diagnostic, type KeyStatement } from "@fmap/grammar"
import type { PlanStep, WireType } from "../plan/index.ts"
import type { BoundField } from "../resolve/model.ts"
import { type Type, unitsOf } from "../types/type.ts"
import { accepts } from "./accepts.ts"
import { cleared } from "./cleared.ts"
import { at, type BlockField, type Context, place, type ShareStep } from "./context.ts"
import { checkExpression } from "./expression.ts"
import { replacesShare, shareOf } from "./expressions/share.ts"
import { fit } from "./fit.ts"
import { mayRefuse } from "./may-refuse.ts"
import { isError } from "./values.ts"

export function assignField(
  statement: AssignStatement | KeyStatement,
  field: BoundField,
  slot: BlockField,
  ctx: Context,
  put: (share: ShareStep) => void,
): PlanStep | null {
  const because = statement.kind === "assign" ? statement.because : null
  const noExit = statement.kind === "key" ? "in a key" : ctx.noExit
  for (const name of unitFields(field.type)) {
    // The amount is written in its currency, so the currency is computed before.
    const unit = ctx.scope.block?.fields.get(name)
    if (unit !== undefined && name !== field.name) ctx.state.tracker.reads.add(unit.variable)
  }
  const share = shareOf(statement.value)
  const site = share === null ? undefined : { ...share, target: slot.type, put }
  const inner: Context = { ...ctx, field, because, noExit, inRound: false, share: site }
  if (share !== null && replacesShare(share.value, inner)) return null
  const given = checkExpression(share?.value ?? statement.value, inner, slot.type)
  const inPatch = ctx.patch !== undefined && ctx.patch === ctx.scope.block?.root
  const value = inPatch ? cleared(given, statement, field, ctx) : given
  if (isError(value) || slot.type.kind === "error") return null
  if (value.failure !== null) {
    ctx.state.report(
      diagnostic("FM3103", { what: "This value", reason: value.failure }, place(ctx, statement.value.span), {
        label: "can fail",
        related: [{ place: field.place, text: `fills "${field.name}"` }],
        help: "End it with `else`: a value, `hold CODE` or `reject CODE`.",
      }),
    )
    return null
  }
  if (value.maybe && !field.optional) {
    ctx.state.report(
      diagnostic("FM3102", { what: "This value" }, place(ctx, statement.value.span), {
        label: "may be missing",
        related: [{ place: field.place, text: `"${field.name}" must have a value` }],
        help: "End it with `else`: a value, `hold CODE` or `reject CODE`.",
      }),
    )
    return null
  }
  if (!accepts(value, slot.type, inner, [{ place: field.place, text: "wanted here" }])) return null
  const plan = fit(value, slot.type, field.name, inner, fieldForm(field, ctx))
  if (plan === null) return null
  return {
    kind: "field",
    field: field.name,
    variable: slot.variable,
    value: plan,
    at: at(ctx, statement.span),
  }
}

/** How the field stands on the wire, where its form may have no place for a value; else null. */
function fieldForm(field: BoundField, ctx: Context): WireType | null {
  const block = ctx.scope.block
  if (block === null) return null
  const wire = ctx.state.fieldWireType(field, block.shape, block.system)
  return mayRefuse(wire) ? wire : null
}

/** Fields of the same record that give the unit of this one, or of the records in it. */
function unitFields(type: Type): readonly string[] {
  switch (type.kind) {
    case "number":
      return unitsOf(type).flatMap(unit => (unit.kind === "field" ? unit.path.slice(0, 1) : []))
    case "record":
      return type.arguments.flatMap(unit => (unit.kind === "field" ? unit.path.slice(0, 1) : []))
    case "list":
    case "dictionary":
      return unitFields(type.of)
    default:
      return []
  }
}
