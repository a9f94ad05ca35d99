// Data contracts of the Open Data Contract Standard, judged by its own schema; and what each part of a contract becomes.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { compile, memoryHost } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { Ajv2019 } from "ajv/dist/2019.js"
import addFormats from "ajv-formats"
import { describe, expect, test } from "vitest"
import { odcsEmitter } from "../../../../compiler/emit/odcs/index.ts"
import type { Plan } from "../../../../compiler/plan/index.ts"
import { root } from "../../../architecture/source-files.ts"
import type { LooseNode } from "../loose.ts"

const schemaPath = join(root, "../shared/data/odcs/schema/odcs-json-schema-v3.1.0.json")
const official = JSON.parse(readFileSync(schemaPath, "utf8"))
const ajv = new Ajv2019({ strict: false, allErrors: true })
addFormats.default(ajv)
const accepts = ajv.compile(official)

function planOf(text: string): Plan {
  const { plan, diagnostics } = compile(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"], {
    emit: {},
  })
  if (plan === null) throw new Error(JSON.stringify(diagnostics))
  return plan
}

const sample = planOf(`
/// The ERP.
system Erp {
  kind      erp
  owner     "Finance Systems"
  limits    100 per second
  residency EU
}

enum Status { Draft, Booked }
enum Measure { Booked, Billed }

record Line(ccy: currency) {
  number   : int(1..999)
  amount   : money(18,2) in ccy of Measure.Booked
  debit?   : decimal(9,2) where value > 0
  credit?  : decimal(9,2) where value > 0
  exactly one of debit, credit
}

/// What was ordered.
contract Order of Erp version 2.1.0
  reads
  owner      "Order to Cash"
  lifecycle  active
  compatible backward
{
  /// Its number.
  orderNumber : text(1..40)  key
  revision    : int  key
  buyer?      : text(80)  pii
  secret?     : text(80)  confidential
  ccy         : currency  as "currency_code"
  status      : Status
  stage       : open enum { "New" }
  discount    : percent(5,2) where value <= 0.5
  on          : date
  at          : instant
  local       : datetime  wire pattern "yyyy-MM-dd HH:mm"
  old?        : text(10)  deprecated use stage sunset 2027-06-30
  lines       : Line(ccy)[1..200]
  total       : money in ccy of Measure.Booked
  tags        : {[text]: text}

  check total >= 0 else reject NEGATIVE_TOTAL "an order is not negative"
  check revision <= 1000 else hold LARGE_ORDER
}
`)

function contractOf(plan: Plan, name: string): LooseNode {
  const file = odcsEmitter
    .emit(plan, { domain: "finance" })
    .find((one: LooseNode) => one.path.endsWith(`/${name}.odcs.json`))
  return JSON.parse(file?.text ?? "null")
}

