// What lineage says of single maps, form by form. The example's whole lineage is a golden in every format: `npx vitest run
// test/compiler/lineage -u` accepts what changed.
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import {
  analyse,
  formatLineage,
  lineageDocument,
  lineageDot,
  lineageMermaid,
  lineageOf,
  memoryHost,
  openLineage,
  selectLineage,
} from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, test } from "vitest"
import { planOf } from "../../conformance/plan-of.ts"

const example = fileURLToPath(new URL("../../../examples/closed-won/", import.meta.url))
const golden = (name: string) => fileURLToPath(new URL(`./goldens/${name}`, import.meta.url))
const wonDeal = analyse(nodeHost(example), ["maps/book-order.fmap", "maps/order-to-netsuite.fmap"]).plan!

describe("the example", () => {
  const all = lineageOf(wonDeal)
  test.each([
    ["lineage.txt", formatLineage(all, wonDeal)],
    [
      "total.json",
      json(
        lineageDocument(
          all.map(one => selectLineage(one, { field: "total" })),
          wonDeal,
        ),
      ),
    ],
    ["amount.mmd", lineageMermaid(all.map(one => selectLineage(one, { field: "lines.amount" })))],
    ["amount.dot", lineageDot(all.map(one => selectLineage(one, { field: "lines.amount" })))],
    ["open-lineage.json", json(openLineage(all, wonDeal))],
  ])("%s", async (name, text) => {
    await expect(text).toMatchFileSnapshot(golden(name))
  })

  test("the OpenLineage facet is what its published schema asks for", () => {
    const schema: unknown = JSON.parse(
      readFileSync(new URL("./column-lineage-facet.json", import.meta.url), "utf8"),
    )
    const validate = new Ajv2020({ strict: false }).compile(schema as object)
    for (const { facets } of openLineage(all, wonDeal)) {
      validate(JSON.parse(JSON.stringify(facets)))
      expect(validate.errors).toBe(null)
      expect(Object.keys(facets.columnLineage.fields).length).toBeGreaterThan(10)
    }
    expect(validate({ columnLineage: { fields: { a: { inputFields: [{ name: "x" }] } } } })).toBe(false)
  })

  test("what hangs on one source field: fields and ways out of every map", () => {
    const [order] = all.map(one => selectLineage(one, { from: "opp.Amount" }))
    expect(order!.fields.map(field => field.path)).toEqual([])
    expect(order!.stops.map(stop => stop.code)).toEqual(["AMOUNT_MISMATCH"])
    const [price] = all.map(one => selectLineage(one, { from: "opp.OpportunityLineItems.records.UnitPrice" }))
    expect(price!.fields.map(field => field.path)).toEqual(["lines[].unitPrice", "lines[].amount", "total"])
  })
})

