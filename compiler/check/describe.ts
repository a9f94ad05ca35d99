// Types and units in an analyst's words, for messages.
import type { BoundShape } from "../resolve/model.ts"
import type { RatePair, Type, Unit } from "../types/type.ts"
import type { Context } from "./context.ts"
import { enumHere, nameHere, thisRecord } from "./name-here.ts"

export function describe(type: Type, ctx: Pick<Context, "names">): string {
  switch (type.kind) {
    case "error":
      return "something unreadable"
    case "never":
      return "no value"
    case "text":
      if (type.literal !== null) return `the text "${shorten(type.literal)}"`
      return type.max === null ? "text" : `text of up to ${type.max} characters`
    case "bool":
      return "true or false"
    case "number":
      return describeNumber(type)
    case "currency":
      return "a currency code"
    case "country":
      return "a country code"
    case "language":
      return "a language code"
    case "date":
      return "a date"
    case "datetime":
      return "a date and time without zone"
    case "instant":
      return "an instant"
    case "duration":
      return "a duration"
    case "json":
      return "opaque JSON"
    case "enum":
      if (type.open) return `an open enum ${enumHere(type, ctx) ?? `of ${members(type.members)}`}`
      return type.name === null ? `one of ${members(type.members)}` : `a ${enumHere(type, ctx)}`
    case "record":
      return describeRecord(type.shape, ctx)
    case "list":
      return `a list of ${describe(type.of, ctx)}`
    case "dictionary":
      return `a dictionary of ${describe(type.of, ctx)}`
    case "period":
      return `a period of ${nameHere(type.calendar, ctx)}`
  }
}

const shownFields = 4

/** What a `let` made up has no name of its own: it is told by its fields. */
function describeRecord(shape: BoundShape, ctx: Pick<Context, "names">): string {
  const name = nameHere(shape, ctx)
  if (name !== thisRecord) return `a record ${name}`
  const fields = shape.fields.map(field => field.name)
  const shown = fields.slice(0, shownFields).join(", ")
  return `a record of ${shown}${fields.length > shownFields ? " …" : ""}`
}

function describeNumber(type: Type & { kind: "number" }): string {
  if (type.literal !== null) return `the number ${type.literal}`
  switch (type.role) {
    case "int":
      return "a whole number"
    case "decimal":
      return "a decimal number"
    case "percent":
      return "a percentage"
    case "money":
      return `${type.per === undefined ? "an amount" : "a price"} in ${describeUnit(type.unit)}${type.per === undefined ? "" : ` per ${describeUnit(type.per)}`}${type.measure === undefined ? "" : ` of ${type.measure.name}`}`
    case "quantity":
      return `a quantity in ${describeUnit(type.unit)}`
    case "rate":
      return describePair(type.rate)
  }
}

/** `a rate of USD per 100 JPY`. */
export function describePair(pair: RatePair | undefined): string {
  if (pair === undefined) return "a rate"
  const amount = pair.amount === 1 ? "" : `${pair.amount} `
  return `a rate of ${describeUnit(pair.of)} per ${amount}${describeUnit(pair.per)}`
}

export function describeUnit(unit: Unit | null): string {
  if (unit === null) return "no unit"
  switch (unit.kind) {
    case "constant":
      return unit.code
    case "field":
      return unit.path.join(".")
    case "parameter":
      return unit.name
    case "path":
      return [unit.rootName, ...unit.path].join(".")
    case "opaque":
      return unit.why
  }
}

function members(list: readonly { readonly value: string }[]): string {
  const shown = list.slice(0, 4).map(m => `"${m.value}"`)
  return list.length > 4 ? `${shown.join(", ")} …` : shown.join(", ")
}

function shorten(text: string): string {
  return text.length > 30 ? `${text.slice(0, 29)}…` : text
}
