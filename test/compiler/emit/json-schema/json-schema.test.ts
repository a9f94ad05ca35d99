import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, test } from "vitest"
import {
  jsonSchemaEmitter,
  jsonSchemaOptions,
  schemaOf,
} from "../../../../compiler/emit/json-schema/index.ts"
import type { PlanField, PlanShape, WireType } from "../../../../compiler/plan/index.ts"
import {
  contract,
  field,
  plan,
  shape,
  wireBool,
  wireCurrency,
  wireDate,
  wireDecimal,
  wireEnum,
  wireInstant,
  wireInt,
  wireList,
  wireMoney,
  wireRecord,
  wireText,
} from "../../interpret/plan-builders.ts"

function propertyOf(
  type: WireType,
  more: Partial<PlanField> = {},
  clauses: Partial<NonNullable<PlanShape["contract"]>> = {},
): unknown {
  const holder = contract(
    "C",
    [field("ccy", wireCurrency, { wireName: "CurrencyIsoCode" }), field("f", type, more)],
    clauses,
  )
  const schema = schemaOf(
    holder,
    plan({ shapes: [holder, shape("Row", [field("a", wireInt())], { parameters: ["ccy"] })] }),
  )
  return (schema.properties as { readonly f: unknown }).f
}

describe("one wire type, one schema", () => {
  const decimalMarks = { "x-fmap-type": "decimal", "x-fmap-precision": 9, "x-fmap-scale": 2 }
  const cases: readonly (readonly [string, WireType, unknown])[] = [
    ["text", wireText(80, { min: 1 }), { type: "string", minLength: 1, maxLength: 80 }],
    ["pattern, anchored", wireText(null, { pattern: "A|B" }), { type: "string", pattern: "^(?:A|B)$" }],
    [
      "bytes",
      wireText(40, { min: 5, measure: "bytes" }),
      { type: "string", minLength: 2, maxLength: 40, "x-fmap-measure": "bytes", "x-fmap-minLength": 5 },
    ],
    ["bool", wireBool, { type: "boolean" }],
    ['bool "T"|"F"', { kind: "bool", wire: { true: "T", false: "F" } }, { type: "string", enum: ["T", "F"] }],
    ["int", wireInt("0", "999"), { type: "integer", minimum: 0, maximum: 999 }],
    [
      "int beyond doubles",
      wireInt("-99999999999999999999"),
      { type: "integer", "x-fmap-minimum": "-99999999999999999999" },
    ],
    [
      "int as text",
      wireInt("1", null, "text"),
      { type: "string", pattern: "^-?(?:0|[1-9][0-9]*)$", maxLength: 1000, "x-fmap-minimum": "1" },
    ],
    [
      "decimal as text",
      wireDecimal(9, 2),
      {
        type: "string",
        format: "decimal",
        pattern: "^-?(?:0|[1-9][0-9]{0,6})(?:\\.[0-9]{1,2})?$",
        ...decimalMarks,
      },
    ],
    [
      "decimal as number",
      wireDecimal(9, 2, { wire: "number" }),
      { type: "number", exclusiveMinimum: -1e7, exclusiveMaximum: 1e7, ...decimalMarks },
    ],
    [
      "a refinement is the bound",
      wireDecimal(9, 2, { wire: "number", low: { value: "0", inclusive: false } }),
      { type: "number", exclusiveMaximum: 1e7, exclusiveMinimum: 0, ...decimalMarks },
    ],
    [
      "scaled",
      wireDecimal(9, 2, { wire: { scaled: 4 } }),
      {
        type: "integer",
        exclusiveMinimum: -1e11,
        exclusiveMaximum: 1e11,
        "x-fmap-wire": { scaled: 4 },
        ...decimalMarks,
      },
    ],
    [
      "percent of a figure",
      wireDecimal(5, 2, { kind: "percent", wire: "number", high: { value: "1", inclusive: true } }),
      {
        type: "number",
        exclusiveMinimum: -1000,
        maximum: 100,
        "x-fmap-type": "percent",
        "x-fmap-precision": 5,
        "x-fmap-scale": 2,
      },
    ],
    [
      "money beside its currency",
      wireMoney(["ccy"], { precision: null, scale: 4, fitsMinor: true }),
      {
        type: "string",
        format: "decimal",
        pattern: "^-?(?:0|[1-9][0-9]*)(?:\\.[0-9]{1,4})?$",
        maxLength: 1000,
        "x-fmap-type": "money",
        "x-fmap-scale": 4,
        "x-fmap-fits-minor": true,
        "x-fmap-currency": "1/CurrencyIsoCode",
      },
    ],
    [
      "money in minor units",
      wireMoney("USD", { wire: "minor" }),
      {
        type: "integer",
        "x-fmap-wire": "minor",
        "x-fmap-type": "money",
        "x-fmap-precision": 18,
        "x-fmap-scale": 2,
        "x-fmap-currency": "USD",
      },
    ],
    ["currency", wireCurrency, { type: "string", pattern: "^[A-Z]{3}$", "x-fmap-type": "currency" }],
    [
      "currency, lower",
      { kind: "currency", wire: "lower" },
      { type: "string", pattern: "^[a-z]{3}$", "x-fmap-type": "currency" },
    ],
    ["date", wireDate, { type: "string", format: "date", "x-fmap-type": "date" }],
    ["instant", wireInstant, { type: "string", format: "date-time", "x-fmap-type": "instant" }],
    [
      "epoch",
      { kind: "instant", wire: { epoch: "s" } },
      { type: "number", "x-fmap-wire": { epoch: "s" }, "x-fmap-type": "instant" },
    ],
    ["closed enum", wireEnum(["A", "B"]), { type: "string", enum: ["A", "B"] }],
    ["open enum", wireEnum(["A", "B"], true), { type: "string", "x-fmap-known": ["A", "B"] }],
    [
      "list",
      wireList(wireInt(), { min: 1, max: 200 }),
      { type: "array", items: { type: "integer" }, minItems: 1, maxItems: 200 },
    ],
    [
      "joined",
      wireList(wireText(), { wire: { joined: ", " } }),
      { type: "string", "x-fmap-wire": { joined: ", " }, "x-fmap-items": { type: "string" } },
    ],
    [
      "dictionary: an entry that is null reads as no entry",
      { kind: "dictionary", of: wireText(3) },
      { type: "object", additionalProperties: { type: ["string", "null"], maxLength: 3 } },
    ],
    ["json", { kind: "json" }, { "x-fmap-type": "json" }],
    [
      "rows under a name, with the currency of the header",
      wireList(
        { kind: "record", shape: "Row", arguments: [{ kind: "field", path: ["ccy"] }] },
        { wire: { under: "items" } },
      ),
      {
        type: "object",
        required: ["items"],
        properties: {
          items: {
            type: "array",
            items: { $ref: "#/$defs/Row", "x-fmap-arguments": { ccy: "3/CurrencyIsoCode" } },
          },
        },
      },
    ],
  ]
  test.each(cases)("%s", (_, type, expected) => {
    expect(propertyOf(type)).toEqual(expected)
  })
})

