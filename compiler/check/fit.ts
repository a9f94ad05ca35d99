// Narrowing is spoken (language-decisions 9): what a value may lose on its way into a field is an error, what the compiler cannot
// prove is a run-time check with the code OUT_OF_RANGE. Flows in: an accepted value. Flows out: its `fit` node.
import { diagnostic } from "@fmap/grammar"
import { minorUnits } from "@fmap/runtime"
import type { FitCheck, PlanExpression, WireType } from "../plan/index.ts"
import type { NumberType, TextType, Type } from "../types/type.ts"
import type { Checked } from "./checked.ts"
import { type Context, place } from "./context.ts"
import { describe } from "./describe.ts"
import { figure } from "./expressions/literal.ts"
import { sentence } from "./join.ts"
import { normalize, unitExpression } from "./units.ts"
import { unpadded } from "./unpadded.ts"
import { valueType } from "./values.ts"

/** Null where an error was given. */
export function fit(
  given: Checked,
  to: Type,
  field: string,
  ctx: Context,
  form: WireType | null = null,
): PlanExpression | null {
  const found = checksFor(given, to, field, ctx)
  if (found === null) return null
  const value = unpadded(given, to, ctx)
  const checks: FitCheck[] = form === null ? found : [...found, { kind: "form" }]
  if (checks.length > 0) {
    ctx.state.codes.push({
      code: "OUT_OF_RANGE",
      verb: "reject",
      origin: "assignment",
      at: value.plan.at,
      place: place(ctx, value.span),
    })
  }
  const moves = to.kind === "number" && value.type.kind === "number"
  if (checks.length === 0 && !moves) return value.plan
  return wrap(value.plan, to, field, checks, ctx, form)
}

/** `clear`, `missing` and ways out carry no value to fit: the node goes around the values beside them. */
function wrap(
  plan: PlanExpression,
  to: Type,
  field: string,
  checks: readonly FitCheck[],
  ctx: Context,
  form: WireType | null,
): PlanExpression {
  const inner = (p: PlanExpression): PlanExpression => wrap(p, to, field, checks, ctx, form)
  switch (plan.kind) {
    case "clear":
    case "missing":
    case "exit":
      return plan
    case "else":
      if (!hasClear(plan)) break
      return { ...plan, value: inner(plan.value), fallback: inner(plan.fallback) }
    case "switch":
      if (!hasClear(plan)) break
      return {
        ...plan,
        arms: plan.arms.map(a => ({ ...a, then: inner(a.then) })),
        missing: plan.missing === null ? null : inner(plan.missing),
        otherwise: plan.otherwise === null ? null : inner(plan.otherwise),
      }
    case "conditional":
      if (!hasClear(plan)) break
      return {
        ...plan,
        arms: plan.arms.map(a => ({ ...a, then: inner(a.then) })),
        otherwise: inner(plan.otherwise),
      }
    default:
  }
  return {
    kind: "fit",
    of: plan,
    to: form ?? ctx.state.wireType(to),
    field,
    checks,
    emptyIsMissing: false,
    type: valueType(to, ctx.state),
    maybe: plan.maybe,
    at: plan.at,
  }
}

function hasClear(plan: PlanExpression): boolean {
  switch (plan.kind) {
    case "clear":
      return true
    case "else":
      return hasClear(plan.value) || hasClear(plan.fallback)
    case "switch":
      return [...plan.arms.map(a => a.then), plan.missing, plan.otherwise].some(
        p => p !== null && hasClear(p),
      )
    case "conditional":
      return [...plan.arms.map(a => a.then), plan.otherwise].some(hasClear)
    default:
      return false
  }
}

function checksFor(value: Checked, to: Type, field: string, ctx: Context): FitCheck[] | null {
  const from = value.type
  if (from.kind === "number" && to.kind === "number") return numberChecks(value, from, to, ctx)
  if (from.kind === "text" && to.kind === "text") return textChecks(value, from, to, field, ctx)
  if (from.kind === "list" && to.kind === "list") return listChecks(value, from, to, field, ctx)
  return []
}

