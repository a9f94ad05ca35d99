// One wire type as JSON Schema. Flows in: the type and how its unit is found. Flows out: keywords, nothing about the field
// that holds it. What JSON Schema cannot say stands in `x-fmap-*` beside it; the schema never refuses what fmap accepts.
import type { ShapeId, UnitSource, WireType } from "../../plan/index.ts"
import { decimalSchema, integerSchema } from "./decimal-schema.ts"
import { type Json, type JsonObject, jsonObject, orNull, withKeywords } from "./json-object.ts"

type Of<K extends WireType["kind"]> = Extract<WireType, { kind: K }>
type CodeType = Extract<WireType, { wire: "plain" | "lower"; kind: "currency" | "country" | "language" }>

/** What a type refers to beyond itself. */
export interface Surroundings {
  /** Where an amount's currency is found: a code, or where to look. */
  readonly unit: (source: UnitSource) => Json
  /** An entry of a dictionary without a value reads as no entry; written ones always have one. */
  readonly nullEntries: boolean
  readonly parameters: (shape: ShapeId) => readonly string[]
  /** Where the schema of a record stands; without it, in `$defs` of the same document. */
  readonly reference?: ((shape: ShapeId) => string) | undefined
}

export function typeSchema(type: WireType, around: Surroundings): JsonObject {
  switch (type.kind) {
    case "text":
      return textSchema(type)
    case "bool":
      return type.wire === "json"
        ? { type: "boolean" }
        : { type: "string", enum: [type.wire.true, type.wire.false] }
    case "int":
      return integerSchema(type)
    case "decimal":
    case "percent":
      return decimalSchema(type)
    case "money":
      return withKeywords(decimalSchema(type), [
        ["x-fmap-currency", type.unit === null ? undefined : around.unit(type.unit)],
      ])
    case "quantity":
      return withKeywords(decimalSchema(type), [
        ["x-fmap-unit", type.unit === null ? undefined : around.unit(type.unit)],
      ])
    case "currency":
    case "country":
    case "language":
      return codeSchema(type)
    case "date":
    case "datetime":
    case "instant":
      return timeSchema(type)
    case "enum":
      return enumSchema(type)
    case "record": {
      const names = around.parameters(type.shape)
      const given = type.arguments.map(
        (argument, i) => [names[i] ?? String(i), around.unit(argument)] as const,
      )
      return jsonObject([
        ["$ref", around.reference?.(type.shape) ?? `#/$defs/${pointerToken(type.shape)}`],
        ["x-fmap-arguments", given.length === 0 ? undefined : jsonObject(given)],
      ])
    }
    case "list":
      return listSchema(type, around)
    case "dictionary":
      return { type: "object", additionalProperties: entrySchema(type.of, inside(around)) }
    case "json":
      return { "x-fmap-type": "json" }
    case "period":
      return periodSchema(type)
  }
}

function entrySchema(type: WireType, around: Surroundings): JsonObject {
  const schema = typeSchema(type, around)
  return around.nullEntries ? orNull(schema) : schema
}

/** A JSON pointer in a URI fragment. */
function pointerToken(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))
}

/** JSON Schema counts code points. UTF-16 units and bytes are at least as many, so their maximum is one too; their minimum is not. */
function textSchema(type: Of<"text">): JsonObject {
  const perPoint = { points: 1, utf16: 2, bytes: 4 }[type.measure]
  const minimum = Math.ceil(type.min / perPoint)
  return jsonObject([
    ["type", "string"],
    ["minLength", minimum === 0 ? undefined : minimum],
    ["maxLength", type.max ?? undefined],
    ["pattern", type.pattern === null ? undefined : `^(?:${type.pattern})$`],
    ["x-fmap-measure", type.measure === "points" ? undefined : type.measure],
    ["x-fmap-minLength", minimum === type.min ? undefined : type.min],
    ["x-fmap-wire", type.wire === "plain" ? undefined : type.wire],
  ])
}

/** A pattern, not a list: the lists change with the world, contracts with their versions. */
function codeSchema({ kind, wire }: CodeType): JsonObject {
  const letters = wire === "lower" || kind === "language" ? "[a-z]" : "[A-Z]"
  return { type: "string", pattern: `^${letters}{${kind === "currency" ? 3 : 2}}$`, "x-fmap-type": kind }
}

function timeSchema({ kind, wire }: Of<"date"> | Of<"datetime"> | Of<"instant">): JsonObject {
  const base = (schema: JsonObject): JsonObject => withKeywords(schema, [["x-fmap-type", kind]])
  if (wire === "iso") {
    if (kind === "date") return base({ type: "string", format: "date" })
    if (kind === "instant") return base({ type: "string", format: "date-time" })
    return base({
      type: "string",
      pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?$",
    })
  }
  if (wire === "odata2") {
    return base({ type: "string", pattern: "^/Date\\(-?[0-9]+(?:[+-][0-9]+)?\\)/$", "x-fmap-wire": "odata2" })
  }
  if ("epoch" in wire) return base({ type: "number", "x-fmap-wire": { epoch: wire.epoch } })
  return base({ type: "string", "x-fmap-wire": { pattern: wire.pattern } })
}

/** Which periods there are is the calendar's to say: it goes over the years a contract lives through. */
function periodSchema({ calendar, wire }: Of<"period">): JsonObject {
  return jsonObject([
    ["type", "string"],
    ["pattern", wire === "plain" ? "^[0-9]{4}-[0-9]{2}$" : undefined],
    ["x-fmap-type", "period"],
    ["x-fmap-calendar", calendar],
    ["x-fmap-wire", wire === "plain" ? undefined : wire === "id" ? "id" : { pattern: wire.pattern }],
  ])
}

function enumSchema(type: Of<"enum">): JsonObject {
  const values = type.members.map(member => member.value)
  const docs = type.members
    .filter(member => member.docs !== "")
    .map(member => [member.value, member.docs] as const)
  return jsonObject([
    ["type", "string"],
    type.open ? ["x-fmap-known", values] : ["enum", values],
    ["x-fmap-enum", type.name ?? undefined],
    ["x-fmap-members", docs.length === 0 ? undefined : jsonObject(docs)],
  ])
}

function listSchema(type: Of<"list">, around: Surroundings): JsonObject {
  if (typeof type.wire === "object" && "joined" in type.wire) {
    return {
      type: "string",
      "x-fmap-wire": { joined: type.wire.joined },
      "x-fmap-items": typeSchema(type.of, around),
    }
  }
  const under = typeof type.wire === "object" && "under" in type.wire ? type.wire.under : null
  // A row is one level deeper than its list, and `under` one more: units are looked for from the row.
  const rows = inside(under === null ? around : inside(around))
  const array = jsonObject([
    ["type", "array"],
    ["items", typeSchema(type.of, rows)],
    ["minItems", type.min === 0 ? undefined : type.min],
    ["maxItems", type.max ?? undefined],
  ])
  if (under === null) return array
  return jsonObject([
    ["type", "object"],
    ["properties", jsonObject([[under, array]])],
    ["required", [under]],
  ])
}

/** The same places seen from one level deeper. */
function inside(around: Surroundings): Surroundings {
  return {
    ...around,
    unit: source => {
      const place = around.unit(source)
      return typeof place === "string" ? place.replace(/^[0-9]+(?=\/)/, up => String(Number(up) + 1)) : place
    },
  }
}
