// The AsyncAPI document of a project's events, judged by the official schema of 3.0; its payloads by samples.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { compile, memoryHost } from "@fmap/compiler"
import { Ajv } from "ajv"
import { Ajv2020 } from "ajv/dist/2020.js"
import addFormats from "ajv-formats"
import { describe, expect, test } from "vitest"
import { asyncApiEmitter } from "../../../../compiler/emit/asyncapi/index.ts"
import type { Plan } from "../../../../compiler/plan/index.ts"
import { root } from "../../../architecture/source-files.ts"
import type { LooseNode } from "../loose.ts"

const official = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve("@asyncapi/specs/schemas/3.0.0-without-$id.json"),
    "utf8",
  ),
)
const ajv = new Ajv({ strict: false, allErrors: true })
addFormats.default(ajv)
const accepts = ajv.compile(official)

function planOf(text: string): Plan {
  const { plan, diagnostics } = compile(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"], {
    emit: {},
  })
  if (plan === null) throw new Error(JSON.stringify(diagnostics))
  return plan
}
function documentOf(plan: Plan): LooseNode {
  const files = asyncApiEmitter.emit(plan, { title: "Orders", version: "3.1.4" })
  expect(files.map(one => one.path)).toEqual(["asyncapi.json"])
  return JSON.parse(files[0]!.text)
}

const plan = planOf(`
system Erp {
  kind erp
}

record Line(ccy: currency) {
  amount : money(18,2) in ccy
}
record Data {
  number : text(10)
  ccy    : currency
  lines  : Line(ccy)[1..]
}

/// An order was booked.
contract OrderBooked of Erp version 1.2.0
  writes
  owner     "Order to Cash"
  lifecycle active
{
  specversion : enum { "1.0" }
  id          : text(1..40)  key
  source      : text(1..40)
  type        : enum { "com.example.order-booked.v1" }
  data        : Data
}

record Header { changed : text(40)[] }
contract OrderChange of Erp version 1.0.0
  events changed in Header.changed
{
  Id     : text(18)  key
  Header : Header
  Name?  : text(80)
}

/// A CloudEvent that goes both ways, its type unknown.
contract Anything version 1.0.0 {
  specversion : enum { "1.0" }
  id          : text(1..40)  key
  source      : text(1..40)
  type        : text(1..80)
  \`odd name\` : text(10)
}

contract NoEvent version 1.0.0 {
  id   : text(10)  key
  type : text(10)
}
`)

describe("a project with events", () => {
  const document = documentOf(plan)
  test("is AsyncAPI 3.0", () => expect(accepts(document), JSON.stringify(accepts.errors, null, 1)).toBe(true))
  test("the official schema refuses what is none", () => {
    expect(accepts({ ...document, info: {} })).toBe(false)
    expect(
      accepts({ ...document, operations: { a: { action: "shout", channel: { $ref: "#/channels/a" } } } }),
    ).toBe(false)
  })
  test("has a channel for each event and no address, server or other contract", () => {
    expect(Object.keys(document.channels)).toEqual(["OrderBooked", "OrderChange", "Anything"])
    expect(Object.values<LooseNode>(document.channels).map((one: LooseNode) => one.address)).toEqual([
      null,
      null,
      null,
    ])
    expect(document).not.toHaveProperty("servers")
    expect(document.info).toEqual({ title: "Orders", version: "3.1.4" })
  })
  test("sends what is written and receives what is read", () => {
    expect(Object.keys(document.operations)).toEqual([
      "send.OrderBooked",
      "receive.OrderChange",
      "send.Anything",
      "receive.Anything",
    ])
  })
  test("messages say their type, version and owner", () => {
    expect(document.components.messages.OrderBooked).toEqual({
      name: "com.example.order-booked.v1",
      title: "OrderBooked",
      description: "An order was booked.",
      contentType: "application/cloudevents+json",
      payload: { $ref: "#/components/schemas/OrderBooked" },
      tags: [{ name: "Erp" }],
      "x-fmap-version": "1.2.0",
      "x-fmap-owner": "Order to Cash",
      "x-fmap-lifecycle": "active",
    })
    expect(document.components.messages.OrderChange).toMatchObject({
      name: "OrderChange",
      contentType: "application/json",
    })
    expect(document.components.messages.Anything.name).toBe("Anything")
  })
  test("every reference leads somewhere", () => {
    const references: string[] = []
    JSON.stringify(document, (key, value) => {
      if (key === "$ref") references.push(value)
      return value
    })
    expect(references.length).toBeGreaterThan(10)
    for (const reference of references) {
      const found = reference
        .slice(2)
        .split("/")
        .reduce((at, name) => at?.[name] as LooseNode, document)
      expect(found, reference).toBeDefined()
    }
  })
  test("a payload is judged by the schema it refers to", () => {
    const judge = new Ajv2020({ strict: false, validateFormats: false })
    judge.addSchema({ $id: "fmap:document", ...document })
    const judged = judge.compile({ $ref: "fmap:document#/components/schemas/OrderBooked/schema" })
    const event = {
      specversion: "1.0",
      id: "1",
      source: "/erp",
      type: "com.example.order-booked.v1",
      data: { number: "1", ccy: "EUR", lines: [{ amount: "1.50" }] },
    }
    expect(judged(event), JSON.stringify(judged.errors)).toBe(true)
    expect(judged({ ...event, type: "com.example.other.v1" })).toBe(false)
    expect(judged({ ...event, data: { number: "1", ccy: "EUR", lines: [{ amount: 1.5 }] } })).toBe(false)
    expect(judged({ ...event, data: { number: "1", ccy: "EUR", lines: [] } })).toBe(false)
  })
})

test("the canonical events are AsyncAPI 3.0", () => {
  const document = JSON.parse(readFileSync(join(root, "specs/finance/schemas/asyncapi.json"), "utf8"))
  expect(accepts(document), JSON.stringify(accepts.errors)).toBe(true)
  expect(Object.keys(document.channels)).toContain("OrderBooked")
})

test("a project without events has no document", () => {
  expect(asyncApiEmitter.emit(planOf("contract A version 1.0.0 { id : text(10)  key }\n"), {})).toEqual([])
})

test("names that components may not have, and names that become alike", () => {
  const event = (name: string) => `
contract \`${name}\` version 1.0.0 {
  specversion : enum { "1.0" }
  id : text(1..40)  key
  source : text(1..40)
  type : text(1..80)
}
`
  const document = documentOf(planOf(["a b", "a_b", "a/b", "__proto__"].map(event).join("")))
  expect(accepts(document), JSON.stringify(accepts.errors)).toBe(true)
  expect(Object.keys(document.channels)).toEqual(["a_b", "a_b_2", "a_b_3", "__proto__"])
})
