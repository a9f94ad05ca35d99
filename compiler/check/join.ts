// The common type of two results that may both come out of one expression: the arms of a match, a value and its `else`.
import { diagnostic, type Span } from "@fmap/grammar"
import type { NumberType, RecordType, Type, Unit } from "../types/type.ts"
import { twoCalendars } from "./accepts.ts"
import { type Context, place } from "./context.ts"
import { describe, describeUnit } from "./describe.ts"
import { minorOf } from "./expressions/arithmetic.ts"
import { measureOf, measuresMeet, twoMeasures } from "./measures.ts"
import { samePair, samePer, sameUnit } from "./units.ts"

export function joinTypes(a: Type, b: Type, node: { readonly span: Span }, ctx: Context): Type | null {
  if (a.kind === "error" || b.kind === "error") return { kind: "error" }
  if (a.kind === "never") return b
  if (b.kind === "never") return a
  if (a.kind === "number" && b.kind === "number") return joinNumbers(a, b, node, ctx)
  if (a.kind === "text" && b.kind === "text") {
    const max = a.max === null || b.max === null ? null : Math.max(a.max, b.max)
    return {
      kind: "text",
      min: Math.min(a.min, b.min),
      max,
      measure: a.measure === b.measure ? a.measure : "points",
      pattern: a.pattern === b.pattern ? a.pattern : null,
      literal: a.literal === b.literal ? a.literal : null,
      ...(a.padded !== undefined && a.padded === b.padded ? { padded: a.padded } : {}),
    }
  }
  if (a.kind === "list" && b.kind === "list") {
    const of = joinTypes(a.of, b.of, node, ctx)
    return of === null
      ? null
      : {
          kind: "list",
          of,
          min: Math.min(a.min, b.min),
          max: a.max === null || b.max === null ? null : Math.max(a.max, b.max),
        }
  }
  if (a.kind === "dictionary" && b.kind === "dictionary") {
    const of = joinTypes(a.of, b.of, node, ctx)
    return of === null ? null : { kind: "dictionary", of }
  }
  if (a.kind === "enum" && b.kind === "enum" && sameMembers(a, b)) return a
  if (a.kind === "record" && b.kind === "record" && sameRecord(a, b, ctx)) {
    const differs = a.arguments.findIndex((unit, i) => !sameUnit(unit, b.arguments[i] ?? null, ctx))
    if (differs === -1) return a
    twoCurrencies(a.arguments[differs] ?? null, b.arguments[differs] ?? null, node, ctx)
    return null
  }
  if (a.kind === "period" && b.kind === "period" && a.calendar !== b.calendar) {
    twoCalendars(b, a, place(ctx, node.span), ctx)
    return null
  }
  if (a.kind === b.kind && a.kind !== "enum" && a.kind !== "record") return a
  ctx.state.report(
    diagnostic(
      "FM3101",
      { expected: sentence(describe(a, ctx)), found: describe(b, ctx) },
      place(ctx, node.span),
      {
        label: "two kinds of result",
      },
    ),
  )
  return null
}

function joinNumbers(a: NumberType, b: NumberType, node: { readonly span: Span }, ctx: Context): Type | null {
  const measured = (t: NumberType): boolean => t.role === "money" || t.role === "quantity"
  const zero = (t: NumberType): boolean => t.literal !== null && /^-?0(\.0+)?$/.test(t.literal)
  const figures = (role: NumberType["role"], unit: NumberType["unit"]): NumberType => ({
    kind: "number",
    role,
    unit,
    ...(role === "money" ? measureOf(a, b) : {}),
    ...((a.per ?? b.per) === undefined ? {} : { per: a.per ?? b.per }),
    digits: a.digits === null || b.digits === null ? null : Math.max(a.digits, b.digits),
    scale: Math.max(a.scale, b.scale),
    rational: a.rational || b.rational,
    low: null,
    high: null,
    fitsMinor: (a.fitsMinor || zero(a)) && (b.fitsMinor || zero(b)) && !(zero(a) && zero(b)),
    minor: minorOf(a, b),
    literal: a.literal !== null && a.literal === b.literal ? a.literal : null,
  })
  if (a.role === "rate" || b.role === "rate") {
    if (a.role === b.role && samePair(a.rate, b.rate, ctx)) return { ...a, ...figures("rate", null) }
    ctx.state.report(
      diagnostic("FM5162", { wanted: describe(a, ctx), found: describe(b, ctx) }, place(ctx, node.span), {
        label: "two kinds of result",
      }),
    )
    return null
  }
  if (measured(a) || measured(b)) {
    const [amount, other] = measured(a) ? [a, b] : [b, a]
    if (!measured(other)) {
      if (zero(other) || (other.literal !== null && amount.unit?.kind === "constant"))
        return figures(amount.role, amount.unit)
    } else if (amount.role === other.role && samePer(a, b, ctx)) {
      if (sameUnit(amount.unit, other.unit, ctx)) {
        if (measuresMeet(a, b)) return figures(amount.role, amount.unit)
        twoMeasures("else", a, b, place(ctx, node.span), ctx)
        return null
      }
      twoCurrencies(a.unit, b.unit, node, ctx)
      return null
    }
  } else if (a.role === b.role) {
    return figures(a.role, null)
  } else if (a.role !== "percent" && b.role !== "percent") {
    return figures("decimal", null)
  } else if (zero(a) || zero(b)) {
    return figures("percent", null)
  }
  ctx.state.report(
    diagnostic(
      "FM3101",
      { expected: sentence(describe(a, ctx)), found: describe(b, ctx) },
      place(ctx, node.span),
      {
        label: "two kinds of result",
      },
    ),
  )
  return null
}

function twoCurrencies(a: Unit | null, b: Unit | null, node: { readonly span: Span }, ctx: Context): void {
  const [left, right] = [describeUnit(a), describeUnit(b)]
  ctx.state.report(
    diagnostic("FM5101", { left, right, operator: "else" }, place(ctx, node.span), {
      label: `one is in ${left}, the other in ${right}`,
    }),
  )
}

function sameRecord(a: RecordType, b: RecordType, ctx: Context): boolean {
  return a.shape === b.shape && ctx.state.shapeId(a.shape, a.system) === ctx.state.shapeId(b.shape, b.system)
}

export function sameMembers(a: Type & { kind: "enum" }, b: Type & { kind: "enum" }): boolean {
  if (a.members === b.members) return a.open === b.open
  if (a.open !== b.open || a.members.length !== b.members.length) return false
  const values = new Set(a.members.map(m => m.value))
  return b.members.every(m => values.has(m.value))
}

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