describe("one map", () => {
  const lineage = (rules: string, more = "") => {
    const plan = planOf(`
      record Row { id : text(9), qty : decimal(9,2), sku : text(9), tag? : text(9) }
      contract In version 1.0.0 { kind : text(9), note? : text(9), rate : decimal(9,4), rows : Row[], extra : Row[] }
      record Line { sku : text(9), qty : decimal(18,4) }
      contract Out version 1.0.0 { a? : text(99), n : int, lines : Line[] }
      crosswalk Sku(code: text(9)) -> text(9) version 2.0.0 { "a" -> "b" }
      ${more}
      map M version 1.0.0
        from i: In
        given asOf: date
        to   o: Out
      {
        ${rules}
      }`)
    return lineageOf(plan)[0]!
  }
  const edges = (found: ReturnType<typeof lineage>, path: string) =>
    found.fields
      .find(field => field.path === path)
      ?.edges.map(({ role, origin, manners }) => {
        const from = "path" in origin ? origin.path.join(".") : origin.value
        return `${role} ${origin.kind} ${from} ${manners.join("+")}`
      })
  const rest = "lines = each i.rows as r { sku = r.sku, qty = r.qty }"

  test("through a let, a match and a fallback", () => {
    const found = lineage(`
      let name = i.note else "none"
      a = match i.kind { "x" -> name, otherwise -> i.kind }
      n = 1
      ${rest}`)
    expect(edges(found, "a")).toEqual([
      "value source note copied",
      "value constant none copied",
      "value source kind copied",
      "decides source kind condition",
    ])
    expect(edges(found, "n")).toEqual(["value constant 1 copied"])
  })

  test("through a crosswalk: its version gives the value, the key decides", () => {
    const found = lineage(`
      a = Sku(i.kind)
      n = 1
      ${rest}`)
    expect(edges(found, "a")).toEqual(["value crosswalk  looked up", "decides source kind key"])
    expect(found.fields.find(field => field.path === "a")?.edges[0]?.origin).toMatchObject({
      version: "2.0.0",
    })
  })

  test("rows: a filter and a sort key stand at the list, a joined row's key at what it filters", () => {
    const found = lineage(`
      a = missing
      n = count(i.rows)
      lines = each i.rows as r, i.extra as x where x.id == r.id sort by r.sku { sku = x.sku, qty = round(r.qty * i.rate, 4, half_even) }`)
    expect(edges(found, "lines[]")).toEqual([
      "decides source rows rows",
      "decides source extra rows",
      "decides source extra.[].id filter",
      "decides source rows.[].id filter",
      "decides source rows.[].sku sort",
    ])
    expect(edges(found, "lines[].sku")).toEqual(["value source extra.[].sku copied"])
    expect(edges(found, "lines[].qty")).toEqual([
      "value source rows.[].qty computed+rounded",
      "value source rate computed+rounded",
    ])
    expect(edges(found, "n")).toEqual(["value source rows counted"])
    expect(edges(found, "a")).toEqual([])
  })

  test("a row that may be dropped: what decides it stands at the list and at the code", () => {
    const found = lineage(`
      a = missing
      n = 1
      lines = each i.rows as r { sku = r.tag else skip row NO_TAG, qty = r.qty }
      control "all" count(lines) == i.rate else hold LOST`)
    expect(edges(found, "lines[]")).toContain("decides source rows.[].tag filter")
    expect(found.stops.find(stop => stop.code === "NO_TAG")?.path).toBe("lines[].sku")
  })

  test("rows of a run that make one record: its keys decide what is added up, a control sees both sides", () => {
    const plan = planOf(`
      contract In version 1.0.0 { account : text(9), amount : money(18,2) in EUR, other : money(18,2) in EUR }
      contract Out version 1.0.0 { account : text(9), amount : money(18,2) in EUR }
      map M version 1.0.0
        from each r: In
        to   f: Out
      {
        account = r.account
        amount  = r.amount
      }
      collect by account
        sum        amount
        incomplete hold group
      control "ties" sum(out.amount) == sum(rows.other) else hold UNTIED`)
    const [found] = lineageOf(plan)
    expect(edges(found!, "amount")).toEqual(["value source amount aggregated", "decides source account key"])
    expect(edges(found!, "account")).toEqual(["value source account copied"])
    expect(found!.stops.find(stop => stop.code === "UNTIED")?.edges.map(({ origin }) => origin)).toEqual([
      { kind: "source", name: "r", path: ["amount"] },
      { kind: "source", name: "r", path: ["other"] },
      // What does not fit is lost, and with it all of its account.
      { kind: "source", name: "r", path: ["account"] },
    ])
  })

  test("what drops a row decides what is made of the others; what stops one, where the group is kept", () => {
    const folded = (incomplete: string) => {
      const plan = planOf(`
        contract In version 1.0.0 { account : text(9), amount : money(18,2) in EUR, kind : text(9), day : text(9) }
        contract Out version 1.0.0 { account : text(9), amount : money(18,2) in EUR, day : text(9) }
        map M version 1.0.0
          from each r: In
          to   f: Out
        {
          account = r.account
          amount  = match r.kind {
            "statistical" -> skip row STATISTICAL
            otherwise     -> r.amount
          }
          day = r.day
          check r.day != "" else hold NO_DAY
        }
        collect by account
          sum        amount
          first      day
          incomplete ${incomplete} group`)
      const [found] = lineageOf(plan)
      return found!
    }
    expect(edges(folded("hold"), "day")).toEqual([
      "value source day copied",
      "decides source account key",
      "decides source kind filter",
    ])
    expect(edges(folded("keep"), "day")).toContain("decides source amount filter")
    const lost = folded("hold").stops.find(({ code }) => code === "INCOMPLETE_GROUP")
    expect(lost).toMatchObject({ verb: "hold", path: "" })
    expect(lost?.edges.map(({ origin }) => ("path" in origin ? origin.path.join() : ""))).toContain("day")
  })

  test("names of authors cannot end a label of a picture", () => {
    const plan = planOf(`
      contract In version 1.0.0 { \`a"] --> x["\` : text(9) }
      contract Out version 1.0.0 { \`__proto__\` : text(9) }
      map M version 1.0.0
        from i: In
        to   o: Out
      { \`__proto__\` = i.\`a"] --> x["\` }`)
    const all = lineageOf(plan)
    expect(lineageMermaid(all)).not.toContain('a"]')
    expect(lineageDot(all)).toContain('label="i.a\\"] --> x[\\""')
    const [facet] = openLineage(all, plan)
    expect(Object.keys(facet!.facets.columnLineage.fields)).toEqual(["__proto__"])
  })
})

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

test("the same Plan gives the same lineage, whatever else was traced", () => {
  const again = analyse(nodeHost(example), ["maps/book-order.fmap", "maps/order-to-netsuite.fmap"]).plan!
  expect(lineageOf(again)).toEqual(lineageOf(wonDeal))
  expect(lineageOf(memoryPlan())).toEqual([])
})

function memoryPlan() {
  return analyse(memoryHost(new Map([["a.fmap", "enum E { A }\n"]])), ["a.fmap"]).plan!
}
