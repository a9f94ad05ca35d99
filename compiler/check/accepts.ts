// May this value stand where that type is wanted? Kinds, units and members only; digits and lengths are `fit`'s business.
import { diagnostic, type Place } from "@fmap/grammar"
import type { PeriodType, RecordType, Type } from "../types/type.ts"
import type { Checked } from "./checked.ts"
import { type Context, place } from "./context.ts"
import { describe, describeUnit } from "./describe.ts"
import { sentence } from "./join.ts"
import { measuresMeet } from "./measures.ts"
import { nameHere } from "./name-here.ts"
import { samePair, samePer, sameUnit } from "./units.ts"

type Related = readonly { place: Place; text: string }[]

export function accepts(value: Checked, to: Type, ctx: Context, related: Related = []): boolean {
  const reason = mismatch(value.type, to, ctx)
  if (reason === null) return true
  const name = ctx.field?.name ?? "This value"
  switch (reason) {
    case "unit": {
      const [found, wanted] = [value.type, to]
      if (found.kind !== "number" || wanted.kind !== "number") return false
      ctx.state.report(
        diagnostic(
          "FM5102",
          { field: name, wanted: describeUnit(wanted.unit), found: describeUnit(found.unit) },
          place(ctx, value.span),
          {
            label: `in ${describeUnit(found.unit)}`,
            related,
            help: "Assign the currency field by plain copy from where the amount's currency stands, or let a `check` before it say that the two are equal.",
          },
        ),
      )
      return false
    }
    case "measure": {
      const [found, wanted] = [value.type, to].map(t => (t.kind === "number" ? (t.measure?.name ?? "") : ""))
      ctx.state.report(
        diagnostic(
          "FM6402",
          { field: name, wanted: wanted ?? "", found: found ?? "" },
          place(ctx, value.span),
          {
            label: `of ${found}`,
            related,
            help: "Assign an amount of that measure, or declare the field to be of the other one.",
          },
        ),
      )
      return false
    }
    case "figure":
      ctx.state.report(
        to.kind === "number" && to.role === "quantity"
          ? diagnostic(
              "FM5103",
              { what: sentence(describe(value.type, ctx)), lacks: "unit" },
              place(ctx, value.span),
              { related, help: `Say what it counts: \`quantity(…, ${describeUnit(to.unit)})\`.` },
            )
          : diagnostic(
              "FM5103",
              { what: sentence(describe(value.type, ctx)), lacks: "currency" },
              place(ctx, value.span),
              {
                related,
                help: "Write the amount with its currency, such as `0.01 EUR`; a figure becomes one by `money(figure, CURRENCY)`.",
              },
            ),
      )
      return false
    case "pair":
      ctx.state.report(
        diagnostic(
          "FM5162",
          { wanted: describe(to, ctx), found: describe(value.type, ctx) },
          place(ctx, value.span),
          {
            related,
            help: pairHelp(value.type, to, ctx),
          },
        ),
      )
      return false
    case "calendar":
      if (value.type.kind === "period" && to.kind === "period")
        twoCalendars(value.type, to, place(ctx, value.span), ctx, related)
      return false
    case "kind":
      ctx.state.report(
        diagnostic(
          "FM3101",
          { expected: sentence(describe(to, ctx)), found: describe(value.type, ctx) },
          place(ctx, value.span),
          { label: describe(value.type, ctx), related, ...helpFor(value.type, to) },
        ),
      )
      return false
  }
}

/** The same two currencies quoted otherwise, or others. */
function pairHelp(from: Type, to: Type, ctx: Context): string {
  const [found, wanted] = [from, to].map(type => (type.kind === "number" ? type.rate : undefined))
  if (found === undefined || wanted === undefined) return "Declare both with their pair."
  if (sameUnit(found.of, wanted.of, ctx) && sameUnit(found.per, wanted.per, ctx))
    return "Declare the field as the rate is quoted: for 1, or for 100."
  return sameUnit(found.of, wanted.per, ctx) && sameUnit(found.per, wanted.of, ctx)
    ? "Turn it round with `invert(rate, 9, half_even)`."
    : "Take the rate of the other pair."
}

