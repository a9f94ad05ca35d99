// Records out of XML documents and back: names by namespace, attributes, lists, absent values, encodings; and what is refused.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Holds, PayloadShape, XmlTransport } from "../../../runtime/formats/wire/index.ts"
import { readXmlRecords, writeXmlRecord, xmlFrame } from "../../../runtime/formats/xml/index.ts"

const cbc = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
const cac = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
const invoice = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
const ubl: XmlTransport = {
  kind: "xml",
  root: "Invoice",
  list: null,
  namespaces: [
    { prefix: "", uri: invoice },
    { prefix: "cbc", uri: cbc },
    { prefix: "cac", uri: cac },
  ],
}
const field = (name: string, holds: Holds) => ({ name, holds })
const shapes: readonly PayloadShape[] = [
  {
    fields: [
      field("cbc:ID", { kind: "text" }),
      field("cbc:IssueDate", { kind: "word" }),
      field("cbc:Note", { kind: "list", of: { kind: "text" }, under: null }),
      field("cac:InvoiceLine", { kind: "list", of: { kind: "record", shape: 1 }, under: null }),
      field("cac:Delivery", { kind: "record", shape: 2 }),
      field("cbc:CopyIndicator", { kind: "flag" }),
      field("cbc:LineCountNumeric", { kind: "number" }),
    ],
  },
  {
    fields: [
      field("cbc:ID", { kind: "text" }),
      field("cbc:LineExtensionAmount", { kind: "record", shape: 3 }),
    ],
  },
  { fields: [field("cbc:ActualDeliveryDate", { kind: "word" })] },
  { fields: [field("@currencyID", { kind: "word" }), field("#text", { kind: "figure" })] },
]
async function read(
  text: string | Uint8Array,
  form: XmlTransport = ubl,
  of: readonly PayloadShape[] = shapes,
): Promise<unknown[]> {
  const found: unknown[] = []
  for await (const one of readXmlRecords([Buffer.from(text as string)], form, of))
    found.push("problem" in one ? `${one.number}!${one.problem.code} ${one.place}`.trim() : one.value)
  return found
}
const document = (inside: string) =>
  `<Invoice xmlns="${invoice}" xmlns:cbc="${cbc}" xmlns:cac="${cac}">${inside}</Invoice>`

const values: readonly [string, string, unknown][] = [
  [
    "text keeps its blanks, a date does not",
    "<cbc:ID> a </cbc:ID><cbc:IssueDate>\n 2026-03-31 </cbc:IssueDate>",
    { "cbc:ID": " a ", "cbc:IssueDate": "2026-03-31" },
  ],
  ["one element of a list is a list", "<cbc:Note>a</cbc:Note>", { "cbc:Note": ["a"] }],
  [
    "elements of a list need not stand together",
    "<cbc:Note>a</cbc:Note><cbc:ID>1</cbc:ID><cbc:Note/>",
    { "cbc:Note": ["a", ""], "cbc:ID": "1" },
  ],
  [
    "what is no list and is repeated stays one",
    "<cbc:ID>1</cbc:ID><cbc:ID>2</cbc:ID>",
    { "cbc:ID": ["1", "2"] },
  ],
  [
    "an amount and its currency",
    '<cac:InvoiceLine><cbc:LineExtensionAmount currencyID="EUR"> 1273.00 </cbc:LineExtensionAmount></cac:InvoiceLine>',
    { "cac:InvoiceLine": [{ "cbc:LineExtensionAmount": { "@currencyID": "EUR", "#text": "1273.00" } }] },
  ],
  ["an empty element is absent", "<cbc:ID/><cbc:IssueDate></cbc:IssueDate><cac:Delivery/>", {}],
  [
    "nil is null",
    `<cbc:ID xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>`,
    { "cbc:ID": null },
  ],
  ["elements where a text is wanted", "<cbc:ID><cbc:ID>1</cbc:ID></cbc:ID>", { "cbc:ID": {} }],
  [
    "numbers and booleans",
    "<cbc:CopyIndicator> true </cbc:CopyIndicator><cbc:LineCountNumeric>3</cbc:LineCountNumeric>",
    { "cbc:CopyIndicator": true, "cbc:LineCountNumeric": 3 },
  ],
  [
    "comments, CDATA and escapes",
    "<cbc:ID>a<!-- x -->&lt;<![CDATA[<&>]]>&#65;</cbc:ID>",
    { "cbc:ID": "a<<&>A" },
  ],
  ["names nobody knows", `<x:a xmlns:x="urn:x">1</x:a>`, { "{urn:x}a": "1" }],
]
test.each(values)("%s", async (_name, inside, wanted) => {
  expect(await read(document(inside))).toEqual([wanted])
})