function numberChecks(value: Checked, from: NumberType, to: NumberType, ctx: Context): FitCheck[] | null {
  const checks: FitCheck[] = []
  const literal = from.literal
  const scale =
    literal === null ? from.scale : figure(literal.replace("-", "").replace(/(\.\d*?)0+$/, "$1")).scale
  if (scale > to.scale) {
    if (from.minor === null || from.minor > to.scale) {
      const scaleOf = (t: NumberType): number => (t.role === "percent" ? Math.max(t.scale - 2, 0) : t.scale)
      ctx.state.report(
        diagnostic("FM3114", { from: scaleOf({ ...from, scale }), to: scaleOf(to) }, place(ctx, value.span), {
          label: `${scaleOf({ ...from, scale })} digits after the point`,
          help:
            to.role === "money"
              ? "Say how it is rounded: `round(…, minor, half_even)`."
              : `Say how it is rounded: \`round(…, ${to.scale}, half_even)\`.`,
        }),
      )
      return null
    }
    checks.push({ kind: "scale" })
  }
  const digits = literal === null ? from.digits : figure(literal.replace("-", "")).digits
  if (to.digits !== null && (digits === null || digits > to.digits)) checks.push({ kind: "digits" })
  const sameBounds = JSON.stringify([from.low, from.high]) === JSON.stringify([to.low, to.high])
  if ((to.low !== null || to.high !== null) && !sameBounds) checks.push({ kind: "bounds" })
  if (to.fitsMinor && !from.fitsMinor && to.unit !== null && !(literal !== null && scale === 0)) {
    const unit = normalize(to.unit, ctx.state)
    const minor = unit.kind === "constant" ? minorUnits(unit.code) : undefined
    if (minor === undefined || from.scale > minor) {
      const currency = unitExpression(unit, ctx, value.span)
      if (currency !== null) checks.push({ kind: "minor", currency })
    }
  }
  return checks
}

function textChecks(
  value: Checked,
  from: TextType,
  to: TextType,
  field: string,
  ctx: Context,
): FitCheck[] | null {
  const most = bound(from, to.measure)
  if (to.max !== null && (most === null || most > to.max)) {
    ctx.state.report(
      diagnostic(
        "FM3113",
        { from: sentence(describe(from, ctx)), to: `"${field}", which holds ${to.max} ${unitWord(to)}` },
        place(ctx, value.span),
        {
          label: from.max === null ? "of any length" : `up to ${from.max}`,
          help: `Cut it aloud with \`truncate(…, ${to.max})\`, or end with \`else reject CODE\`.`,
        },
      ),
    )
    return null
  }
  const checks: FitCheck[] = []
  if (to.min > 0 && (from.min < to.min || from.measure !== to.measure)) checks.push({ kind: "length" })
  if (to.pattern !== null && to.pattern !== from.pattern) checks.push({ kind: "pattern" })
  return checks
}

/** The most units of the target's measure: one code point is at most 2 UTF-16 units and 4 bytes. */
function bound(from: TextType, measure: TextType["measure"]): number | null {
  if (from.max === null || from.measure === measure) return from.max
  if (measure === "points") return from.max
  if (from.literal !== null)
    return measure === "utf16" ? from.literal.length : new TextEncoder().encode(from.literal).length
  return measure === "utf16"
    ? from.max * (from.measure === "points" ? 2 : 1)
    : from.max * (from.measure === "points" ? 4 : 3)
}

function unitWord(to: TextType): string {
  return to.measure === "points" ? "characters" : to.measure === "utf16" ? "UTF-16 units" : "bytes"
}

function listChecks(
  value: Checked,
  from: Type & { kind: "list" },
  to: Type & { kind: "list" },
  field: string,
  ctx: Context,
): FitCheck[] | null {
  const element: Checked = { ...value, type: from.of, maybe: false }
  const inner = checksFor(element, to.of, field, ctx)
  if (inner === null) return null
  if (inner.length > 0) {
    // Each row of a scalar list would need a check of its own: say it where the row is made.
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: sentence(describe(to, ctx)), found: describe(from, ctx) },
        place(ctx, value.span),
        { help: "Make each row with `each`." },
      ),
    )
    return null
  }
  if (to.min > from.min && to.min === 1) {
    ctx.state.report(
      diagnostic("FM3124", { field }, place(ctx, value.span), {
        label: "may be empty",
        help: 'Say what happens then: `else reject NO_LINES "…"`.',
      }),
    )
    return null
  }
  const low = to.min > from.min
  const high = to.max !== null && (from.max === null || from.max > to.max)
  return low || high ? [{ kind: "items" }] : []
}