describe("a contract", () => {
  const contract = contractOf(sample, "Order")
  const property = (name: string) => contract.schema[0].properties.find((one: LooseNode) => one.name === name)
  const marks = (of: LooseNode) =>
    Object.fromEntries((of.customProperties ?? []).map((one: LooseNode) => [one.property, one.value]))

  test("is one of the standard", () =>
    expect(accepts(contract), JSON.stringify(accepts.errors, null, 1)).toBe(true))
  test("the standard's schema refuses what is none", () => {
    expect(accepts({ ...contract, status: undefined, apiVersion: "v9" })).toBe(false)
    expect(accepts({ ...contract, schema: [{ properties: [] }] })).toBe(false)
  })
  test("says who answers, in which state, since when and why", () => {
    expect(contract).toMatchObject({
      apiVersion: "v3.1.0",
      kind: "DataContract",
      id: "fmap:main/Order",
      name: "Order",
      version: "2.1.0",
      status: "active",
      domain: "finance",
      description: { purpose: "What was ordered." },
      team: { name: "Order to Cash" },
      slaProperties: [{ property: "throughput", value: 100, unit: "calls per second" }],
    })
    expect(marks(contract)).toEqual({
      system: "Erp",
      systemOwner: "Finance Systems",
      residency: "EU",
      direction: "reads",
      compatible: "backward",
    })
  })
  test("keys in their order", () => {
    expect(property("orderNumber")).toMatchObject({
      primaryKey: true,
      primaryKeyPosition: 1,
      required: true,
      description: "Its number.",
    })
    expect(property("revision")).toMatchObject({ primaryKey: true, primaryKeyPosition: 2 })
    expect(property("buyer")).not.toHaveProperty("primaryKey")
  })
  test("who may see it", () => {
    expect(property("buyer")).toMatchObject({ required: false, classification: "pii" })
    expect(property("secret").classification).toBe("confidential")
    expect(property("total")).not.toHaveProperty("classification")
  })
  test("types, and exact figures without a binary format", () => {
    expect(property("orderNumber")).toMatchObject({
      logicalType: "string",
      logicalTypeOptions: { minLength: 1, maxLength: 40 },
    })
    expect(property("ccy")).toMatchObject({ physicalName: "currency_code", logicalType: "string" })
    expect(property("total")).toMatchObject({ logicalType: "number", physicalType: "decimal" })
    expect(marks(property("total"))).toMatchObject({
      kind: "money",
      unit: "ccy",
      measure: "Measure.Booked",
      scale: 4,
    })
    expect(property("on")).toMatchObject({
      logicalType: "date",
      logicalTypeOptions: { format: "yyyy-MM-dd" },
    })
    expect(property("at")).toMatchObject({ logicalType: "timestamp", logicalTypeOptions: { timezone: true } })
    expect(property("local")).toMatchObject({
      logicalType: "timestamp",
      logicalTypeOptions: { timezone: false },
    })
    expect(property("tags")).toMatchObject({ logicalType: "object" })
    // 0.5 is the value, 50.00 stands on the wire: no bound is better than a wrong one.
    expect(property("discount")).not.toHaveProperty("logicalTypeOptions")
    expect(JSON.stringify(contract)).not.toContain('"f64"')
  })
  test("rows with all they hold", () => {
    const { items, logicalType, logicalTypeOptions } = property("lines")
    expect([logicalType, logicalTypeOptions]).toEqual(["array", { minItems: 1, maxItems: 200 }])
    const amount = items.properties.find((one: LooseNode) => one.name === "amount")
    expect(amount).toMatchObject({ logicalType: "number", physicalType: "decimal(18,2)" })
    expect(marks(amount)).toMatchObject({ precision: 18, scale: 2, unit: "ccy" })
    const debit = items.properties.find((one: LooseNode) => one.name === "debit")
    expect(debit.logicalTypeOptions).toEqual({ exclusiveMinimum: 0 })
    expect(items.quality).toEqual([
      expect.objectContaining({
        name: "NOT_EXACTLY_ONE",
        dimension: "completeness",
        description: "Exactly one of debit, credit must have a value.",
      }),
    ])
  })
  test("closed values are a metric, open ones are known values", () => {
    expect(property("status").quality).toEqual([
      {
        type: "library",
        metric: "invalidValues",
        arguments: { validValues: ["Draft", "Booked"] },
        mustBe: 0,
      },
    ])
    expect(property("stage")).not.toHaveProperty("quality")
    expect(marks(property("stage"))).toEqual({ knownValues: ["New"] })
  })
  test("checks are rules by their codes", () => {
    expect(contract.schema[0].quality).toEqual([
      {
        name: "NEGATIVE_TOTAL",
        type: "text",
        description: "an order is not negative",
        dimension: "consistency",
        severity: "error",
      },
      { name: "LARGE_ORDER", type: "text", dimension: "consistency", severity: "error" },
    ])
  })
  test("what goes away", () => {
    expect(property("old").tags).toEqual(["deprecated"])
    expect(marks(property("old"))).toEqual({ sunset: "2027-06-30", replacedBy: "stage" })
  })
})

test.each(["examples/closed-won", "specs/finance"])("every contract of %s is one of the standard", folder => {
  const path = join(root, folder)
  expect(existsSync(path)).toBe(true)
  const host = nodeHost(path)
  const entries = ["contracts", "."].flatMap(below => {
    const listed = existsSync(join(path, below)) ? readdirSync(join(path, below)) : []
    return listed
      .filter(name => name.endsWith(".fmap"))
      .map(name => (below === "." ? name : `${below}/${name}`))
  })
  const { plan } = compile(host, entries, { emit: {} })
  if (plan === null) throw new Error("does not compile")
  const contracts = odcsEmitter.emit(plan, {})
  expect(contracts.length).toBeGreaterThan(2)
  for (const { path: name, text } of contracts)
    expect(accepts(JSON.parse(text)), `${name} ${JSON.stringify(accepts.errors)}`).toBe(true)
})

test("a contract written on create is one contract", () => {
  const plan = planOf(`
contract A version 1.0.0 reads { id : text(10)  key }
contract B version 1.0.0 writes { id : text(10)  key
  note? : text(10)
  on create require note
}
map Make version 1.0.0
  from a: A
  to   b: B on create
{
  key id = a.id
  note = "made"
}
`)
  expect(plan.shapes.map(one => one.id)).toContain("B~create")
  expect(odcsEmitter.emit(plan, {}).map(one => one.path)).toEqual(["main/A.odcs.json", "main/B.odcs.json"])
})