/** Null: fits. */
export function mismatch(
  from: Type,
  to: Type,
  ctx: Context,
): "kind" | "unit" | "measure" | "figure" | "pair" | "calendar" | null {
  if (from.kind === "error" || to.kind === "error" || from.kind === "never") return null
  if (from.kind === "number" && to.kind === "number") return numberMismatch(from, to, ctx)
  if (from.kind === "enum" && to.kind === "enum") {
    const members = new Set(to.members.map(m => m.value))
    return to.open || (!from.open && from.members.every(m => members.has(m.value))) ? null : "kind"
  }
  if (from.kind === "list" && to.kind === "list") return mismatch(from.of, to.of, ctx)
  if (from.kind === "dictionary" && to.kind === "dictionary") return mismatch(from.of, to.of, ctx)
  if (from.kind === "record" && to.kind === "record") {
    const id = (t: RecordType): string => ctx.state.shapeId(t.shape, t.system)
    if (from.shape !== to.shape || id(from) !== id(to)) return "kind"
    return from.arguments.every((unit, i) => sameUnit(unit, to.arguments[i] ?? null, ctx)) ? null : "kind"
  }
  if (from.kind === "period" && to.kind === "period") return from.calendar === to.calendar ? null : "calendar"
  return from.kind === to.kind ? null : "kind"
}

function numberMismatch(
  from: Type & { kind: "number" },
  to: Type & { kind: "number" },
  ctx: Context,
): "kind" | "unit" | "measure" | "figure" | "pair" | null {
  if (to.role === "rate" || from.role === "rate")
    return to.role !== from.role ? "kind" : samePair(from.rate, to.rate, ctx) ? null : "pair"
  const zero = from.literal !== null && /^-?0(\.0+)?$/.test(from.literal)
  if (to.role === "money" || to.role === "quantity") {
    if (from.role === to.role)
      return !sameUnit(from.unit, to.unit, ctx)
        ? "unit"
        : !samePer(from, to, ctx)
          ? "kind"
          : measuresMeet(from, to)
            ? null
            : "measure"
    if (zero) return null
    if (from.literal !== null && to.unit?.kind === "constant") return null
    return from.role === "money" || from.role === "quantity" ? "kind" : "figure"
  }
  if (zero) return null
  if (to.role === "percent" || from.role === "percent") return from.role === to.role ? null : "kind"
  if (from.role === "money" || from.role === "quantity") return "kind"
  if (to.role === "int") return from.role === "int" || from.scale === 0 ? null : "kind"
  return null
}

function helpFor(from: Type, to: Type): { help?: string } {
  if (to.kind === "text" && ["enum", "currency", "country", "language"].includes(from.kind))
    return { help: "Say that it becomes text: `text_of(…)`." }
  if (to.kind === "text" && from.kind === "number") return { help: 'Print it into a text: `"{…}"`.' }
  if (to.kind === "text" && from.kind === "period")
    return { help: 'Say how it is written: `"{…}"`, or `format_period(…, "MMM yy")`.' }
  if (to.kind === "period" && from.kind === "date")
    return { help: "Say which period it is: `period of … in CALENDAR`." }
  if (to.kind === "enum" && (from.kind === "text" || from.kind === "enum"))
    return { help: "Say which value becomes which: `match … { … }`." }
  if (to.kind === "date" && from.kind === "instant")
    return { help: 'An instant is a date only in a time zone: `date of … in "Europe/Berlin"`.' }
  if (to.kind === "number" && to.role !== "money" && from.kind === "number" && from.role === "money")
    return { help: "Take the figure out of an amount with `amount_in(amount, CURRENCY)`." }
  if (to.kind === "number" && to.role !== "quantity" && from.kind === "number" && from.role === "quantity")
    return { help: "Take the figure out of a quantity with `quantity_in(quantity, UNIT)`." }
  return {}
}

/** Periods of two calendars are told apart wherever they meet. */
export function twoCalendars(
  found: PeriodType,
  wanted: PeriodType,
  at: Place,
  ctx: Context,
  related: Related = [],
): void {
  const left = nameHere(found.calendar, ctx)
  const right = nameHere(wanted.calendar, ctx)
  ctx.state.report(
    diagnostic("FM3131", { left, right }, at, {
      label: `of ${left}`,
      related,
      help: `Go through a date: \`period of (start_of(…)) in ${right}\`.`,
    }),
  )
}
