// Every model that SAP, Microsoft and Oracle publish and that lies in the shared data: it imports, is printed formatted, compiles;
// and the JSON Schema of what it became accepts the payloads that exist.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, test } from "vitest"
import { schemaOf } from "../../../compiler/emit/json-schema/index.ts"
import { compiled } from "./compiled.ts"
import { fieldOf, importedOnly, importedText } from "./imported-text.ts"

const data = join(import.meta.dirname, "../../../../shared/data")
const files = ["sap/edmx", "dynamics/sales", "dynamics/finance", "dynamics/finance-tables"].flatMap(folder =>
  readdirSync(join(data, folder)).map(name => `${folder}/${name}`),
)
const source = (path: string) => ({
  name: path.slice(path.lastIndexOf("/") + 1),
  text: readFileSync(join(data, path), "utf8"),
})

test("there are models of all three", () => expect(files.length).toBeGreaterThan(28))

test.each(files)("%s imports and compiles", path => {
  compiled(importedText(source(path)))
})

const accepts = (text: string, contract: string, payload: unknown) => {
  const plan = compiled(text)
  const shape = plan.shapes.find(each => each.name === contract)!
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schemaOf(shape, plan))
  validate(payload)
  return validate.errors ?? []
}

describe("SAP, OData V2", () => {
  const orders = source("sap/edmx/API_SALES_ORDER_SRV.edmx")
  const order = {
    SalesOrder: "1",
    SoldToParty: "0010100001",
    TransactionCurrency: "EUR",
    TotalNetAmount: "1250.50",
    CreationDate: "/Date(1748390400000)/",
    LastChangeDateTime: "/Date(1748456724197+0000)/",
    to_Item: {
      results: [
        {
          SalesOrder: "1",
          SalesOrderItem: "000010",
          RequestedQuantity: "2.000",
          RequestedQuantityUnit: "PC",
          ItemWeightUnit: "KG",
          ItemVolumeUnit: "CDM",
          TransactionCurrency: "EUR",
          NetAmount: "1250.50",
        },
      ],
    },
  }
  const text = importedText({ ...orders, only: ["A_SalesOrder"] })

  test("an order with its items is accepted, and one whose amount is no figure is not", () => {
    expect(accepts(text, "ASalesOrder", order)).toEqual([])
    expect(accepts(text, "ASalesOrder", { ...order, TotalNetAmount: "much" })).not.toEqual([])
  })

  test("amounts are in the currency beside them, quantities in the unit", () => {
    const from = importedOnly(orders)
    expect(fieldOf(from, "A_SalesOrder", "TotalNetAmount")).toMatchObject({
      type: {
        kind: "money",
        precision: 16,
        scale: 3,
        unit: { kind: "field", wireName: "TransactionCurrency" },
      },
      marks: ["computed"],
      optional: true,
    })
    expect(fieldOf(from, "A_SalesOrder", "TransactionCurrency")).toMatchObject({
      type: { kind: "currency" },
      optional: false,
    })
    expect(fieldOf(from, "A_SalesOrderItem", "RequestedQuantity").type).toMatchObject({
      kind: "quantity",
      unit: { wireName: "RequestedQuantityUnit" },
    })
    expect(fieldOf(from, "A_SalesOrder", "CreationDate").type).toEqual({ kind: "date" })
  })

  test("what depends on a record is inside it; the way back is left out and told, and can be asked for", () => {
    const from = importedOnly(orders)
    expect(from.system).toMatchObject({ profile: "odata2", wire: new Map() })
    expect(fieldOf(from, "A_SalesOrder", "to_Item")).toMatchObject({
      type: { kind: "list", element: { kind: "named", name: "A_SalesOrderItem" } },
      optional: true,
      wire: null,
    })
    expect(() => fieldOf(from, "A_SalesOrderItem", "to_SalesOrder")).toThrow()
    expect(
      from.notes.filter(note => note.at === "A_SalesOrderItem").map(note => note.message),
    ).toContainEqual(expect.stringMatching(/^to_SalesOrder is left out/u))
    const asked = importedOnly({ ...orders, only: ["A_SalesOrderItem,A_SalesOrderItem.to_SalesOrder"] })
    expect(fieldOf(asked, "A_SalesOrderItem", "to_SalesOrder").type).toMatchObject({ name: "A_SalesOrder" })
    expect(() => fieldOf(asked, "A_SalesOrder", "to_Item")).toThrow()
  })
})

describe("NetSuite, the Records Browser", () => {
  const records = source("netsuite/records.json")

  test("all of it compiles", () => {
    const from = importedOnly(records)
    expect(from.declarations.filter(each => each.kind === "contract").length).toBe(144)
    compiled(importedText(records))
  })

  test("a sales order as the REST API answers is accepted", () => {
    const payload: unknown = JSON.parse(
      readFileSync(join(data, "derived/train/netsuite/salesOrder.GET.json"), "utf8"),
    )
    const text = importedText({ ...records, only: ["salesorder"] })
    expect(accepts(text, "Salesorder", payload)).toEqual([])
    expect(accepts(text, "Salesorder", { ...(payload as object), total: "39.95" })).not.toEqual([])
  })

  test("references, amounts in the currency of the record also in its lines, and what a new record must have", () => {
    const from = importedOnly({ ...records, only: ["salesorder"] })
    expect(fieldOf(from, "salesorder", "entity").type).toMatchObject({ kind: "named", name: "Reference" })
    expect(fieldOf(from, "salesorder", "total").type).toMatchObject({
      kind: "money",
      unit: { kind: "field", wireName: "currencysymbol" },
    })
    expect(fieldOf(from, "salesorder", "item").type).toMatchObject({
      units: [{ wireName: "currencysymbol" }],
    })
    expect(fieldOf(from, "salesorder item line", "amount").type).toMatchObject({
      kind: "money",
      unit: { kind: "parameter", name: "ccy" },
    })
    expect(from.declarations.find(each => each.name === "salesorder")).toMatchObject({
      requiredOnCreate: expect.arrayContaining(["entity", "trandate"]),
    })
  })
})

