// Makes a value fit the field it is assigned to. Flows in: a fit of the Plan, which lists what the compiler could not prove.
// Flows out: the value, or a reject OUT_OF_RANGE at the field and poison. Loses nothing: scales only widen.
import {
  checkCount,
  checkDecimal,
  checkInteger,
  checkText,
  masked,
  minorUnits,
  type Refused,
  refuse,
  shownValue,
  toScaled,
  valueScale,
} from "@fmap/runtime"
import type { At, FitCheck, PlanExpression, WireType } from "../plan/index.ts"
import { encodeValue } from "./encode.ts"
import { evaluate } from "./evaluate.ts"
import type { Scope } from "./scope.ts"
import {
  asNumber,
  asText,
  BrokenPlan,
  isStopped,
  MISSING,
  type Outcome,
  POISON,
  type Stopped,
} from "./value.ts"
import { valueText } from "./value-text.ts"

type Fit = Extract<PlanExpression, { kind: "fit" }>

export function evaluateFit(expression: Fit, scope: Scope): Outcome {
  const of = evaluate(expression.of, scope)
  if (typeof of === "symbol") return of
  if (expression.emptyIsMissing && typeof of === "object" && of.kind === "list" && of.elements.length === 0)
    return MISSING
  // Digits too many are told first: the other checks look at the value in the field's own scale.
  const checks = expression.checks.toSorted((a, b) => Number(b.kind === "scale") - Number(a.kind === "scale"))
  for (const check of checks) {
    const refused = checkOne(check, of, expression.to, scope)
    if (refused === undefined) continue
    if (typeof refused === "symbol") return refused
    reportUnfit(refused, of, expression, scope)
    return POISON
  }
  return of
}

const noMinorUnits = refuse(
  "BAD_MINOR_UNITS",
  "The amount is written in minor units, and its currency has none.",
)

function checkOne(check: FitCheck, of: Outcome, to: WireType, scope: Scope): Refused | Stopped | undefined {
  switch (check.kind) {
    case "digits":
      return checkNumber(of, to, { precision: true, bounds: false }, undefined)
    case "scale":
      return toScaled(asNumber(of), scaleOf(to)) === undefined
        ? refuse("TOO_MANY_DECIMALS", `Expected at most ${scaleOf(to)} digits after the point, found more.`)
        : undefined
    case "bounds":
      return checkNumber(of, to, { precision: false, bounds: true }, undefined)
    case "minor": {
      const currency = evaluate(check.currency, scope)
      if (isStopped(currency)) return currency
      const minor = minorUnits(asText(currency))
      // Gold has no minor units: any amount of it fits, but none can be written in them.
      if (minor === undefined && "wire" in to && to.wire === "minor") return noMinorUnits
      return checkNumber(of, to, { precision: false, bounds: false }, minor)
    }
    case "length":
      return to.kind === "text" ? checkText(asText(of), { ...to, pattern: null }) : unfitting(check, to)
    case "pattern":
      return to.kind === "text" ? checkText(asText(of), { ...to, min: 0, max: null }) : unfitting(check, to)
    case "items":
      if (to.kind !== "list" || typeof of !== "object" || of.kind !== "list") return unfitting(check, to)
      return checkCount(of.elements.length, to)
    case "form":
      return checkForm(of, to, scope)
  }
}

/** Writes the value as the result would and sees whether something had no place. */
function checkForm(of: Outcome, to: WireType, scope: Scope): Refused | undefined {
  const refused: Refused[] = []
  encodeValue(of, to, {
    run: scope.run,
    report: issue => refused.push(refuse("OUT_OF_RANGE", issue.message)),
    root: scope.place.root,
    pointer: scope.place.pointer,
    at: noPlace,
    unit: () => MISSING,
  })
  return refused[0]
}

const noPlace: At = [0, 1, 1, 1, 1]

/** `minor`: check that the amount needs no more fraction digits than this. */
function checkNumber(
  of: Outcome,
  to: WireType,
  { precision, bounds }: { readonly precision: boolean; readonly bounds: boolean },
  minor: number | undefined,
): Refused | undefined {
  const value = asNumber(of)
  switch (to.kind) {
    case "int":
      return bounds ? checkInteger(scaledTo(0), to) : undefined
    case "decimal":
    case "money":
    case "quantity":
    case "percent": {
      const checked = {
        kind: to.kind,
        scale: to.scale,
        precision: precision ? to.precision : null,
        low: bounds ? to.low : null,
        high: bounds ? to.high : null,
        fitsMinor: minor !== undefined,
      }
      return checkDecimal(scaledTo(valueScale(to)), checked, minor)
    }
    default:
      throw new BrokenPlan(`a number does not fit ${to.kind}`)
  }
  function scaledTo(scale: number): bigint {
    const scaled = toScaled(value, scale)
    if (scaled === undefined) throw new BrokenPlan("a fit would lose digits")
    return scaled
  }
}

function scaleOf(to: WireType): number {
  switch (to.kind) {
    case "int":
      return 0
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return valueScale(to)
    default:
      throw new BrokenPlan(`${to.kind} has no scale`)
  }
}

function unfitting(check: FitCheck, to: WireType): never {
  throw new BrokenPlan(`the check ${check.kind} does not suit ${to.kind}`)
}

/** Whatever the reader would call it: for the author it is one code at the field. */
function reportUnfit({ message }: Refused, of: Outcome, expression: Fit, scope: Scope): void {
  const { root, pointer, masked: hidden } = scope.place
  const list = typeof of === "object" && of.kind === "list"
  const value = list ? {} : { value: hidden ? masked : shownValue(valueText(of, expression.of.type)) }
  const at = scope.run.index.position(expression.at)
  scope.report({ code: "OUT_OF_RANGE", severity: "reject", root, pointer, message, ...value, at })
}