describe("a field's promises", () => {
  test("optional: null reads as absent", () => {
    expect(propertyOf(wireInt(), { optional: true })).toEqual({ type: ["integer", "null"] })
    expect(propertyOf(wireEnum(["A"]), { optional: true })).toEqual({
      type: ["string", "null"],
      enum: ["A", null],
    })
    expect(propertyOf({ kind: "record", shape: "Row", arguments: [] }, { optional: true })).toEqual({
      anyOf: [{ $ref: "#/$defs/Row" }, { type: "null" }],
    })
  })
  test("what is written gives null only to clear", () => {
    expect(propertyOf(wireInt(), { optional: true }, { direction: "writes" })).toEqual({ type: "integer" })
    expect(propertyOf(wireInt(), { optional: true, clearable: true }, { direction: "writes" })).toEqual({
      type: ["integer", "null"],
      "x-fmap-clearable": true,
    })
  })
  test("annotations", () => {
    expect(
      propertyOf(wireText(), {
        wireName: "f",
        docs: "Who.",
        key: true,
        pii: true,
        confidential: true,
        computed: true,
        writeOnly: true,
        createOnly: true,
        since: "2.0.0",
        default: "x",
        deprecated: { use: "g", sunset: "2027-06-30" },
      }),
    ).toEqual({
      type: ["string", "null"],
      description: "Who.",
      default: "x",
      readOnly: true,
      writeOnly: true,
      deprecated: true,
      "x-fmap-deprecated": { use: "g", sunset: "2027-06-30" },
      "x-fmap-key": true,
      "x-fmap-pii": true,
      "x-fmap-confidential": true,
      "x-fmap-create-only": true,
      "x-fmap-since": "2.0.0",
    })
  })
})

