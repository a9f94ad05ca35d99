// A wire type in the words of the standard. Flows in: a type of the Plan. Flows out: logical and physical type, the options the standard
// allows for it, and what it has no word for: exact digits, currency, measure. A figure is never given the format of a binary float.
import { significantDigits } from "@fmap/runtime"
import type { DecimalWireType, TimeWire, WireType } from "../../plan/index.ts"
import { unitText } from "../../plan/unit-text.ts"
import { type Json, type JsonObject, jsonObject } from "../json-schema/json-object.ts"

export interface LogicalType {
  readonly logicalType: string
  readonly options: JsonObject | undefined
  readonly physicalType: string
  readonly quality: readonly JsonObject[]
  readonly marks: readonly (readonly [string, Json | undefined])[]
}

export function logicalOf(type: WireType): LogicalType {
  switch (type.kind) {
    case "text":
      return plain("string", "string", [
        ["minLength", type.min === 0 || type.measure !== "points" ? undefined : type.min],
        ["maxLength", type.measure === "points" ? (type.max ?? undefined) : undefined],
        ["pattern", type.pattern ?? undefined],
      ])
    case "bool":
      return plain("boolean", type.wire === "json" ? "boolean" : "string")
    case "int":
      return plain(
        "integer",
        type.wire === "number" ? "integer" : "string",
        [
          ["minimum", figure(type.min)],
          ["maximum", figure(type.max)],
        ],
        [["wire", type.wire === "number" ? undefined : type.wire]],
      )
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return decimalOf(type)
    case "currency":
    case "country":
    case "language":
      return plain(
        "string",
        "string",
        [["pattern", type.kind === "currency" ? "^[A-Za-z]{3}$" : "^[A-Za-z]{2}$"]],
        [["code", { currency: "ISO 4217", country: "ISO 3166-1", language: "ISO 639" }[type.kind]]],
      )
    case "date":
      return plain("date", onTheWire(type.wire), type.wire === "iso" ? [["format", "yyyy-MM-dd"]] : [])
    case "datetime":
    case "instant":
      return plain("timestamp", onTheWire(type.wire), [["timezone", type.kind === "instant"]])
    case "enum":
      return enumOf(type)
    case "period":
      return plain("string", "string", [], [["calendar", type.calendar]])
    case "list":
      return plain("array", "array", [
        ["minItems", type.min === 0 ? undefined : type.min],
        ["maxItems", type.max ?? undefined],
      ])
    case "record":
    case "dictionary":
    case "json":
      return plain("object", "object")
  }
}

function plain(
  logicalType: string,
  physicalType: string,
  options: readonly (readonly [string, Json | undefined])[] = [],
  marks: LogicalType["marks"] = [],
): LogicalType {
  const said = options.filter(([, value]) => value !== undefined)
  return {
    logicalType,
    physicalType,
    options: said.length === 0 ? undefined : jsonObject(said),
    quality: [],
    marks,
  }
}

function onTheWire(wire: TimeWire): string {
  return typeof wire === "object" && "epoch" in wire ? "number" : "string"
}

function decimalOf(type: DecimalWireType): LogicalType {
  const { precision, scale, low, high } = type
  // A percent's bounds are those of its value, and on the wire stands its figure.
  const isFigure = type.kind === "percent" && !type.fraction
  const end = (bound: DecimalWireType["low"], inclusive: boolean) =>
    bound !== null && bound.inclusive === inclusive && !isFigure ? figure(bound.value) : undefined
  return plain(
    "number",
    precision === null ? "decimal" : `decimal(${precision},${scale})`,
    [
      ["minimum", end(low, true)],
      ["exclusiveMinimum", end(low, false)],
      ["maximum", end(high, true)],
      ["exclusiveMaximum", end(high, false)],
    ],
    [
      ["kind", type.kind === "decimal" ? undefined : type.kind],
      ["precision", precision ?? undefined],
      ["scale", scale],
      ["unit", type.unit === null ? undefined : unitText(type.unit)],
      ["measure", type.measure],
      ["wire", type.wire === "number" ? undefined : typeof type.wire === "string" ? type.wire : "scaled"],
    ],
  )
}

/** Closed values are a metric of the standard: none may be invalid. */
function enumOf(type: Extract<WireType, { kind: "enum" }>): LogicalType {
  const values = type.members.map(member => member.value)
  const base = plain("string", "string", [], [["knownValues", type.open ? values : undefined]])
  if (type.open) return base
  const rule = { type: "library", metric: "invalidValues", arguments: { validValues: values }, mustBe: 0 }
  return { ...base, quality: [rule] }
}

/** Bounds a double cannot hold are left out: the standard wants numbers. */
function figure(text: string | null): number | undefined {
  return text === null || significantDigits(text) > 15 ? undefined : Number(text)
}
