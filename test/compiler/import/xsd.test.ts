// XML Schemas in the shape of UBL's: several files, amounts with their currency beside them, inheritance, choices; and what is refused.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { payloadValidator, wireSpec } from "@fmap/compiler"
import { readXmlRecords } from "@fmap/runtime/formats/xml"
import { Ajv2020 } from "ajv/dist/2020.js"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { schemaOf } from "../../../compiler/emit/json-schema/index.ts"
import { compiled } from "./compiled.ts"
import { fieldOf, imported, importedOnly, importedText } from "./imported-text.ts"

const folder = join(import.meta.dirname, "fixtures/ubl-shaped")
const beside = Object.fromEntries(
  readdirSync(join(folder, "common")).map(name => [
    `common/${name}`,
    readFileSync(join(folder, "common", name), "utf8"),
  ]),
)
const invoice = { name: "Invoice.xsd", text: readFileSync(join(folder, "Invoice.xsd"), "utf8"), beside }
const one = (body: string) => ({
  name: "one.xsd",
  text: `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${body}</xs:schema>`,
})

describe("documents in the shape of UBL's", () => {
  const from = importedOnly(invoice)
  const text = importedText(invoice)

  test("they compile, and the schema accepts what such a document holds", () => {
    const plan = compiled(text)
    const shape = plan.shapes.find(each => each.name === "Invoice")!
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schemaOf(shape, plan))
    const amount = (figure: string) => ({ "#text": figure, "@currencyID": "EUR" })
    const document = {
      "cbc:ID": { "#text": "F-1" },
      "cbc:IssueDate": "2026-03-31",
      "cbc:CopyIndicator": "false",
      SellerName: "Müller & Söhne",
      "cac:LegalMonetaryTotal": { "cbc:PayableAmount": amount("1250.50") },
      "cac:InvoiceLine": [
        {
          "@kind": "goods",
          "cbc:ID": { "#text": "1", "@schemeID": "line" },
          "cbc:InvoicedQuantity": { "#text": "2.5", "@unitCode": "KGM" },
          "cbc:LineExtensionAmount": amount("1250.50"),
          "cac:Item": { "cac:Code": "X" },
        },
      ],
    }
    validate(document)
    expect(validate.errors).toBeNull()
    expect(validate({ ...document, "cac:InvoiceLine": [] })).toBe(false)
  })

  test("a document that somebody else wrote, with prefixes of its own, is read and right at the door", async () => {
    const document = `<?xml version="1.0"?>
<i:Invoice xmlns:i="urn:example:xsd:Invoice-2" xmlns:a="urn:example:xsd:Aggregates-2" xmlns:b="urn:example:xsd:Basics-2">
  <b:ID schemeID="own">F-1</b:ID><b:IssueDate>2026-03-31</b:IssueDate><b:CopyIndicator>false</b:CopyIndicator>
  <a:LegalMonetaryTotal><b:PayableAmount currencyID="EUR">1250.50</b:PayableAmount></a:LegalMonetaryTotal>
  <a:InvoiceLine kind="goods"><b:ID>1</b:ID><b:InvoicedQuantity unitCode="KGM">2.5</b:InvoicedQuantity>
    <b:LineExtensionAmount currencyID="EUR">1250.50</b:LineExtensionAmount><a:Item><a:Code>X</a:Code></a:Item></a:InvoiceLine>
</i:Invoice>`
    const plan = compiled(text)
    const { transport, shapes } = wireSpec(plan, "Invoice")
    if (transport?.kind !== "xml") throw new Error("it travels as XML")
    const chunks = (async function* () {
      yield new TextEncoder().encode(document)
    })()
    const records = []
    for await (const record of readXmlRecords(chunks, transport, shapes)) records.push(record)
    expect(records).toMatchObject([{ value: { "cac:InvoiceLine": [{ "@kind": "goods" }] } }])
    const [record] = records
    const result = payloadValidator(
      plan,
      "Invoice",
    )(record !== undefined && "value" in record ? record.value : null)
    expect(result).toMatchObject({ status: "done" })
  })

  test("an amount is in the currency beside it, a quantity in its unit", () => {
    expect(fieldOf(from, "AmountType", "#text").type).toEqual({
      kind: "money",
      precision: 18,
      scale: 2,
      unit: { kind: "field", wireName: "@currencyID" },
    })
    expect(fieldOf(from, "AmountType", "@currencyID")).toMatchObject({
      type: { kind: "currency" },
      optional: false,
    })
    expect(fieldOf(from, "QuantityType", "#text").type).toMatchObject({ kind: "quantity" })
  })

  test("cardinalities, facets, what is inherited, what stands inside an element", () => {
    expect(fieldOf(from, "Invoice", "cbc:Note")).toMatchObject({
      type: { kind: "list", min: null, max: null },
      optional: true,
    })
    expect(fieldOf(from, "Invoice", "cac:InvoiceLine")).toMatchObject({
      type: { min: 1, max: null },
      optional: false,
    })
    expect(fieldOf(from, "PartyType", "cac:Name").type).toMatchObject({ min: 1, max: 2 })
    expect(fieldOf(from, "Invoice", "cbc:DocumentCurrencyCode").type).toMatchObject({
      min: 3,
      max: 3,
      pattern: "[A-Z]{3}",
    })
    expect(fieldOf(from, "InvoiceLineType Item", "cbc:Percent").type).toMatchObject({
      precision: 5,
      scale: 2,
      min: "0",
      max: "100",
      exclusive: "max",
    })
    expect(fieldOf(from, "InvoiceLineType", "@kind").type).toMatchObject({ kind: "enum" })
    expect(fieldOf(from, "Invoice", "cbc:ID").docs).toEqual(["The number of the invoice."])
  })

  test("choices and circles are told; the system says how its documents travel", () => {
    const told = from.notes.map(({ at, message }) => `${at}: ${message}`).join("\n")
    expect(fieldOf(from, "Invoice", "SellerName").optional).toBe(true)
    expect(told).toMatch(/Invoice: One of cac:SellerParty, SellerName/u)
    expect(told).toMatch(/InvoiceLineType\.cac:SubLine: .*would hold itself/u)
    expect(told).toMatch(/InvoiceLineType\.cac:SubLine: .*no place in XML/u)
    expect(text).toContain('`xmlns:cbc`: "urn:example:xsd:Basics-2"')
    expect(text).toContain('xmlns: "urn:example:xsd:Invoice-2"')
  })

  test("a file that is not there is told, and what it declares is left out", () => {
    const { "common/Aggregates.xsd": _gone, ...rest } = beside
    const without = importedOnly({ ...invoice, beside: rest })
    expect(() => fieldOf(without, "Invoice", "cac:InvoiceLine")).toThrow()
    expect(without.notes.map(({ message }) => message).join("\n")).toMatch(
      /"common\/Aggregates\.xsd", which is not at hand/u,
    )
    compiled(importedText({ ...invoice, beside: rest }))
  })
})

