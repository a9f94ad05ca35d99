// `round(x, scale|minor, mode)`: where digits are lost, said aloud (language-decisions 9 and 15).
import { type CallExpression, diagnostic, suggest } from "@fmap/grammar"
import { minorUnits, roundingModes } from "@fmap/runtime"
import type { PlanExpression, RoundingMode } from "../../plan/index.ts"
import type { NumberType, Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { sentence } from "../join.ts"
import { present } from "../present.ts"
import { givesReason } from "../reason-text.ts"
import { isErrorUnit, normalize, unitExpression } from "../units.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"
import { countArguments } from "./call.ts"
import { labelled } from "./labelled.ts"
import { checkSteps } from "./round-steps.ts"

export function checkRound(node: CallExpression, ctx: Context, expected: Type | null): Checked {
  const steps = labelled(node, "step", ctx)
  if (steps === null) return erroneous(ctx, node.span)
  if (steps.named !== null) return checkSteps(node, steps.named, steps.others, ctx, expected)
  if (!countArguments(node, 3, 3, ctx)) return erroneous(ctx, node.span)
  const [valueNode, scaleNode, modeNode] = node.arguments
  if (valueNode === undefined || scaleNode === undefined || modeNode === undefined)
    return erroneous(ctx, node.span)
  const mode = readMode(modeNode, ctx)
  const value = present(
    checkExpression(valueNode, { ...ctx, inRound: true }, expected),
    ctx,
    "The figure to round",
  )
  if (isError(value) || mode === null) return erroneous(ctx, node.span)
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
  const scale = readScale(scaleNode, value.type, ctx)
  if (scale === null) return erroneous(ctx, node.span)
  const failure = divides(value.plan)
    ? "the divisor is zero"
    : mode === "exact"
      ? "digits would be lost"
      : null
  const digits = scale.kind === "digits" ? scale.digits : 4
  const narrows = value.type.rational || value.type.scale > digits || scale.kind === "minor"
  // 9.99 rounds up to 10.0: one digit more.
  const grows = narrows && mode !== "down" && mode !== "exact"
  const type: NumberType = {
    ...value.type,
    digits: value.type.digits === null ? null : value.type.digits + (grows ? 1 : 0),
    scale: scale.kind === "minor" ? (scale.constant ?? 4) : digits,
    rational: false,
    low: null,
    high: null,
    literal: null,
    fitsMinor: scale.kind === "minor",
    minor: scale.kind === "minor" && scale.constant === null ? 0 : null,
  }
  ctx.state.rounded.push({
    field: ctx.field?.name ?? "",
    mode: `${scale.kind === "minor" ? "minor" : scale.digits} ${mode}`,
    at: at(ctx, node.span),
  })
  const planScale: (PlanExpression & { kind: "round" })["scale"] =
    scale.kind === "digits"
      ? { kind: "digits", digits: scale.digits }
      : scale.constant !== null
        ? { kind: "digits", digits: scale.constant }
        : { kind: "minor", currency: scale.currency }
  return checked(
    {
      kind: "round",
      of: value.plan,
      scale: planScale,
      mode,
      type: valueType(type, ctx.state),
      maybe: failure !== null,
      at: at(ctx, node.span),
    },
    type,
    node.span,
    { failure },
  )
}

export function readMode(node: CallExpression["arguments"][number], ctx: Context): RoundingMode | null {
  const name = node.kind === "name" ? node.name.text : ""
  const mode = roundingModes.find(m => m === name)
  if (mode !== undefined) return mode
  const close = suggest(name, roundingModes)
  ctx.state.report(
    diagnostic("FM3121", { mode: name === "" ? "this" : name }, place(ctx, node.span), {
      label: "no way of rounding",
      help: close === undefined ? `The modes are ${roundingModes.join(", ")}.` : `Did you mean "${close}"?`,
      ...(close === undefined ? {} : { edits: [{ place: place(ctx, node.span), text: close }] }),
    }),
  )
  return null
}

export type Scale =
  | { readonly kind: "digits"; readonly digits: number }
  | { readonly kind: "minor"; readonly constant: number | null; readonly currency: PlanExpression }

export function readScale(
  node: CallExpression["arguments"][number],
  type: NumberType,
  ctx: Context,
): Scale | null {
  if (node.kind === "name" && node.name.text === "minor") {
    if (type.role !== "money" || type.unit === null) {
      ctx.state.report(
        diagnostic("FM5109", { what: describe(type, ctx) }, place(ctx, node.span), {
          help: "Say the number of digits.",
        }),
      )
      return null
    }
    const unit = normalize(type.unit, ctx.state)
    if (isErrorUnit(unit)) return null
    const currency = unitExpression(unit, ctx, node.span)
    if (currency === null) {
      ctx.state.report(
        diagnostic(
          "FM3122",
          { reason: `nothing names the currency of ${describe(type, ctx)}` },
          place(ctx, node.span),
          { help: "Give the record that carries the currency a name with `let`." },
        ),
      )
      return null
    }
    return {
      kind: "minor",
      constant: unit.kind === "constant" ? (minorUnits(unit.code) ?? 0) : null,
      currency,
    }
  }
  if (node.kind !== "number" || !/^\d{1,2}$/.test(node.text) || Number.parseInt(node.text, 10) > 38) {
    ctx.state.report(
      diagnostic(
        "FM3122",
        { reason: "the second value is a number of digits from 0 to 38, or `minor`" },
        place(ctx, node.span),
        { label: "no number of digits" },
      ),
    )
    return null
  }
  const digits = Number.parseInt(node.text, 10)
  if (type.role === "money" && type.unit !== null) {
    const unit = normalize(type.unit, ctx.state)
    if (unit.kind === "constant") {
      const minor = minorUnits(unit.code) ?? 0
      if (minor !== digits && !givesReason(ctx.because)) {
        ctx.state.report(
          diagnostic("FM5106", { scale: digits, currency: unit.code, minor }, place(ctx, node.span), {
            label: `not the digits of ${unit.code}`,
            help: 'End the statement with `because "…"`, or round to `minor`.',
          }),
        )
        return null
      }
    } else if (unit.kind === "path") {
      ctx.state.deferred.push(
        diagnostic("FM5107", { scale: digits }, place(ctx, node.span), {
          label: `${sentence(describe(type, ctx))} here`,
          help: "Round to `minor`.",
        }),
      )
    }
  }
  return { kind: "digits", digits }
}

/** Is there a division below whose divisor may be zero? Nested rounds have their own. */
export function divides(plan: PlanExpression): boolean {
  switch (plan.kind) {
    case "arithmetic":
      return (plan.operator === "/" && plan.maybe) || divides(plan.left) || divides(plan.right)
    case "negate":
      return divides(plan.of)
    default:
      return false
  }
}
