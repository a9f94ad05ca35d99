// `convert(amount, rate: R, minor, half_even)`: an amount in another currency, with the rate and the day it was made with.
// The type of the rate says whether it multiplies or divides; where two currencies turn out to be one nothing is looked up.
// Flows in: the call. Flows out: Plan nodes there are already: a choice, a rounding, a record of `amount`, `rate`, `asOf`.
import { type CallExpression, diagnostic, type Expression, type Span } from "@fmap/grammar"
import type { PlanExpression, PlanStep, VariableId } from "../../plan/index.ts"
import type { NumberType, RatePair, RecordType, Type, Unit } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe, describePair, describeUnit } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { madeUp } from "../infer.ts"
import { present } from "../present.ts"
import { isErrorUnit, sameUnit, unitExpression } from "../units.ts"
import { boolType, checked, erroneous, isError, valueType } from "../values.ts"
import { countArguments } from "./call.ts"
import { labelled } from "./labelled.ts"
import { readMode, readScale } from "./round.ts"

/** One rate on the way from the currency of the amount to the wanted one. */
interface Leg {
  readonly rate: Checked & { readonly type: NumberType }
  readonly pair: RatePair
  readonly direct: boolean
  readonly from: Unit
  readonly to: Unit
}

export function checkConvert(node: CallExpression, ctx: Context, expected: Type | null): Checked {
  const found = labelled(node, "rate", ctx)
  if (found === null) return erroneous(ctx, node.span)
  const { named, others } = found
  if (named === null) {
    ctx.state.report(
      diagnostic("FM5164", { name: "convert", wanted: "a rate, `rate: …`" }, place(ctx, node.callee.span), {
        help: "Write it as in `convert(amount, rate: Fx(ccy, USD) as of day, minor, half_even)`.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  if (!countArguments({ ...node, arguments: others }, 3, 3, ctx)) return erroneous(ctx, node.span)
  const [amountNode, scaleNode, modeNode] = others
  if (amountNode === undefined || scaleNode === undefined || modeNode === undefined)
    return erroneous(ctx, node.span)
  void expected
  const inner: Context = { ...ctx, inRound: false }
  const amount = present(checkExpression(amountNode, inner, null), ctx, "The amount to convert")
  const rates = [named.value, ...(named.then === null ? [] : [named.then])].map(rate => rateOf(rate, inner))
  const mode = readMode(modeNode, ctx)
  if (isError(amount) || mode === null || rates.includes(null)) return erroneous(ctx, node.span)
  if (amount.type.kind !== "number" || amount.type.role !== "money" || amount.type.unit === null) {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "An amount", found: describe(amount.type, ctx) },
        place(ctx, amountNode.span),
      ),
    )
    return erroneous(ctx, node.span)
  }
  if (isErrorUnit(amount.type.unit)) return erroneous(ctx, node.span)
  const legs = legsOf(
    amount.type.unit,
    rates.filter(rate => rate !== null),
    ctx,
  )
  const target = legs?.at(-1)?.to
  if (legs === null || target === undefined) return erroneous(ctx, node.span)
  const money: NumberType = { ...amount.type, unit: target, rational: true }
  const scale = readScale(scaleNode, money, ctx)
  if (scale === null) return erroneous(ctx, node.span)
  const type: NumberType = {
    ...money,
    digits: null,
    scale: scale.kind === "minor" ? (scale.constant ?? 4) : scale.digits,
    rational: false,
    low: null,
    high: null,
    literal: null,
    fitsMinor: scale.kind === "minor",
    minor: scale.kind === "minor" && scale.constant === null ? 0 : null,
  }
  const shown = scale.kind === "minor" ? "minor" : String(scale.digits)
  const here = at(ctx, node.span)
  ctx.state.rounded.push({ field: ctx.field?.name ?? "", mode: `${shown} ${mode}`, at: here })
  const variables = legs.map((leg, index) => push(index === 0 ? "rate" : "onward", leg.rate.type, false, ctx))
  const divides = legs.some(leg => !leg.direct)
  const value: PlanExpression = {
    kind: "round",
    of: product(amount, legs, variables, node.span, ctx),
    scale:
      scale.kind === "digits"
        ? { kind: "digits", digits: scale.digits }
        : scale.constant !== null
          ? { kind: "digits", digits: scale.constant }
          : { kind: "minor", currency: scale.currency },
    mode,
    type: valueType(type, ctx.state),
    maybe: divides || mode === "exact",
    at: here,
  }
  const record = resultType(type, legs, node.span, ctx)
  let plan: PlanExpression = resultOf(value, type, legs, variables, record, node.span, ctx)
  for (const [index, leg] of [...legs.entries()].reverse()) {
    const of = atHome(leg, amount.type.unit, target, node.span, ctx)
    plan = bindPresent(variables[index] ?? 0, of, plan, node.span, ctx)
  }
  const failures = legs.map(leg => leg.rate.failure).filter(failure => failure !== null)
  return checked(plan, record, node.span, {
    maybe: plan.maybe,
    failure: failures[0] ?? (mode === "exact" ? "digits would be lost" : null),
  })
}

function rateOf(node: Expression, ctx: Context): Leg["rate"] | null {
  const value = checkExpression(node, ctx, null)
  if (isError(value)) return null
  if (value.type.kind === "number" && value.type.rate !== undefined) return { ...value, type: value.type }
  ctx.state.report(
    diagnostic("FM3101", { expected: "A rate", found: describe(value.type, ctx) }, place(ctx, node.span), {
      help: "Declare it with its pair, as in `rate(18,8) of USD per EUR`.",
    }),
  )
  return null
}

/** Which way each rate is taken; null after an error. */
function legsOf(start: Unit, rates: readonly Leg["rate"][], ctx: Context): readonly Leg[] | null {
  const legs: Leg[] = []
  let from = start
  for (const rate of rates) {
    const pair = rate.type.rate
    if (pair === undefined) return null
    const direct = sameUnit(from, pair.per, ctx)
    if (!direct && !sameUnit(from, pair.of, ctx)) {
      ctx.state.report(
        diagnostic(
          "FM5161",
          { rate: describePair(pair), amount: describeUnit(from) },
          place(ctx, rate.span),
          {
            label: `joins ${describeUnit(pair.of)} and ${describeUnit(pair.per)}`,
            help: "Take the rate of the amount's own currency; two rates that meet in a third are written `rate: A then B`.",
          },
        ),
      )
      return null
    }
    const to = direct ? pair.of : pair.per
    legs.push({ rate, pair, direct, from, to })
    from = to
  }
  return legs
}

function push(name: string, type: Type, maybe: boolean, ctx: Context): VariableId {
  return ctx.state.variables.push({ name, type: valueType(type, ctx.state), maybe }) - 1
}

/** All that multiplies over all that divides: rounded once. */
function product(
  amount: Checked,
  legs: readonly Leg[],
  variables: readonly VariableId[],
  span: Span,
  ctx: Context,
): PlanExpression {
  let top = amount.plan
  let bottom: PlanExpression | null = null
  legs.forEach((leg, index) => {
    const rate = variablePlan(variables[index] ?? 0, leg.rate.type, span, ctx)
    const { amount: quoted } = leg.pair
    if (leg.direct) {
      // For a hundred: a hundredth of the rate, which is a shift of the point and exact.
      top = times(
        top,
        quoted === 1
          ? rate
          : times(rate, figure(`0.${"1".padStart(`${quoted}`.length - 1, "0")}`, span, ctx), span, ctx),
        span,
        ctx,
      )
    } else {
      if (quoted !== 1) top = times(top, figure(String(quoted), span, ctx), span, ctx)
      bottom = bottom === null ? rate : times(bottom, rate, span, ctx)
    }
  })
  if (bottom === null) return top
  return {
    kind: "arithmetic",
    operator: "/",
    left: top,
    right: bottom,
    type: { kind: "number", digits: null, scale: 0, rational: true },
    maybe: true,
    at: at(ctx, span),
  }
}

function times(left: PlanExpression, right: PlanExpression, span: Span, ctx: Context): PlanExpression {
  const [a, b] = [left.type, right.type]
  if (a.kind !== "number" || b.kind !== "number") throw new Error("figures are multiplied")
  const digits = a.digits === null || b.digits === null ? null : a.digits + b.digits
  const type = {
    kind: "number",
    digits,
    scale: a.scale + b.scale,
    rational: a.rational || b.rational,
  } as const
  return { kind: "arithmetic", operator: "*", left, right, type, maybe: false, at: at(ctx, span) }
}

function figure(value: string, span: Span, ctx: Context): PlanExpression {
  const [whole = "", fraction = ""] = value.split(".")
  const type = {
    kind: "number",
    digits: whole === "0" ? 0 : whole.length,
    scale: fraction.length,
    rational: false,
  } as const
  return { kind: "literal", value, type, maybe: false, at: at(ctx, span) }
}

function variablePlan(variable: VariableId, type: Type, span: Span, ctx: Context): PlanExpression {
  return { kind: "variable", variable, type: valueType(type, ctx.state), maybe: false, at: at(ctx, span) }
}

/** The rate, or one to one where the currencies of the leg, or of the whole way, turn out to be the same. */
function atHome(leg: Leg, start: Unit, end: Unit, span: Span, ctx: Context): PlanExpression {
  const here = at(ctx, span)
  const same = [equal(leg.from, leg.to, span, ctx), equal(start, end, span, ctx)].filter(
    test => test !== null,
  )
  const [first, second] = same
  if (first === undefined) return leg.rate.plan
  const oneToOne = figure(String(leg.pair.amount), span, ctx)
  const arms = [
    first,
    ...(second === undefined || JSON.stringify(second) === JSON.stringify(first) ? [] : [second]),
  ]
  return {
    kind: "conditional",
    bind: null,
    arms: arms.map(when => ({ when, then: oneToOne, at: here })),
    otherwise: leg.rate.plan,
    type: valueType(leg.rate.type, ctx.state),
    maybe: leg.rate.plan.maybe,
    at: here,
  }
}

/** Null: nothing says at run time which currencies they are, or they are two for certain. */
function equal(a: Unit, b: Unit, span: Span, ctx: Context): PlanExpression | null {
  const left = unitExpression(a, ctx, span)
  const right = unitExpression(b, ctx, span)
  if (left === null || right === null) return null
  if (left.kind === "literal" && right.kind === "literal") return null
  return {
    kind: "compare",
    operator: "==",
    left,
    right,
    type: valueType(boolType, ctx.state),
    maybe: false,
    at: at(ctx, span),
  }
}

/** `value` once, and what follows where it is there. */
function bindPresent(
  variable: VariableId,
  value: PlanExpression,
  then: PlanExpression,
  span: Span,
  ctx: Context,
): PlanExpression {
  const here = at(ctx, span)
  const maybe = value.maybe || then.maybe
  const known = ctx.state.variables[variable]
  if (known !== undefined) ctx.state.variables[variable] = { ...known, maybe: value.maybe }
  if (!value.maybe)
    return {
      kind: "conditional",
      bind: { variable, value },
      arms: [],
      otherwise: then,
      type: then.type,
      maybe,
      at: here,
    }
  const of: PlanExpression = { kind: "variable", variable, type: value.type, maybe: true, at: here }
  const when: PlanExpression = {
    kind: "present",
    of,
    negated: false,
    type: { kind: "bool" },
    maybe: false,
    at: here,
  }
  return {
    kind: "conditional",
    bind: { variable, value },
    arms: [{ when, then, at: here }],
    otherwise: { kind: "missing", type: { kind: "never" }, maybe: true, at: here },
    type: then.type,
    maybe: true,
    at: here,
  }
}

/** The day of a dated crosswalk that gave the rate. */
function dayOf({ rate }: Leg): PlanExpression | null {
  return rate.plan.kind === "lookup" ? rate.plan.asOf : null
}

function resultType(type: NumberType, legs: readonly Leg[], span: Span, ctx: Context): RecordType {
  const [first, second] = legs
  const members: { name: string; span: Span; type: Type; optional: boolean }[] = [
    { name: "amount", span, type, optional: false },
  ]
  if (first !== undefined) members.push({ name: "rate", span, type: first.rate.type, optional: false })
  if (second !== undefined) members.push({ name: "onward", span, type: second.rate.type, optional: false })
  if (first !== undefined && dayOf(first) !== null)
    members.push({ name: "asOf", span, type: { kind: "date" }, optional: false })
  return madeUp("conversion", members, span, ctx)
}

function resultOf(
  value: PlanExpression,
  type: NumberType,
  legs: readonly Leg[],
  variables: readonly VariableId[],
  record: RecordType,
  span: Span,
  ctx: Context,
): PlanExpression {
  const here = at(ctx, span)
  const amount = push("amount", type, value.maybe, ctx)
  const parts: { field: string; value: PlanExpression; type: Type }[] = []
  legs.forEach((leg, index) => {
    const field = index === 0 ? "rate" : "onward"
    parts.push({
      field,
      value: variablePlan(variables[index] ?? 0, leg.rate.type, span, ctx),
      type: leg.rate.type,
    })
  })
  const day = legs[0] === undefined ? null : dayOf(legs[0])
  if (day !== null) parts.push({ field: "asOf", value: day, type: { kind: "date" } })
  const made = push("amount", type, false, ctx)
  const steps: PlanStep[] = [
    {
      kind: "field",
      field: "amount",
      variable: made,
      value: variablePlan(amount, type, span, ctx),
      at: here,
    },
  ]
  const fields = [{ field: "amount", variable: made }]
  for (const part of parts) {
    const variable = push(part.field, part.type, false, ctx)
    steps.push({ kind: "field", field: part.field, variable, value: part.value, at: here })
    fields.push({ field: part.field, variable })
  }
  const shape = valueType(record, ctx.state)
  const result: PlanExpression = {
    kind: "record",
    shape: shape.kind === "record" ? shape.shape : "",
    block: { steps, fields },
    type: shape,
    maybe: false,
    at: here,
  }
  return bindPresent(amount, value, result, span, ctx)
}
