// A type as an author would write it, for messages. Flows in: a Type. Flows out: one line.
import type { NumberType, TextType, Type, Unit } from "./type.ts"

export function describeType(type: Type): string {
  switch (type.kind) {
    case "error":
    case "never":
      return "nothing"
    case "text":
      return describeText(type)
    case "number":
      return describeNumber(type)
    case "enum":
      return type.name ?? `${type.open ? "open " : ""}enum`
    case "record":
      return type.shape.name
    case "list":
      return `list of ${describeType(type.of)}`
    case "period":
      return `period in ${type.calendar.name}`
    case "dictionary":
      return `dictionary of ${describeType(type.of)}`
    default:
      return type.kind
  }
}

/** With its article, to begin or join a sentence: "an int", "a text(5)". */
export function aType(type: Type): string {
  return withArticle(describeType(type))
}

export function withArticle(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`
}

export function describeUnit(unit: Unit): string {
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
      return `a currency that ${unit.why}`
  }
}

function describeText(type: TextType): string {
  if (type.padded !== undefined) return `alpha(${type.padded})`
  if (type.max === null) return type.min === 0 ? "text" : `text(${type.min}..)`
  const measure = type.measure === "points" ? "" : ` ${type.measure}`
  return `text(${type.min === 0 ? "" : `${type.min}..`}${type.max}${measure})`
}

function describeNumber(type: NumberType): string {
  if (type.role === "int") {
    return type.low === null && type.high === null
      ? "int"
      : `int(${type.low?.value ?? ""}..${type.high?.value ?? ""})`
  }
  const figureScale = type.role === "percent" ? type.scale - 2 : type.scale
  const sizes = type.digits === null ? "" : `(${type.digits + type.scale},${figureScale})`
  if (type.rate !== undefined) {
    const { of, per, amount } = type.rate
    return `rate${sizes} of ${describeUnit(of)} per ${describeUnit(per)}${amount === 1 ? "" : ` for ${amount}`}`
  }
  const measure = `${type.measure === undefined ? "" : ` of ${type.measure.name}`}${type.per === undefined ? "" : ` per ${describeUnit(type.per)}`}`
  return `${type.role}${sizes}${type.unit === null ? "" : ` in ${describeUnit(type.unit)}`}${measure}`
}