test("prefixes of the document are its own", async () => {
  const other = `<i:Invoice xmlns:i="${invoice}" xmlns:b="${cbc}"><b:ID>1</b:ID></i:Invoice>`
  expect(await read(other)).toEqual([{ "cbc:ID": "1" }])
})

const refused: readonly [string, string | Uint8Array, string][] = [
  ["another namespace", `<Invoice xmlns="urn:x"/>`, "1!WRONG_DOCUMENT line 1"],
  ["no namespace where one is wanted", "<Invoice/>", "1!WRONG_DOCUMENT line 1"],
  ["an entity bomb", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>`, "1!BAD_XML"],
  ["an external entity", `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>`, "1!BAD_XML"],
  ["an unknown entity", document("<cbc:ID>&nbsp;</cbc:ID>"), "1!BAD_XML"],
  ["cut off", document("").slice(0, -4), "1!BAD_XML"],
  ["two roots", `${document("")}${document("")}`, "1!BAD_XML"],
  ["an undeclared prefix", "<x:a/>", "1!BAD_XML"],
  ["nothing", "", "1!BAD_XML"],
  ["too deep", document("<a>".repeat(300)), "1!TOO_DEEP"],
  ["not UTF-8", Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]), "1!BAD_UTF8"],
  ["an encoding nobody knows", `<?xml version="1.0" encoding="EBCDIC"?><a/>`, "1!BAD_ENCODING"],
  ["half a unit", Buffer.concat([Buffer.from("\ufeff<a/>", "utf16le"), Buffer.from([0])]), "1!BAD_ENCODING"],
]
test.each(refused)("%s is refused", async (_name, text, wanted) => {
  const [found, ...others] = await read(text)
  expect(others).toEqual([])
  expect(String(found).slice(0, wanted.length)).toBe(wanted)
})

test.each([
  ["UTF-8 with its mark", Buffer.from(`\ufeff${document("<cbc:ID>ü</cbc:ID>")}`)],
  ["UTF-16", Buffer.from(`\ufeff${document("<cbc:ID>ü</cbc:ID>")}`, "utf16le")],
  ["UTF-16, big endian", Buffer.from(`\ufeff${document("<cbc:ID>ü</cbc:ID>")}`, "utf16le").swap16()],
  ["UTF-16 without a mark", Buffer.from(document("<cbc:ID>ü</cbc:ID>"), "utf16le")],
  [
    "latin1",
    Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${document("<cbc:ID>ü</cbc:ID>")}`, "latin1"),
  ],
  [
    "windows-1252",
    Buffer.from(`<?xml version='1.0' encoding='Windows-1252'?>${document("<cbc:ID>ü</cbc:ID>")}`, "latin1"),
  ],
])("%s", async (_name, bytes) => {
  expect(await read(bytes)).toEqual([{ "cbc:ID": "ü" }])
})

describe("several records", () => {
  const form: XmlTransport = { kind: "xml", root: "row", list: "rows", namespaces: [] }
  const of: readonly PayloadShape[] = [{ fields: [field("@id", { kind: "text" })] }]
  test("stand in the element around them; another element is one record that is none", async () => {
    expect(await read(`<rows><row id="1"/><col/><row id="2"/><row/></rows>`, form, of)).toEqual([
      { "@id": "1" },
      "2!WRONG_DOCUMENT line 1",
      { "@id": "2" },
      {},
    ])
    expect(await read(`<row id="1"/>`, form, of)).toEqual([{ "@id": "1" }])
    expect(await read("<rows/>", form, of)).toEqual([])
  })
})

