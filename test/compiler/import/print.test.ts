// Whatever an importer gives, what is printed compiles, is formatted, and says the names of the wire.
import { type Imported, type ImportedField, printImported } from "@fmap/compiler/import"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { settle } from "../../../compiler/import/settle/settle.ts"
import { anyImport } from "./any-import.ts"
import { compiled } from "./compiled.ts"

test("any import is printed as text that compiles, formatted", () => {
  fc.assert(
    fc.property(anyImport, imported => {
      compiled(printImported(settle(imported)))
    }),
    { numRuns: 150 },
  )
})

const field = (wireName: string, more: Partial<ImportedField> = {}): ImportedField => ({
  wireName,
  docs: [],
  type: { kind: "text", min: null, max: null, measure: null, pattern: null },
  optional: false,
  key: false,
  marks: [],
  wire: null,
  ...more,
})
const contract = (name: string, fields: readonly ImportedField[]): Imported => ({
  system: null,
  declarations: [
    {
      kind: "contract",
      name,
      docs: [],
      version: "1.0.0",
      direction: "both",
      fields,
      requiredOnCreate: [],
      requiredOnUpdate: [],
    },
  ],
  notes: [],
})

describe("names", () => {
  test.each([
    ["A_SalesOrder", 'contract ASalesOrder as "A_SalesOrder" '],
    ["invoice line", 'contract InvoiceLine as "invoice line" '],
    ["3ds", 'contract X3ds as "3ds" '],
    ["Opportunity", "contract Opportunity version"],
    ["__proto__", 'contract Proto as "__proto__" '],
    ["", 'contract X as "" '],
    ["\u3164", 'contract X as "\\u{3164}" '],
  ])("a declaration: %j", (name, wanted) => {
    expect(printImported(contract(name, [field("a")]))).toContain(wanted)
  })
  test.each([
    ["sap:label", "`sap:label` : text\n"],
    ["type", "type : text\n"],
    ["__proto__", "__proto__ : text\n"],
    ["a`b", 'a_b : text  as "a`b"\n'],
    ["e\u0301", '\u00e9 : text  as "e\u0301"\n'],
    ["a\u200db", 'ab : text  as "a\\u{200d}b"\n'],
    ["x{y}", "`x{y}` : text\n"],
  ])("a field: %j", (wire, wanted) => {
    const text = printImported(contract("C", [field(wire)]))
    expect(text).toContain(wanted)
    const [shape] = compiled(text).shapes
    expect(shape?.fields.map(one => one.wireName)).toEqual([wire])
  })
  test("fields keep their spelling before others get made-up ones", () => {
    const text = printImported(contract("C", [field("a`b"), field("a_b")]))
    expect(text).toContain('a_b2 : text  as "a`b"')
    expect(text).toMatch(/ {2}a_b {2}: text\n/)
  })
})

test.each([
  ["netsuite", [], "wire netsuite\n"],
  ["odata4", [["decimal", "text"]], "wire odata4(decimal: text)\n"],
  [undefined, [["decimal", "number"]], "wire json(decimal: number)\n"],
  [undefined, [], "system Erp {\n}"],
] as const)("a system of the profile %s that says %j", (profile, wire, wanted) => {
  const system = {
    name: "Erp",
    docs: [],
    kind: null,
    ...(profile === undefined ? {} : { profile }),
    wire: new Map(wire),
  }
  expect(printImported({ ...contract("C", [field("id")]), system })).toContain(wanted)
})

test("a record that holds itself is json where the circle closes, and a note says so", () => {
  const node: Imported = {
    ...contract("Order", [field("top", { type: { kind: "named", name: "Node", units: [] } })]),
  }
  const settled = settle({
    ...node,
    declarations: [
      ...node.declarations,
      {
        kind: "record",
        name: "Node",
        docs: [],
        parameters: [],
        fields: [
          field("children", {
            type: { kind: "list", element: { kind: "named", name: "Node", units: [] }, min: null, max: null },
          }),
        ],
      },
    ],
  })
  expect(printImported(settled)).toContain("children : json[]")
  expect(settled.notes).toMatchObject([{ kind: "widened", at: "Node.children" }])
})

test("an amount whose currency may be missing is a decimal, and a note says so", () => {
  const settled = settle(
    contract("C", [
      field("amount", {
        type: { kind: "money", precision: 18, scale: 2, unit: { kind: "field", wireName: "ccy" } },
      }),
      field("ccy", { type: { kind: "currency" }, optional: true }),
    ]),
  )
  expect(printImported(settled)).toContain("amount : decimal(18,2)")
  expect(settled.notes).toMatchObject([{ kind: "widened", at: "C.amount" }])
})
