// What a control compares. Flows in: a control step. Flows out: the figures of each comparison that does not hold: of the whole record,
// or of each group. One that is not wanted (`when`) or that reads poison holds: its cause has been reported where it arose.

import {
  type ControlFigures,
  compare,
  formatShortest,
  fromScaled,
  masked as hidden,
  multiply,
  negate,
  type Rational,
  subtract,
  toScaled,
} from "@fmap/runtime"
import { holds } from "../plan/comparison.ts"
import type { PlanStep } from "../plan/index.ts"
import { compareValues } from "./compare-values.ts"
import { evaluate } from "./evaluate.ts"
import { minorDigits } from "./minor-digits.ts"
import { visitRows } from "./rows.ts"
import type { Scope } from "./scope.ts"
import { asBoolean, asNumber, asText, isStopped, type Outcome, type Stopped } from "./value.ts"
import { valueText } from "./value-text.ts"

type Control = Extract<PlanStep, { kind: "control" }>
type Groups = NonNullable<Control["groups"]>

export function failedFigures(control: Control, scope: Scope): readonly ControlFigures[] {
  if (control.when !== null) {
    const wanted = evaluate(control.when, scope)
    if (isStopped(wanted) || !asBoolean(wanted)) return []
  }
  if (control.groups === null) {
    const figures = compared(control, scope)
    return figures === null || isStoppedFigures(figures) ? [] : [figures]
  }
  const combinations = combinationsOf(control.groups, scope)
  if (combinations === null) return []
  const failed: ControlFigures[] = []
  for (const keys of combinations) {
    control.groups.keys.forEach(({ variable }, i) => {
      scope.variables.set(variable, keys[i] as Outcome)
    })
    const figures = compared(control, scope)
    if (isStoppedFigures(figures)) return []
    if (figures !== null) failed.push({ group: named(control.groups, keys), ...figures })
  }
  return failed
}

/** Every combination of keys, in order of first appearance; null where some row is not known. */
function combinationsOf({ keys, rows }: Groups, scope: Scope): readonly (readonly Outcome[])[] | null {
  const found = new Map<string, readonly Outcome[]>()
  let unknown = false
  for (const { generators, where, keys: values } of rows) {
    const { poisoned } = visitRows(generators, where, scope, () => {
      const combination = values.map(value => evaluate(value, scope))
      if (combination.some(isStopped)) unknown = true
      else {
        const id = JSON.stringify(
          combination.map((value, i) => valueText(value, keys[i]?.type ?? { kind: "text" })),
        )
        if (!found.has(id)) found.set(id, combination)
      }
    })
    if (poisoned || unknown) return null
  }
  return [...found.values()]
}

function named({ keys }: Groups, values: readonly Outcome[]): NonNullable<ControlFigures["group"]> {
  return keys.map(({ name, type, masked }, i) => ({
    key: name,
    value: masked ? hidden : valueText(values[i] as Outcome, type),
  }))
}

/** Null: the comparison holds. */
function compared(control: Control, scope: Scope): ControlFigures | null | Stopped {
  const left = evaluate(control.left, scope)
  if (isStopped(left)) return left
  const right = evaluate(control.right, scope)
  if (isStopped(right)) return right
  let tolerance: string | null = null
  if (control.within === null) {
    if (holds(control.operator, compareValues(left, right, control.left.type))) return null
  } else {
    const limit = toleranceOf(control.within, asNumber(right), scope)
    if (isSymbol(limit)) return limit
    tolerance = shortest(limit)
    const near = compare(absolute(subtract(asNumber(left), asNumber(right))), limit) <= 0
    if (near === (control.operator === "==")) return null
  }
  return control.masked ? {} : figuresOf(control, left, right, tolerance)
}

function figuresOf(
  { left: { type }, right: { type: other } }: Control,
  left: Outcome,
  right: Outcome,
  tolerance: string | null,
): ControlFigures {
  const shown = { left: valueText(left, type), right: valueText(right, other) }
  if (type.kind !== "number" || other.kind !== "number") return shown
  const scale = Math.max(type.scale, other.scale)
  const difference = valueText(
    { kind: "number", value: subtract(asNumber(left), asNumber(right)) },
    { ...type, scale },
  )
  return { ...shown, difference, ...(tolerance === null ? {} : { tolerance }) }
}

function isStoppedFigures(value: ControlFigures | null | Stopped): value is Stopped {
  return typeof value === "symbol"
}

/** In the unit of the amounts: as given, a fraction of the right side, or a number of minor units of a currency. */
function toleranceOf(
  within: NonNullable<Control["within"]>,
  right: Rational,
  scope: Scope,
): Rational | Stopped {
  const amount = evaluate(within.amount, scope)
  if (isStopped(amount)) return amount
  if (within.relative) return multiply(asNumber(amount), absolute(right))
  if (within.minorOf === null) return asNumber(amount)
  const currency: Outcome = evaluate(within.minorOf, scope)
  if (isStopped(currency)) return currency
  return multiply(asNumber(amount), fromScaled(1n, minorDigits(asText(currency))))
}

function isSymbol(value: Rational | Stopped): value is Stopped {
  return typeof value === "symbol"
}

function absolute(value: Rational): Rational {
  return value.n < 0n ? negate(value) : value
}

/** Amounts, their shares and coins have finitely many digits. */
function shortest(value: Rational): string {
  for (let scale = 0; ; scale++) {
    const scaled = toScaled(value, scale)
    if (scaled !== undefined) return formatShortest(scaled, scale)
  }
}
