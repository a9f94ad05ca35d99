// A type of the wire in words. Flows in: a WireType. Flows out: the type as it is written, and how the value stands in a payload.
import type { WireType } from "../../plan/index.ts"
import { unitText } from "../../plan/unit-text.ts"
import type { DecimalWireType } from "../../plan/value-type.ts"

export function typeText(type: WireType): string {
  switch (type.kind) {
    case "text": {
      if (typeof type.wire === "object") return `alpha(${type.wire.padded})`
      const measure = type.measure === "points" ? "" : ` ${type.measure}`
      const pattern = type.pattern === null ? "" : ` matching ${type.pattern}`
      if (type.max === null) return `${type.min === 0 ? "text" : `text(${type.min}..)`}${pattern}`
      return `text(${type.min === 0 ? "" : `${type.min}..`}${type.max}${measure})${pattern}`
    }
    case "int":
      return type.min === null && type.max === null ? "int" : `int(${type.min ?? ""}..${type.max ?? ""})`
    case "decimal":
    case "money":
    case "quantity":
    case "percent": {
      const sizes = type.precision === null ? "" : `(${type.precision},${type.scale})`
      const unit = type.unit === null ? "" : ` in ${unitText(type.unit)}`
      const measure = `${type.measure === undefined ? "" : ` of ${type.measure}`}${type.per === undefined ? "" : ` per ${type.per}`}`
      return `${type.kind}${sizes}${unit}${measure}${boundsText(type)}`
    }
    case "enum": {
      const open = type.open ? "open " : ""
      return type.name === null
        ? `${open}enum { ${type.members.map(({ value }) => JSON.stringify(value)).join(", ")} }`
        : `${open}${type.name}`
    }
    case "record": {
      const units = type.arguments.map(unitText).join(", ")
      return `${recordName(type.shape)}${units === "" ? "" : `(${units})`}`
    }
    case "list": {
      const many = type.min === 0 && type.max === null ? "" : `${type.min}..${type.max ?? ""}`
      return `${typeText(type.of)}[${many}]`
    }
    case "dictionary":
      return `{[text]: ${typeText(type.of)}}`
    case "period":
      return `period in ${recordName(type.calendar)}`
    default:
      return type.kind
  }
}

/** Empty where the type alone says it. */
export function wireText(type: WireType): string {
  switch (type.kind) {
    case "text":
      if (typeof type.wire === "object") return `padded with zeros to ${type.wire.padded} characters`
      return type.wire === "lower" ? "in lower case" : ""
    case "bool":
      return type.wire === "json"
        ? ""
        : `${JSON.stringify(type.wire.true)} or ${JSON.stringify(type.wire.false)}`
    case "int":
      return type.wire === "number" ? "number" : "digits as text"
    case "decimal":
    case "money":
    case "quantity":
    case "percent": {
      const fraction =
        type.kind === "percent" ? (type.fraction ? "; 0.125 is 12.5 %" : "; 12.5 is 12.5 %") : ""
      return `${decimalWire(type.wire)}${fraction}`
    }
    case "currency":
    case "country":
    case "language":
      return type.wire === "lower" ? "code in lower case" : "code"
    case "date":
    case "datetime":
    case "instant":
      if (typeof type.wire === "string") return type.wire === "odata2" ? "/Date(…)/" : "ISO 8601"
      return "epoch" in type.wire
        ? type.wire.epoch === "ms"
          ? "milliseconds since 1970"
          : "seconds since 1970"
        : type.wire.pattern
    case "list":
      if (type.wire === "array") return ""
      if ("bitmap" in type.wire) return "names, or bitmaps over the event's fields"
      return "joined" in type.wire
        ? `one text, joined by ${JSON.stringify(type.wire.joined)}`
        : `under ${type.wire.under}`
    case "period":
      if (type.wire === "plain") return "year and number"
      return type.wire === "id" ? "id of the calendar's file" : type.wire.pattern
    default:
      return ""
  }
}

/** A record is shown by its name, whatever the wire forms of its system made of its id. */
export function recordName(id: string): string {
  return (id.split("#").at(-1) ?? id).split("@")[0] ?? id
}

function decimalWire(wire: "number" | "text" | "minor" | { readonly scaled: number }): string {
  if (typeof wire === "object") return `whole number, × 10^${wire.scaled}`
  return wire === "number" ? "number" : wire === "text" ? "text" : "whole minor units"
}

function boundsText({ low, high }: DecimalWireType): string {
  const parts = [
    low === null ? "" : `${low.inclusive ? "≥" : ">"} ${low.value}`,
    high === null ? "" : `${high.inclusive ? "≤" : "<"} ${high.value}`,
  ].filter(part => part !== "")
  return parts.length === 0 ? "" : `, ${parts.join(", ")}`
}