describe("whole schemas", () => {
  const customer = shape("Customer", [field("id", wireText(), { wireName: "customer id" })], {
    docs: "Who buys.",
  })
  const order = contract(
    "Order",
    [
      field("id", wireText(40), { key: true }),
      field("customer", wireRecord("Customer")),
      field("memo", wireText(), { optional: true }),
      field("total", wireInt(), { computed: true }),
    ],
    { direction: "writes", version: "2.1.0", system: "ERP", owner: "Finance" },
    { docs: "What was ordered." },
  )
  const one = plan({ files: [{ path: "contracts/erp.fmap", sha256: "" }], shapes: [order, customer] })

  test("a contract with its records, by a stable name", () => {
    expect(schemaOf(order, one)).toEqual({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "fmap:contracts/erp/Order/2.1.0",
      title: "Order",
      description: "What was ordered.",
      type: "object",
      properties: {
        id: { type: "string", maxLength: 40, "x-fmap-key": true },
        customer: { $ref: "#/$defs/Customer" },
        memo: { type: "string" },
        total: { type: "integer", readOnly: true },
      },
      required: ["id", "customer"],
      additionalProperties: false,
      "x-fmap-system": "ERP",
      "x-fmap-version": "2.1.0",
      "x-fmap-direction": "writes",
      "x-fmap-owner": "Finance",
      $defs: {
        Customer: {
          title: "Customer",
          description: "Who buys.",
          type: "object",
          required: ["customer id"],
          additionalProperties: false,
          properties: { "customer id": { type: "string", "x-fmap-field": "id" } },
        },
      },
    })
  })

  test("files: one a shape, the same bytes every time, ids under the base URL where there is one", () => {
    const files = jsonSchemaEmitter.emit(one, {})
    expect(files.map(file => file.path)).toEqual([
      "contracts/erp/Order.schema.json",
      "contracts/erp/Customer.schema.json",
    ])
    expect(jsonSchemaEmitter.emit(structuredClone(one), {})).toEqual(files)
    const [published] = jsonSchemaEmitter.emit(
      one,
      jsonSchemaOptions.parse({ baseUrl: "https://schemas.example.com/finance/" }),
    )
    expect(JSON.parse(published!.text)).toMatchObject({
      $id: "https://schemas.example.com/finance/contracts/erp/Order/2.1.0",
    })
    expect(jsonSchemaOptions.safeParse({ baseURL: "x" }).success).toBe(false)
  })

  test("names are names", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a name that would be code in a template
    const odd = ["__proto__", "constructor", "toString", "a/b~c", "%41 \u2028 */ `${x}`"]
    const rows = odd.map(name => shape(name, [field(name, wireText(), { optional: name !== "toString" })]))
    const holder = contract(
      "Odd",
      odd.map(name => field(name, wireRecord(name), { optional: true })),
    )
    const text = jsonSchemaEmitter.emit(plan({ shapes: [holder, ...rows] }), {})[0]!.text
    const schema: unknown = JSON.parse(text)
    expect(text).toContain('"__proto__": {\n      "anyOf"')
    const validate = new Ajv2020({ strict: false, ownProperties: true }).compile(schema as object)
    expect(validate({ "a/b~c": { "a/b~c": "x" }, toString: { toString: "y" } })).toBe(true)
    expect(validate({ "a/b~c": { "a/b~c": 1 } })).toBe(false)
    expect(validate({ toString: {} })).toBe(false)
  })
})