describe("what is written is read back", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", " ", "\n", "\r", "\t", "<", "&", ">", '"', "]]>", "ü", "😀"),
    minLength: 1,
  })
  const word = fc.constantFrom("EUR", "2026-03-31")
  const record = fc.record(
    {
      "cbc:ID": text,
      "cbc:IssueDate": word,
      "cbc:Note": fc.array(text, { minLength: 1 }),
      "cac:InvoiceLine": fc.array(
        fc.record(
          {
            "cbc:ID": text,
            "cbc:LineExtensionAmount": fc.record({
              "@currencyID": word,
              "#text": fc.constantFrom("1.50", "-12345678901234567890.00"),
            }),
          },
          { requiredKeys: [] },
        ),
        { minLength: 1 },
      ),
      "cac:Delivery": fc.record({ "cbc:ActualDeliveryDate": word }),
      "cbc:CopyIndicator": fc.boolean(),
      "cbc:LineCountNumeric": fc.integer(),
    },
    { requiredKeys: [] },
  )
  test.each([ubl, { ...ubl, list: "cac:All" }])("with the list %#", async form => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: form.list === null ? 1 : 4 }),
        async records => {
          const { before, after } = xmlFrame(form)
          const parts = records.map(one => writeXmlRecord(one, form, shapes))
          const written = `${before}${parts.map(part => ("text" in part ? part.text : "")).join("")}${after}`
          expect(await read(written, form)).toEqual(records)
        },
      ),
      { numRuns: 300 },
    )
  })
  test("a character XML has not is told with its field", () => {
    for (const sign of ["\u0001", "\ud800", "\ufffe"]) {
      const written = writeXmlRecord({ "cac:InvoiceLine": [{}, { "cbc:ID": `a${sign}` }] }, ubl, shapes)
      expect(written).toMatchObject({ problem: { code: "UNWRITABLE", pointer: "/cac:InvoiceLine/1/cbc:ID" } })
    }
  })
})

test("requests and answers of Adaptive are read", async () => {
  const folder = join(import.meta.dirname, "../../../../shared/data/derived/train/adaptive")
  const of: readonly PayloadShape[] = [
    {
      fields: [
        field("@method", { kind: "text" }),
        field("@success", { kind: "word" }),
        field("sheet", { kind: "record", shape: 1 }),
        field("rowData", { kind: "record", shape: 2 }),
        field("messages", { kind: "list", of: { kind: "record", shape: 3 }, under: "message" }),
      ],
    },
    { fields: [field("@name", { kind: "text" }), field("@isUserAssigned", { kind: "flag" })] },
    {
      fields: [
        field("header", { kind: "text" }),
        field("rows", { kind: "list", of: { kind: "text" }, under: "row" }),
      ],
    },
    { fields: [field("@key", { kind: "word" }), field("#text", { kind: "text" })] },
  ]
  const root = (name: string): XmlTransport => ({ kind: "xml", root: name, list: null, namespaces: [] })
  const [call] = await read(readFileSync(join(folder, "importCubeData.request.xml")), root("call"), of)
  expect(call).toMatchObject({
    "@method": "importCubeData",
    sheet: { "@isUserAssigned": false, "@name": "Vendor Hours" },
    rowData: { header: "COLUMNS", rows: { row: ["VALUES"] } },
  })
  const [answer] = await read(readFileSync(join(folder, "error.response.xml")), root("response"), of)
  expect(answer).toEqual({
    "@success": "false",
    messages: {
      message: [
        {
          "@key": "error-authentication-failure",
          "@type": "ERROR",
          "#text": "The user name and password do not match.",
        },
      ],
    },
  })
})
