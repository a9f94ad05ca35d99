// `round(x, step: 0.05, half_up)`: to the nearest coin there is in cash, where that is not the minor unit. The step is spoken: which
// coins a country still has changes, and no table of it is part of ISO 4217. Flows in: the call. Flows out: a rounded quotient
// times the step.
import { type CallExpression, diagnostic, type Expression, type LabelledExpression } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { NumberType, Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { present } from "../present.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"
import { countArguments } from "./call.ts"
import { divides, readMode } from "./round.ts"

export function checkSteps(
  node: CallExpression,
  named: LabelledExpression,
  others: readonly Expression[],
  ctx: Context,
  expected: Type | null,
): Checked {
  if (!countArguments({ ...node, arguments: others }, 2, 2, ctx)) return erroneous(ctx, node.span)
  const [valueNode, modeNode] = others
  if (valueNode === undefined || modeNode === undefined) return erroneous(ctx, node.span)
  const mode = readMode(modeNode, ctx)
  const value = present(
    checkExpression(valueNode, { ...ctx, inRound: true }, expected),
    ctx,
    "The figure to round",
  )
  const step = stepOf(named, ctx)
  if (isError(value) || mode === null || step === null) return erroneous(ctx, node.span)
  if (value.type.kind !== "number") {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "A number", found: describe(value.type, ctx) },
        place(ctx, valueNode.span),
      ),
    )
    return erroneous(ctx, node.span)
  }
  const scale = step.type.kind === "number" ? step.type.scale : 0
  const failure = divides(value.plan)
    ? "the divisor is zero"
    : mode === "exact"
      ? "digits would be lost"
      : null
  const here = at(ctx, node.span)
  const type: NumberType = {
    ...value.type,
    digits: value.type.digits === null ? null : value.type.digits + 1,
    scale,
    rational: false,
    low: null,
    high: null,
    literal: null,
    fitsMinor: false,
    minor: null,
  }
  ctx.state.rounded.push({
    field: ctx.field?.name ?? "",
    mode: `step ${String(step.plan.kind === "literal" ? step.plan.value : "")} ${mode}`,
    at: here,
  })
  const steps: PlanExpression = {
    kind: "round",
    of: quotient(value.plan, step.plan),
    scale: { kind: "digits", digits: 0 },
    mode,
    type: { kind: "number", digits: null, scale: 0, rational: false },
    maybe: failure !== null,
    at: here,
  }
  return checked(whole(steps, step.plan, type, ctx), type, node.span, { failure })
}

/** How many steps there are in it. Of a division the divisor takes the step: one division is rounded at once. */
function quotient(of: PlanExpression, step: PlanExpression): PlanExpression {
  const { at: here } = step
  const divided = of.kind === "arithmetic" && of.operator === "/" ? of : null
  const right: PlanExpression =
    divided === null
      ? step
      : {
          kind: "arithmetic",
          operator: "*",
          left: divided.right,
          right: step,
          type: productType(divided.right.type, step.type),
          maybe: false,
          at: here,
        }
  return {
    kind: "arithmetic",
    operator: "/",
    left: divided?.left ?? of,
    right,
    type: { kind: "number", digits: null, scale: 0, rational: true },
    maybe: divided?.maybe ?? false,
    at: here,
  }
}

function productType(a: PlanExpression["type"], b: PlanExpression["type"]): PlanExpression["type"] {
  if (a.kind !== "number" || b.kind !== "number") throw new Error("figures are multiplied")
  const digits = a.digits === null || b.digits === null ? null : a.digits + b.digits
  return { kind: "number", digits, scale: a.scale + b.scale, rational: a.rational || b.rational }
}

/** The number of steps times the step; what may fail is looked at once before. */
function whole(steps: PlanExpression, step: PlanExpression, type: NumberType, ctx: Context): PlanExpression {
  const { at: here } = steps
  const times = (left: PlanExpression): PlanExpression => ({
    kind: "arithmetic",
    operator: "*",
    left,
    right: step,
    type: valueType(type, ctx.state),
    maybe: false,
    at: here,
  })
  if (!steps.maybe) return times(steps)
  const variable = ctx.state.variables.push({ name: "steps", type: steps.type, maybe: true }) - 1
  const read = (maybe: boolean): PlanExpression => ({
    kind: "variable",
    variable,
    type: steps.type,
    maybe,
    at: here,
  })
  return {
    kind: "conditional",
    bind: { variable, value: steps },
    arms: [
      {
        when: {
          kind: "present",
          of: read(true),
          negated: false,
          type: { kind: "bool" },
          maybe: false,
          at: here,
        },
        then: times(read(false)),
        at: here,
      },
    ],
    otherwise: { kind: "missing", type: { kind: "never" }, maybe: true, at: here },
    type: valueType(type, ctx.state),
    maybe: true,
    at: here,
  }
}

/** A written figure above zero. */
function stepOf(named: LabelledExpression, ctx: Context): Checked | null {
  const { value: node } = named
  const fits = node.kind === "number" && /[1-9]/.test(node.text) && named.then === null
  const step = fits ? checkExpression(node, ctx, null) : null
  if (step !== null && !isError(step)) return step
  ctx.state.report(
    diagnostic("FM5166", { problem: "a step is a figure above zero, such as 0.05" }, place(ctx, node.span), {
      label: "no step",
    }),
  )
  return null
}
