// Records out of OData and NetSuite documents: envelopes, links and annotations off, lists as they come, nothing lost where something is broken.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  type EnvelopeKind,
  listEnvelope,
  type PayloadShape,
  readJsonRecords,
  type Transport,
  type WireSpec,
} from "../../../runtime/formats/wire/index.ts"
import { readJson, writeJson } from "../../../runtime/index.ts"

async function* chunks(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const under = { odata2: "results", odata4: null, netsuite: "items" } as const
function shapes(kind: EnvelopeKind): readonly PayloadShape[] {
  return [
    {
      fields: [
        { name: "id", holds: { kind: "text" } },
        { name: "amount", holds: { kind: "number" } },
        { name: "lines", holds: { kind: "list", of: { kind: "record", shape: 1 }, under: under[kind] } },
        { name: "customer", holds: { kind: "record", shape: 1 } },
        { name: "page", holds: { kind: "record", shape: 2 } },
        { name: "raw", holds: { kind: "open" } },
        { name: "more", holds: { kind: "dictionary", of: { kind: "record", shape: 1 } } },
        { name: "__proto__", holds: { kind: "text" } },
      ],
    },
    { fields: [{ name: "sku", holds: { kind: "text" } }] },
    { fields: [{ name: "items", holds: { kind: "list", of: { kind: "record", shape: 1 }, under: null } }] },
  ]
}
const spec = (kind: EnvelopeKind | null): WireSpec => ({
  contract: "Order",
  transport: kind === null ? null : ({ kind } satisfies Transport),
  shapes: shapes(kind ?? "odata4"),
})
type Rule = "never" | "must" | "may"
async function outline(
  text: string | Uint8Array,
  kind: EnvelopeKind | null,
  rule: Rule = "never",
  size = 7,
): Promise<string> {
  const found: string[] = []
  for await (const one of readJsonRecords(chunks(Buffer.from(text as string), size), spec(kind), rule))
    found.push(
      "notice" in one
        ? `(${one.notice.code})`
        : "problem" in one
          ? `${one.number}!${one.problem.code}${one.problem.pointer ?? ""}`
          : `${one.number}=${writeJson(one.value)}`,
    )
  return found.join(" ")
}

const cases: readonly [string, EnvelopeKind | null, string, string, Rule?][] = [
  ["V2: one record", "odata2", `{"d":{"id":"1","__metadata":{"uri":"x"}}}`, `1={"id":"1"}`],
  ["V2: a bare record", "odata2", `{"id":"1"}`, `1={"id":"1"}`],
  ["V2: several", "odata2", `{"d":{"results":[{"id":"1"}, {"id":"2"}]}}`, `1={"id":"1"} 2={"id":"2"}`],
  ["V2: several of an older kind", "odata2", `{"d":[{"id":"1"},{"id":"2"}]}`, `1={"id":"1"} 2={"id":"2"}`],
  ["V2: none", "odata2", `{"d":{"results":[ ]}}`, ""],
  [
    "V2: more elsewhere, said before or after",
    "odata2",
    `{"d":{"__count":"9","results":[{"id":"1"}],"__next":"https://x"}}`,
    `1={"id":"1"} (INCOMPLETE_LIST)`,
  ],
  [
    "V2: what is not expanded is absent",
    "odata2",
    `{"d":{"id":"1","lines":{"__deferred":{"uri":"x"}},"customer":{"__deferred":{"uri":"x"}}}}`,
    `1={"id":"1"}`,
  ],
  [
    "V2: an open value is left alone",
    "odata2",
    `{"d":{"raw":{"__metadata":1,"__deferred":2}}}`,
    `1={"raw":{"__metadata":1,"__deferred":2}}`,
  ],
  [
    "V2: nested lists",
    "odata2",
    `{"d":{"lines":{"results":[{"sku":"a","__metadata":{}}],"__count":"1"}}}`,
    `1={"lines":{"results":[{"sku":"a"}]}}`,
  ],
  [
    "V2: a nested list with more",
    "odata2",
    `{"d":{"results":[{"id":"1","lines":{"results":[],"__next":"x"}},{"id":"2"}]}}`,
    `1!INCOMPLETE_LIST/lines 2={"id":"2"}`,
  ],
  [
    "V4: one record and its annotations",
    "odata4",
    `{"@odata.context":"x","@odata.etag":"y","id":"1","lines@odata.count":1,"lines":[{"@odata.id":"z","sku":"a"}]}`,
    `1={"id":"1","lines":[{"sku":"a"}]}`,
  ],
  [
    "V4: several, and more elsewhere",
    "odata4",
    `{"@odata.context":"x","value":[{"id":"1"}],"@odata.nextLink":"y"}`,
    `1={"id":"1"} (INCOMPLETE_LIST)`,
  ],
  [
    "V4: a nested list with more",
    "odata4",
    `{"id":"1","lines":[],"lines@odata.nextLink":"x"}`,
    "1!INCOMPLETE_LIST/lines",
  ],
  ["V4.01: short names", "odata4", `{"@context":"x","value":[],"@nextLink":"y"}`, "(INCOMPLETE_LIST)"],
  [
    "NetSuite: references, links and lists",
    "netsuite",
    `{"links":[{"rel":"self","href":"x"}],"id":"1","customer":{"links":[],"sku":"c"},"lines":{"links":[],"items":[{"sku":"a"}],"hasMore":false}}`,
    `1={"id":"1","customer":{"sku":"c"},"lines":{"items":[{"sku":"a"}]}}`,
  ],
  [
    "NetSuite: a list that is only a link",
    "netsuite",
    `{"id":"1","lines":{"links":[{"rel":"self","href":"x"}]}}`,
    `1={"id":"1"}`,
  ],
  [
    "NetSuite: a page of several",
    "netsuite",
    `{"links":[],"count":2,"hasMore":true,"items":[{"id":"1"},{"id":"2"}],"totalResults":9}`,
    `1={"id":"1"} 2={"id":"2"} (INCOMPLETE_LIST)`,
  ],
  [
    "NetSuite: a list whose object is a record of the contract",
    "netsuite",
    `[{"page":{"items":[{"sku":"a"}],"hasMore":true}},{"page":{"links":[],"items":[{"sku":"a"}],"hasMore":false}}]`,
    `1!INCOMPLETE_LIST/page 2={"page":{"items":[{"sku":"a"}],"hasMore":false}}`,
  ],
  ["a member like any other", "netsuite", `{"__proto__":"p","id":"1"}`, `1={"__proto__":"p","id":"1"}`],
  [
    "every digit",
    "odata4",
    `{"value":[{"amount":12345678901234567.890}]}`,
    `1={"amount":12345678901234567.890}`,
  ],
  [
    "a broken item stops no other",
    "odata4",
    `{"value":[{"id":"1"},{"id":},{"id":"3","id":"3"},tru,{"id":"5"}]}`,
    `1={"id":"1"} 2!BAD_JSON 3!DUPLICATE_KEY 4!BAD_JSON 5={"id":"5"}`,
  ],
  [
    "items that are none",
    "odata4",
    `{"value":[1,,{"id":"a,]}"}, ]}`,
    `1=1 2!BAD_JSON 3={"id":"a,]}"} 4!BAD_JSON`,
  ],
  ["brackets that do not fit", "odata4", `{"value":[},{"id":"2"}]}`, `1!BAD_JSON 2={"id":"2"}`],
  ["cut off in an item", "odata4", `{"value":[{"id":"1"},{"id":"2`, `1={"id":"1"} 2!BAD_JSON`],
  ["cut off in a number", null, `[1, 23`, "1=1 2!BAD_JSON", "must"],
  ["cut off between items", "odata4", `{"value":[{"id":"1"}`, `1!BAD_JSON`],
  ["cut off behind the list", "odata4", `{"value":[{"id":"1"}]`, `1={"id":"1"} 2!BAD_JSON`],
  ["something behind the document", null, `[1] x`, "1=1 2!BAD_JSON", "may"],
  ["a list twice", "odata4", `{"value":[1],"value":[2]}`, "1=1 2!DUPLICATE_KEY"],
  ["no document", "odata2", "", "1!BAD_JSON"],
  ["no object", "odata2", "7", "1=7"],
  ["a record that may be a list", null, `{"id":"1"}`, `1={"id":"1"}`, "may"],
  ["a list that may be one", null, `\ufeff [ {"id":"1"} ]`, `1={"id":"1"}`, "may"],
  ["a list that is one record", null, `[1]`, "1=[1]"],
  ["a key with escapes", "odata4", `{"\\u0076alue":[{"id":"1"}]}`, `1={"id":"1"}`],
]
test.each(cases)("%s", async (_name, kind, text, wanted, rule) => {
  for (const size of [1, 7, 1000]) expect(await outline(text, kind, rule, size)).toBe(wanted)
})

test("an item that is not UTF-8 stops no other", async () => {
  const bytes = Buffer.concat([Buffer.from(`["a","`), Buffer.from([0xff]), Buffer.from(`","c"]`)])
  expect(await outline(bytes, null, "must")).toBe(`1="a" 2!BAD_UTF8 3="c"`)
})

describe("what is written is read back", () => {
  const line = fc.record({ sku: fc.string() }, { requiredKeys: [] })
  const order = (kind: EnvelopeKind) => {
    const list = fc.array(line, { maxLength: 3 })
    const name = under[kind]
    return fc.record(
      {
        id: fc.string(),
        amount: fc.integer(),
        lines: name === null ? list : list.map(rows => ({ [name]: rows })),
        customer: fc.record({ sku: fc.string() }),
        raw: fc.jsonValue().filter(value => value !== null),
      },
      { requiredKeys: [] },
    )
  }
  test.each(["odata2", "odata4", "netsuite"] as const)("%s, alone and in a list", async kind => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(order(kind), { maxLength: 4 }),
        fc.integer({ min: 1, max: 30 }),
        async (orders, size) => {
          const written = orders.map(one => writeJson(one))
          const wanted = written.map((text, i) => `${i + 1}=${text}`).join(" ")
          const { before, after } = listEnvelope(kind)
          expect(await outline(`${before}${written.join(",")}${after}`, kind, "never", size)).toBe(wanted)
          const [first] = written
          if (first !== undefined) expect(await outline(first, kind, "never", size)).toBe(`1=${first}`)
        },
      ),
      { numRuns: 200 },
    )
  })
})

