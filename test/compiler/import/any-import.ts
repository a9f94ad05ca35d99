// Imports of any shape for property tests: names nobody would choose, types that fit nowhere, units that do not exist, circles.
import type {
  Imported,
  ImportedDeclaration,
  ImportedField,
  ImportedType,
  ImportedUnit,
} from "@fmap/compiler/import"
import fc from "fast-check"

const oddNames = [
  "__proto__",
  "constructor",
  "toString",
  "type",
  "check",
  "derive",
  "on",
  "require",
  "key",
  "as",
  "in",
  "USD",
  "EUR",
  "sap:label",
  "a b",
  "a`b",
  "a\nb",
  "",
  " ",
  "_",
  "é",
  "e\u0301",
  "Ünïcode",
  "数量",
  "1st",
  "x{y}",
  '"q"',
  "a\u200db",
  "\ud800",
  "\u202e",
  "System",
  "Contract",
  "value",
  "missing",
  "true",
  "default",
  "from",
  "picks",
  "a.b",
  "\\",
]
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("Id", "Amount", "Currency", "Unit", "Line", "Kind", "A", "B") },
  { weight: 3, arbitrary: fc.constantFrom(...oddNames) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
)
const docs = fc.array(
  fc.oneof(fc.string({ unit: "binary", maxLength: 150 }), fc.constant("a\nb\r\n\n| t |")),
  {
    maxLength: 2,
  },
)
const number = fc.option(
  fc.oneof(
    fc.constantFrom("0", "-1", "1e3", "0.5", "-1.25E-2", "9".repeat(50), "x", "", "+7"),
    fc.integer().map(String),
  ),
)
const size = fc.option(
  fc.oneof(fc.integer({ min: -2, max: 300 }), fc.constantFrom(2147483647, 0.5, Number.NaN)),
)
const members = fc.array(fc.record({ value: name, docs }), { maxLength: 15 })
const digits = fc.record({
  precision: fc.integer({ min: -1, max: 60 }),
  scale: fc.integer({ min: -1, max: 60 }),
})

const unit: fc.Arbitrary<ImportedUnit> = fc.oneof(
  fc.record({ kind: fc.constant("field" as const), wireName: name }),
  fc.record({ kind: fc.constant("parameter" as const), name: fc.constantFrom("ccy", "Amount", "u") }),
  fc.record({ kind: fc.constant("constant" as const), code: fc.constantFrom("EUR", "KG", "nope", "XXQ") }),
)

const { type } = fc.letrec<{ type: ImportedType }>(tie => ({
  type: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<ImportedType>(
      { kind: "bool" },
      { kind: "currency" },
      { kind: "country" },
      { kind: "date" },
      { kind: "instant" },
      { kind: "json" },
      { kind: "text", min: null, max: null, measure: null, pattern: null },
    ),
    fc.record({
      kind: fc.constant("text" as const),
      min: size,
      max: size,
      measure: fc.constantFrom(null, "utf16" as const, "bytes" as const),
      pattern: fc.option(
        fc.oneof(
          fc.constantFrom("[A-Z]{3}", "(?=x)", "^a|b$", 'a"b', "\\", "(a+)+", '\\\\"', "["),
          fc.string({ maxLength: 8 }),
        ),
      ),
    }),
    fc.record({ kind: fc.constant("alpha" as const), length: fc.integer({ min: -1, max: 2000 }) }),
    fc.record({ kind: fc.constant("int" as const), min: number, max: number }),
    fc
      .tuple(
        fc.constantFrom("decimal" as const, "percent" as const),
        digits,
        number,
        number,
        fc.constantFrom(undefined, "min" as const, "both" as const),
      )
      .map(([kind, sizes, min, max, exclusive]) => ({
        kind,
        ...sizes,
        min,
        max,
        ...(exclusive === undefined ? {} : { exclusive }),
      })),
    fc
      .tuple(fc.constantFrom("money" as const, "quantity" as const), digits, unit)
      .map(([kind, sizes, unit]) => ({ kind, ...sizes, unit })),
    fc.record({ kind: fc.constant("enum" as const), open: fc.boolean(), members }),
    fc.record({ kind: fc.constant("named" as const), name, units: fc.array(unit, { maxLength: 2 }) }),
    fc.record({ kind: fc.constant("list" as const), element: tie("type"), min: size, max: size }),
    fc.record({ kind: fc.constant("dictionary" as const), value: tie("type") }),
    fc.record({
      kind: fc.constant("union" as const),
      members: fc.array(name, { maxLength: 3 }),
      by: fc.oneof(
        fc.record({ kind: fc.constant("shape" as const) }),
        fc.record({
          kind: fc.constant("presence" as const),
          arms: fc.array(fc.record({ field: name, member: name }), { maxLength: 3 }),
        }),
        fc.record({
          kind: fc.constant("value" as const),
          field: name,
          arms: fc.array(fc.record({ value: name, member: name }), { maxLength: 3 }),
        }),
      ),
    }),
  ),
}))

const field: fc.Arbitrary<ImportedField> = fc.record({
  wireName: name,
  docs,
  type,
  optional: fc.boolean(),
  key: fc.boolean(),
  marks: fc.array(
    fc.constantFrom(
      "pii",
      "confidential",
      "clearable",
      "computed",
      "create only",
      "write only",
      "deprecated",
    ),
    { maxLength: 3 },
  ),
  wire: fc.constant(null),
})
const fields = fc.array(field, { maxLength: 8 })

const declaration: fc.Arbitrary<ImportedDeclaration> = fc.oneof(
  fc.record({ kind: fc.constant("enum" as const), name, docs, open: fc.boolean(), members }),
  fc.record({
    kind: fc.constant("record" as const),
    name,
    docs,
    parameters: fc.constantFrom(
      [],
      [{ name: "ccy", type: "currency" as const }],
      [{ name: "Amount", type: "text" as const }],
    ),
    fields,
  }),
  fc.record({
    kind: fc.constant("contract" as const),
    name,
    docs,
    version: fc.constantFrom("1.0.0", "v1", "61.0", "01.2.3"),
    direction: fc.constantFrom("reads", "writes", "both"),
    fields,
    requiredOnCreate: fc.array(name, { maxLength: 3 }),
    requiredOnUpdate: fc.array(name, { maxLength: 3 }),
  }),
)

export const anyImport: fc.Arbitrary<Imported> = fc.record({
  system: fc.option(
    fc.record({
      name,
      docs,
      kind: fc.constantFrom(null, "crm"),
      wire: fc.constantFrom<NonNullable<Imported["system"]>["wire"]>(
        new Map(),
        new Map([
          ["decimal", "number"],
          ["bool", '"T|F"'],
        ] as const),
      ),
    }),
  ),
  declarations: fc.array(declaration, { maxLength: 6 }),
  notes: fc.constant([]),
})
