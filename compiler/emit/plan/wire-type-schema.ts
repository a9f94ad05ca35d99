// The types of the Plan as zod schemas: what `readPlan` lets in and what the published JSON Schema says. A type-level test keeps
// them equal to compiler/plan/value-type.ts.
import * as z from "zod"
import type { ValueType, WireType } from "../../plan/index.ts"

export const unitSource = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("constant"), code: z.string() }),
  z.strictObject({ kind: z.literal("field"), path: z.array(z.string()) }),
  z.strictObject({ kind: z.literal("parameter"), name: z.string() }),
])

const timeWire = z.union([
  z.literal("iso"),
  z.strictObject({ epoch: z.enum(["ms", "s"]) }),
  z.literal("odata2"),
  z.strictObject({ pattern: z.string() }),
])
const bound = z.strictObject({ value: z.string(), inclusive: z.boolean() })
const count = z.int().nonnegative()

const decimal = z.strictObject({
  kind: z.enum(["decimal", "money", "quantity", "percent"]),
  precision: count.nullable(),
  scale: count,
  low: bound.nullable(),
  high: bound.nullable(),
  unit: unitSource.nullable(),
  fitsMinor: z.boolean(),
  wire: z.union([z.enum(["number", "text", "minor"]), z.strictObject({ scaled: count })]),
  fraction: z.boolean(),
  measure: z.string().exactOptional(),
  per: z.string().exactOptional(),
  rate: z.string().exactOptional(),
})

const nested: z.ZodType<WireType> = z.lazy(() => wireType)

export const wireTypes = [
  z.strictObject({
    kind: z.literal("text"),
    min: count,
    max: count.nullable(),
    measure: z.enum(["points", "utf16", "bytes"]),
    pattern: z.string().nullable(),
    wire: z.union([z.enum(["plain", "lower"]), z.strictObject({ padded: z.int().positive() })]),
  }),
  z.strictObject({
    kind: z.literal("bool"),
    wire: z.union([z.literal("json"), z.strictObject({ true: z.string(), false: z.string() })]),
  }),
  z.strictObject({
    kind: z.literal("int"),
    min: z.string().nullable(),
    max: z.string().nullable(),
    wire: z.enum(["number", "text"]),
  }),
  decimal,
  z.strictObject({ kind: z.enum(["currency", "country", "language"]), wire: z.enum(["plain", "lower"]) }),
  z.strictObject({ kind: z.literal("date"), wire: timeWire }),
  z.strictObject({ kind: z.literal("datetime"), wire: timeWire }),
  z.strictObject({ kind: z.literal("instant"), wire: timeWire }),
  z.strictObject({
    kind: z.literal("enum"),
    name: z.string().nullable(),
    open: z.boolean(),
    members: z.array(z.strictObject({ value: z.string(), docs: z.string() })),
  }),
  z.strictObject({ kind: z.literal("record"), shape: z.string(), arguments: z.array(unitSource) }),
  z.strictObject({
    kind: z.literal("list"),
    of: nested,
    min: count,
    max: count.nullable(),
    wire: z.union([
      z.literal("array"),
      z.strictObject({ joined: z.string() }),
      z.strictObject({ under: z.string() }),
      z.strictObject({
        bitmap: z.array(z.strictObject({ name: z.string(), parts: z.array(z.string()) })),
      }),
    ]),
  }),
  z.strictObject({ kind: z.literal("dictionary"), of: nested }),
  z.strictObject({ kind: z.literal("json") }),
  z.strictObject({
    kind: z.literal("period"),
    calendar: z.string(),
    wire: z.union([z.enum(["plain", "id"]), z.strictObject({ pattern: z.string() })]),
  }),
] as const

export const wireType: z.ZodType<WireType> = z.discriminatedUnion("kind", wireTypes).meta({ id: "WireType" })

const nestedValue: z.ZodType<ValueType> = z.lazy(() => valueType)

export const valueTypes = [
  z.strictObject({
    kind: z.enum(["text", "bool", "date", "datetime", "instant", "duration", "json", "never"]),
  }),
  z.strictObject({
    kind: z.literal("number"),
    digits: count.nullable(),
    scale: z.int(),
    rational: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("record"), shape: z.string() }),
  z.strictObject({ kind: z.literal("list"), of: nestedValue }),
  z.strictObject({ kind: z.literal("dictionary"), of: nestedValue }),
  z.strictObject({ kind: z.literal("period"), calendar: z.string() }),
] as const

export const valueType: z.ZodType<ValueType> = z
  .discriminatedUnion("kind", valueTypes)
  .meta({ id: "ValueType" })