test("a streamed list is what a reader of the whole document reads", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.json()), fc.integer({ min: 1, max: 30 }), async (texts, size) => {
      const document = `[${texts.join(" ,\n")}]`
      const read = readJson(document)
      const wanted =
        "ok" in read ? (read.ok as unknown[]).map((value, i) => `${i + 1}=${writeJson(value)}`) : ["refused"]
      if ("ok" in read) expect(await outline(document, null, "must", size)).toBe(wanted.join(" "))
      else expect(await outline(document, null, "must", size)).toContain("!")
    }),
    { numRuns: 300 },
  )
})

test("a real sales order loses its links and nothing else", async () => {
  const path = join(import.meta.dirname, "../../../../shared/data/derived/train/netsuite/salesOrder.GET.json")
  const text = readFileSync(path, "utf8")
  const reference: PayloadShape = { fields: [{ name: "id", holds: { kind: "text" } }] }
  const of: WireSpec = {
    contract: "SalesOrder",
    transport: { kind: "netsuite" },
    shapes: [
      {
        fields: [
          { name: "entity", holds: { kind: "record", shape: 1 } },
          { name: "currency", holds: { kind: "record", shape: 1 } },
          { name: "subsidiary", holds: { kind: "record", shape: 1 } },
          { name: "item", holds: { kind: "list", of: { kind: "record", shape: 1 }, under: "items" } },
        ],
      },
      reference,
    ],
  }
  const found: unknown[] = []
  for await (const record of readJsonRecords([Buffer.from(text)], of))
    found.push("value" in record ? record.value : record)
  const { links: _links, item: _item, ...rest } = JSON.parse(text) as Record<string, unknown>
  const bare = (value: unknown) => {
    const { links: _, ...members } = value as Record<string, unknown>
    return members
  }
  expect(found).toEqual([
    { ...rest, entity: bare(rest.entity), currency: bare(rest.currency), subsidiary: bare(rest.subsidiary) },
  ])
})
