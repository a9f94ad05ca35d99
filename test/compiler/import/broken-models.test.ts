// Sources of which something is broken: whatever it is, the importer gives shapes that compile, or says what is wrong.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { ImportFormat } from "@fmap/compiler/import"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { compiled } from "./compiled.ts"
import { imported, importedText } from "./imported-text.ts"

const data = join(import.meta.dirname, "../../../../shared/data")
const read = (path: string) => readFileSync(join(data, path), "utf8")

const edmx = read("sap/edmx/API_SALES_ORDER_SRV.edmx").split("\n")
const from = (pattern: RegExp) => edmx.findIndex(line => pattern.test(line))
/** The document without all but two of its types. */
const smallEdmx = [
  ...edmx.slice(0, from(/<EntityType Name="A_SalesOrderType"/u) + 12),
  "</EntityType>",
  ...edmx.slice(from(/<EntityContainer/u), from(/<EntityContainer/u) + 2),
  "</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>",
].join("\n")

const small = (path: string, keep: number) => {
  const document = JSON.parse(read(path))
  const entity = document.definitions[0]
  const [first] = entity.hasAttributes
  const group = first.attributeGroupReference
  if (group?.members === undefined) entity.hasAttributes = entity.hasAttributes.slice(0, keep)
  else group.members = group.members.slice(0, keep)
  return JSON.stringify(document)
}
const { salesorder } = JSON.parse(read("netsuite/records.json")).records
const smallNetsuite = JSON.stringify({
  records: {
    salesorder: {
      ...salesorder,
      fields: salesorder.fields.slice(0, 12),
      sublists: salesorder.sublists.slice(3, 4),
    },
  },
})

const sources: readonly [name: string, format: ImportFormat, text: string][] = [
  ["EDMX", "edmx", smallEdmx],
  ["Dataverse", "cdm", small("dynamics/sales/Opportunity.cdm.json", 10)],
  ["Finance and Operations", "cdm", small("dynamics/finance-tables/ExchangeRate.cdm.json", 10)],
  ["NetSuite", "netsuite", smallNetsuite],
]

describe.each(sources)("%s", (_name, format, text) => {
  const run = (source: string) => {
    const result = imported({ name: "source", text: source, format })
    if (!("declarations" in result)) {
      expect(result.message).toMatch(/\.$/u)
      return
    }
    compiled(importedText({ name: "source", text: source, format }))
  }

  test("whole, it imports", () =>
    expect(imported({ name: "source", text, format })).toHaveProperty("declarations"))

  test("cut off anywhere", () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), at => {
        const result = imported({ name: "source", text: text.slice(0, at).trimEnd(), format })
        expect(result).toHaveProperty("message")
        expect(result).toHaveProperty("line")
      }),
      { numRuns: 40 },
    )
  })

  test("a word replaced by another of the document, or by something strange", () => {
    const words = [...new Set(text.match(/[\w.]+/gu) ?? [])]
    const strange = [
      "__proto__",
      "constructor",
      "",
      "-1",
      "9999999999",
      "null",
      "é",
      "../x",
      "Edm.Decimal",
      "\u202e",
    ]
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.boolean(), (from, to, isStrange) => {
        const all = [...text.matchAll(/[\w.]+/gu)]
        const found = all[from % all.length]!
        const pool = isStrange ? strange : words
        run(text.slice(0, found.index) + pool[to % pool.length] + text.slice(found.index + found[0].length))
      }),
      { numRuns: 60 },
    )
  })
})

describe("trees of JSON that are no such document", () => {
  const any = fc.jsonValue({ maxDepth: 4 })
  test.each(["cdm", "netsuite"] as const)("%s", format => {
    fc.assert(
      fc.property(
        any,
        fc.constantFrom("definitions", "records", "fields", "hasAttributes"),
        (value, name) => {
          for (const tree of [
            value,
            { [name]: value },
            { definitions: [{ entityName: "A", [name]: value }] },
            { records: { a: { internalId: "a", fields: [value], sublists: value } } },
          ]) {
            const text = JSON.stringify(tree)
            const result = imported({ name: "source", text, format })
            if ("declarations" in result) compiled(importedText({ name: "source", text, format }))
            else expect(result.message).toMatch(/\.$/u)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
