// What a data contract promises and a contract of the language can say; everything else is told, and nothing that is said makes a file that does not compile.
import { printImported } from "@fmap/compiler/import"
import { expect, test } from "vitest"
import { compiled } from "./compiled.ts"
import { imported, textSource } from "./fixtures.ts"

const contract = (more: object) =>
  imported(
    textSource(
      JSON.stringify({
        apiVersion: "v3.1.0",
        kind: "DataContract",
        status: "active",
        schema: [
          {
            name: "Order",
            properties: [
              { name: "id", logicalType: "string", ...("property" in more ? (more.property as object) : {}) },
            ],
          },
        ],
        ...more,
      }),
      "order.odcs.json",
    ),
  ).imported
const custom = (property: string, value: string) => ({ customProperties: [{ property, value }] })
const sla = (property: string, value: string) => ({ slaProperties: [{ property, value }] })

test.each([
  ["a day to end on", sla("endOfLife", "2027-12-31"), "lifecycle active sunset 2027-12-31", []],
  ["a day that is none", sla("endOfLife", "2027-02-30"), "lifecycle active\n", ["endOfLife"]],
  ["an end in words", sla("endOfLife", "soon"), "lifecycle active\n", ["endOfLife"]],
  ["a service level", custom("slo", "99.5% within 15min"), "slo 99.5% within 15min", []],
  ["a service level that is none", custom("slo", "101% within 15min"), "lifecycle active\n", ["slo"]],
  ["a service level with more behind it", custom("slo", "9% within 1s\n{"), "lifecycle active\n", ["slo"]],
  ["whom it stays compatible with", custom("compatible", "full"), "compatible full", []],
  ["a mode that is none", custom("compatible", "sideways"), "lifecycle active\n", ["compatible"]],
  ["where the system's data may be", custom("residency", "EU"), "residency EU\n", []],
  ["a region with signs", custom("residency", "eu-central-1"), "residency `eu-central-1`\n", []],
  ["a region that is none", custom("residency", "EU\n}"), "lifecycle active\n", ["residency"]],
  ["an empty region", custom("residency", ""), "lifecycle active\n", ["residency"]],
  [
    "who answers for the system",
    custom("systemOwner", 'Ledger "A" {1}'),
    'owner "Ledger \\"A\\" {{1}}"\n',
    [],
  ],
  ["something else", custom("cost", "EU"), "lifecycle active\n", ["cost"]],
])("%s", (_words, more, written, told) => {
  const found = contract(more)
  const printed = printImported(found)
  compiled(printed)
  expect(printed.replace(/ +/gu, " ")).toContain(written)
  for (const word of told) expect(found.notes.map(({ message }) => message).join("\n")).toContain(`"${word}"`)
  expect(found.notes).toHaveLength(told.length)
})

test.each([
  ["pii", undefined, ["pii"]],
  ["pii", ["confidential"], ["pii", "confidential"]],
  ["restricted", undefined, ["confidential"]],
  ["public", undefined, []],
])("the classification %s with the tags %s", (classification, tags, marks) => {
  const [order] = contract({ property: { classification, tags } }).declarations
  expect(order?.kind === "contract" && order.fields[0]?.marks).toEqual(marks)
})
