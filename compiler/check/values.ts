// Small constructors for Checked values, and the value types of the Plan.
import type { Span } from "@fmap/grammar"
import { lowerValueType } from "../lower/value-type.ts"
import type { PlanExpression, ValueType } from "../plan/index.ts"
import type { NumberType, TextType, Type } from "../types/type.ts"
import { type Checked, noFacts } from "./checked.ts"
import { at, type Context, type State } from "./context.ts"

const noFactPair = { whenTrue: noFacts, whenFalse: noFacts }

export function checked(plan: PlanExpression, type: Type, span: Span, more: Partial<Checked> = {}): Checked {
  return { plan, type, maybe: false, failure: null, stable: null, facts: noFactPair, span, ...more }
}

/** The result of an expression about which an error was given: fits everything, says nothing. */
export function erroneous(ctx: Context, span: Span): Checked {
  return checked(
    { kind: "missing", type: { kind: "never" }, maybe: false, at: at(ctx, span) },
    { kind: "error" },
    span,
  )
}

export function valueType(type: Type, state: State): ValueType {
  return lowerValueType(type, ({ shape, system }) => state.shapeId(shape, system))
}

/** A whole number of any size, nothing known of it. */
const plainNumber: NumberType = {
  kind: "number",
  role: "int",
  unit: null,
  digits: null,
  scale: 0,
  rational: false,
  low: null,
  high: null,
  fitsMinor: false,
  minor: null,
  literal: null,
}
export const intType: NumberType = plainNumber
export function decimalType(digits: number | null, scale: number): NumberType {
  return { ...plainNumber, role: "decimal", digits, scale }
}
export function textType(max: number | null, literal: string | null = null): TextType {
  return { kind: "text", min: 0, max, measure: "points", pattern: null, literal }
}
export const boolType: Type = { kind: "bool" }

/** The type without what was known only of a constant. */
export function widened(type: Type): Type {
  if (type.kind === "text" && type.literal !== null) return { ...type, literal: null }
  if (type.kind === "number" && type.literal !== null) return { ...type, literal: null }
  return type
}

export function isError(...all: readonly Checked[]): boolean {
  return all.some(c => c.type.kind === "error")
}