test.each([
  ["an address", "https://example.org/a.xsd", /is an address, and nothing is fetched/u],
  ["an absolute path", "/etc/passwd", /is an address/u],
  ["a file above the folder", "../../secret.xsd", /is not at hand/u],
])("%s is never read", (_name, location, message) => {
  const asked: string[] = []
  const result = importedOnly({
    ...one(
      `<xs:import namespace="urn:b" schemaLocation="${location}"/><xs:element name="A"><xs:complexType><xs:attribute name="x"/></xs:complexType></xs:element>`,
    ),
    beside: new Proxy({}, { getOwnPropertyDescriptor: (_target, path) => void asked.push(String(path)) }),
  })
  expect(asked.filter(path => !path.startsWith(".."))).toEqual([])
  expect(result.notes.map(note => note.message).join("\n")).toMatch(message)
})

describe("what else a schema says", () => {
  const field = (type: string, more = "") =>
    fieldOf(
      importedOnly(
        one(
          `<xs:element name="A"><xs:complexType><xs:sequence><xs:element name="f" ${type}>${more}</xs:element></xs:sequence></xs:complexType></xs:element>`,
        ),
      ),
      "A",
      "f",
    )
  test.each([
    [`type="xs:boolean"`, "", { kind: "bool" }],
    [`type="xs:unsignedByte"`, "", { kind: "int", min: "0", max: "255" }],
    [`type="xs:date"`, "", { kind: "date" }],
    [`type="xs:dateTime"`, "", { kind: "text" }],
    [`type="xs:double"`, "", { kind: "text" }],
    ["", `<xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType>`, { kind: "text" }],
    [
      "",
      `<xs:simpleType><xs:restriction base="xs:integer"><xs:minInclusive value="3"/></xs:restriction></xs:simpleType>`,
      { kind: "int", min: "3" },
    ],
  ])("%s %s", (type, more, wanted) => expect(field(type, more).type).toMatchObject(wanted))

  test.each([`type="xs:anyType"`, `type="Nowhere"`])("%s has no place in XML and is told", type => {
    const body = `<xs:element name="A"><xs:complexType><xs:sequence><xs:element name="f" ${type}/><xs:element name="g" type="xs:string"/></xs:sequence></xs:complexType></xs:element>`
    const from = importedOnly(one(body))
    expect(() => fieldOf(from, "A", "f")).toThrow()
    expect(from.notes.filter(({ at }) => at === "A.f").map(({ kind }) => kind)).toEqual([
      "widened",
      "dropped",
    ])
  })

  test("an element that stands twice is a list; names of Object.prototype are names", () => {
    const from = importedOnly(
      one(
        `<xs:element name="A"><xs:complexType><xs:sequence><xs:element name="__proto__" type="xs:string"/><xs:element name="b" type="xs:string"/><xs:element name="__proto__" type="xs:string"/></xs:sequence></xs:complexType></xs:element>`,
      ),
    )
    expect(fieldOf(from, "A", "__proto__").type.kind).toBe("list")
  })

  test("types that extend each other in a circle end", () => {
    compiled(
      importedText(
        one(
          `<xs:element name="A" type="T"/><xs:complexType name="T"><xs:complexContent><xs:extension base="U"><xs:attribute name="a"/></xs:extension></xs:complexContent></xs:complexType><xs:complexType name="U"><xs:complexContent><xs:extension base="T"/></xs:complexContent></xs:complexType>`,
        ),
      ),
    )
  })

  test.each([
    ["another root", "<a/>", /not <xs:schema>/u],
    ["another namespace", `<schema xmlns="urn:x"/>`, /namespace "urn:x"/u],
    ["a DTD", `<!DOCTYPE a><a/>`, /DTD/u],
  ])("%s is refused", (_name, text, message) => {
    const problem = imported({ name: "x.xsd", text, format: "xsd" })
    expect(problem).toMatchObject({ at: "x.xsd", line: 1, message: expect.stringMatching(message) })
  })
})

test("a schema with one place broken imports or says what is wrong", () => {
  const texts = { "Invoice.xsd": invoice.text, ...beside }
  const words = [
    ...new Set(
      Object.values(texts)
        .join(" ")
        .match(/[\w:.]+/gu) ?? [],
    ),
  ]
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(texts)), fc.nat(), fc.nat(), (name, from, to) => {
      const text = texts[name as keyof typeof texts] ?? ""
      const all = [...text.matchAll(/[\w:.]+/gu)]
      const found = all[from % all.length]!
      const broken =
        text.slice(0, found.index) + words[to % words.length] + text.slice(found.index + found[0].length)
      const sources = {
        name: "Invoice.xsd",
        text: name === "Invoice.xsd" ? broken : invoice.text,
        beside: { ...beside, [name]: broken },
        format: "xsd" as const,
      }
      const result = imported(sources)
      if ("declarations" in result) compiled(importedText(sources))
      else expect(result.message).toMatch(/\.$/u)
    }),
    { numRuns: 150 },
  )
})
