// How each type and wire form stands in the Plan.
import { describe, expect, it } from "vitest"
import type { DecimalWireType, WireType } from "../../../compiler/plan/index.ts"
import { lowered } from "./lowered.ts"

const decimal = (
  kind: DecimalWireType["kind"],
  precision: number | null,
  scale: number,
  more: Partial<DecimalWireType> = {},
): WireType => ({
  kind,
  precision,
  scale,
  low: null,
  high: null,
  unit: null,
  fitsMinor: false,
  wire: "text",
  fraction: false,
  ...more,
})
const text = (more: Partial<WireType & { kind: "text" }> = {}): WireType => ({
  kind: "text",
  min: 0,
  max: null,
  measure: "points",
  pattern: null,
  wire: "plain",
  ...more,
})
const eur = { kind: "constant", code: "EUR" } as const
const open = { value: "0", inclusive: false } as const

describe("types of fields", () => {
  const types: readonly (readonly [string, WireType])[] = [
    ["text", text()],
    ["text(80)", text({ max: 80 })],
    ["text(1..)", text({ min: 1 })],
    ["text(18..18)", text({ min: 18, max: 18 })],
    ["text(40 utf16)", text({ max: 40, measure: "utf16" })],
    ['text matching re"[A-Z]|x"', text({ pattern: "^(?:[A-Z]|x)$" })],
    ["text wire lower", text({ wire: "lower" })],
    ["bool", { kind: "bool", wire: "json" }],
    ['bool wire "T"|"F"', { kind: "bool", wire: { true: "T", false: "F" } }],
    ["int", { kind: "int", min: null, max: null, wire: "number" }],
    ["int(-5..99)", { kind: "int", min: "-5", max: "99", wire: "number" }],
    ["int where value > 0 and value < 9.5", { kind: "int", min: "1", max: "9", wire: "number" }],
    ["int where value > -0.5 and value >= -1.5", { kind: "int", min: "0", max: null, wire: "number" }],
    ["int where value < -0.5", { kind: "int", min: null, max: "-1", wire: "number" }],
    ["int wire text", { kind: "int", min: null, max: null, wire: "text" }],
    ["decimal(18,4)", decimal("decimal", 18, 4)],
    ["decimal(9,2) where value > 0", decimal("decimal", 9, 2, { low: open })],
    ["decimal(9,2) wire number", decimal("decimal", 9, 2, { wire: "number" })],
    ["decimal(9,2) wire scaled 1000", decimal("decimal", 9, 2, { wire: { scaled: 3 } })],
    ["percent(5,2)", decimal("percent", 5, 2)],
    ["percent(2,2) wire fraction", decimal("percent", 2, 2, { fraction: true })],
    ["money in EUR", decimal("money", null, 4, { unit: eur, fitsMinor: true })],
    ["money(18,2) in EUR wire minor", decimal("money", 18, 2, { unit: eur, wire: "minor" })],
    ["quantity(12,3) in KG", decimal("quantity", 12, 3, { unit: { kind: "constant", code: "KG" } })],
    ["currency wire lower", { kind: "currency", wire: "lower" }],
    ["date", { kind: "date", wire: "iso" }],
    ['date wire pattern "MM/dd/yyyy"', { kind: "date", wire: { pattern: "MM/dd/yyyy" } }],
    ["instant wire epoch ms", { kind: "instant", wire: { epoch: "ms" } }],
    ["datetime wire odata2", { kind: "datetime", wire: "odata2" }],
    [
      'enum { A, "B C" }',
      {
        kind: "enum",
        name: null,
        open: false,
        members: [
          { value: "A", docs: "" },
          { value: "B C", docs: "" },
        ],
      },
    ],
    ["text[1..5]", { kind: "list", of: text(), min: 1, max: 5, wire: "array" }],
    ['text[] wire joined ", "', { kind: "list", of: text(), min: 0, max: null, wire: { joined: ", " } }],
    [
      "date[] wire under results wire epoch s",
      {
        kind: "list",
        of: { kind: "date", wire: { epoch: "s" } },
        min: 0,
        max: null,
        wire: { under: "results" },
      },
    ],
    ["{[text]: int}", { kind: "dictionary", of: { kind: "int", min: null, max: null, wire: "number" } }],
    ["json", { kind: "json" }],
  ]
  it.each(types)("%s", (written, type) => {
    expect(lowered(`record R { f: ${written} }`).shapes[0]?.fields[0]?.type).toEqual(type)
  })
})

describe("defaults of fields", () => {
  it.each([
    ['text default "x"', "x"],
    ["int default 5", "5"],
    ["decimal(9,2) default -1.5", "-1.50"],
    ["percent(5,2) default 12.5%", "0.1250"],
    ["money in EUR default 0", "0.0000"],
    ["bool default false", false],
    ["enum { A, B } default .B", "B"],
    ["currency default EUR", "EUR"],
    ["date default 2026-03-31", "2026-03-31"],
  ])("%s", (written, value) => {
    expect(lowered(`record R { f?: ${written} }`).shapes[0]?.fields[0]?.default).toBe(value)
  })
})

describe("records in the wire form of their system", () => {
  const plan = lowered(`
    system Plain { wire json(decimal: text) }
    system Numbers { wire json(decimal: number, int: text, date: odata2) }
    record Line(ccy: currency) { amount: money(9,2) in ccy, count: int, wired: decimal(9,2) wire text }
    record Page { lines: Line(EUR)[], on: date }
    record Unused { a: text }
    contract A of Plain version 1.0.0 { page: Page }
    contract B of Numbers version 1.0.0 { page: Page, ccy: currency, own: Line(ccy), other: A }
    map M version 1.0.0 from a: A given extra: Page to b: B { }
  `)
  const shape = (id: string) => plan.shapes.find(s => s.id === id)
  const types = (id: string) => shape(id)?.fields.map(f => f.type)

  it("has one shape for each form, after those it holds", () => {
    expect(plan.shapes.map(s => s.id)).toEqual([
      "Line",
      "Page",
      "A",
      "Line@Numbers",
      "Page@Numbers",
      "B",
      "Unused",
    ])
    expect(shape("Line@Numbers")?.name).toBe("Line")
  })
  it("follows the system, and the field's own form over it", () => {
    expect(types("Line")).toMatchObject([{ wire: "text" }, { wire: "number" }, { wire: "text" }])
    expect(types("Line@Numbers")).toMatchObject([
      { wire: "number", unit: { kind: "parameter", name: "ccy" } },
      { wire: "text" },
      { wire: "text" },
    ])
    expect(types("Page@Numbers")).toMatchObject([
      { of: { shape: "Line@Numbers", arguments: [eur] } },
      { wire: "odata2" },
    ])
  })
  it("leaves a contract its own system inside another", () => {
    expect(types("B")?.[2]).toEqual({
      kind: "record",
      shape: "Line@Numbers",
      arguments: [{ kind: "field", path: ["ccy"] }],
    })
    expect(types("B")?.[3]).toEqual({ kind: "record", shape: "A", arguments: [] })
  })
})

describe("long chains", () => {
  it("of 100 levels, as many as there may be, fifty times", () => {
    const records = Array.from(
      { length: 5000 },
      (_, i) => `record R${i} { next: ${i % 100 === 99 ? "text" : `R${i + 1}`} }`,
    )
    expect(lowered(records.join("\n")).shapes.length).toBe(5000)
  })
})