describe("the Common Data Model", () => {
  test("Dataverse: amounts are in the ISO code of the expanded currency", () => {
    const from = importedOnly(source("dynamics/sales/Opportunity.cdm.json"))
    expect(fieldOf(from, "Opportunity", "actualvalue").type).toEqual({
      kind: "money",
      precision: 19,
      scale: 4,
      unit: {
        kind: "field",
        wireName: "transactioncurrencyid",
        inside: { record: "TransactionCurrency", wireName: "isocurrencycode" },
      },
    })
    expect(fieldOf(from, "Opportunity", "opportunityid").key).toBe(true)
    expect(fieldOf(from, "Opportunity", "actualvalue_base")).toMatchObject({
      type: { kind: "decimal" },
      marks: ["computed"],
    })
    expect(fieldOf(from, "Opportunity", "statuscode").docs.join(" ")).toContain("`3` Won")
    const text = importedText(source("dynamics/sales/Opportunity.cdm.json"))
    expect(text).toContain("money(19,4) in transactioncurrencyid.isocurrencycode")
    const id = "5d68b988-0661-db11-8d5f-000d3a7b2e11"
    const record = {
      opportunityid: id,
      actualvalue: 1250.5,
      statecode: 0,
      transactioncurrencyid: { isocurrencycode: "USD" },
    }
    expect(accepts(text, "Opportunity", record)).toEqual([])
    expect(accepts(text, "Opportunity", { ...record, statecode: "Open" })).not.toEqual([])
  })

  test("a table names extended types: amounts in the currency of the line, quantities as decimals", () => {
    const from = importedOnly(source("dynamics/finance-tables/SalesLine.cdm.json"))
    expect(fieldOf(from, "SalesLine", "LineAmount").type).toMatchObject({
      kind: "money",
      unit: { wireName: "CurrencyCode" },
    })
    expect(fieldOf(from, "SalesLine", "CurrencyCode").type).toEqual({ kind: "currency" })
    expect(fieldOf(from, "SalesLine", "SalesQty").type).toMatchObject({ kind: "decimal" })
  })

  test("amounts in other currencies than the record's are decimals", () => {
    const from = importedOnly(source("dynamics/finance-tables/GeneralJournalAccountEntry.cdm.json"))
    expect(fieldOf(from, "GeneralJournalAccountEntry", "TransactionCurrencyAmount").type).toMatchObject({
      unit: { wireName: "TransactionCurrencyCode" },
    })
    expect(fieldOf(from, "GeneralJournalAccountEntry", "AccountingCurrencyAmount").type.kind).toBe("decimal")
  })

  test("a data entity says string of everything: figures are guessed by name and the guess is told", () => {
    const from = importedOnly(source("dynamics/finance/SalesOrderHeaderV2Entity.cdm.json"))
    expect(fieldOf(from, "SalesOrderHeaderV2Entity", "OrderTotalAmount").type).toMatchObject({
      kind: "money",
      unit: { wireName: "CurrencyCode" },
    })
    expect(fieldOf(from, "SalesOrderHeaderV2Entity", "TotalDiscountCustomerGroupCode").type.kind).toBe("text")
    expect(from.notes.map(({ kind, sure }) => `${kind} ${sure}`)).toContain("guessed likely")
  })
})

describe("the contracts of problem 25 are what an import gives", () => {
  const problem = join(import.meta.dirname, "../../../specs/conformance/problems/25-dual-write-template")
  const picks: readonly [file: string, path: string][] = [
    ["finance.fmap", "dynamics/finance/SalesOrderHeaderV2Entity.cdm.json"],
    ["finance.fmap", "dynamics/finance/SalesOrderLineV2Entity.cdm.json"],
    ["sales.fmap", "dynamics/sales/Quote.cdm.json"],
    ["sales.fmap", "dynamics/sales/OpportunityProduct.cdm.json"],
  ]
  test.each(picks)("%s of %s", (file, path) => {
    const name = path.slice(path.lastIndexOf("/") + 1, -".cdm.json".length)
    const lines = readFileSync(join(problem, "repaired", file), "utf8").split("\n")
    const from = lines.findIndex(line => line.startsWith(`contract ${name} `))
    const written = lines.slice(lines.indexOf("{", from) + 1, lines.indexOf("}", from))
    const wireNames = written.flatMap(line => /^ {2}(\w+)\?? +: /u.exec(line)?.[1] ?? [])
    expect(wireNames.length).toBeGreaterThan(4)
    const printed = importedText({ ...source(path), only: [`${name}.${wireNames.join(",")}`] }).split("\n")
    for (const line of written) expect(printed).toContain(line)
    for (const version of ["repaired", "template-as-published"])
      expect(readFileSync(join(problem, version, file), "utf8")).toBe(lines.join("\n"))
  })
})
