// `fmap run` over documents of platforms: OData, NetSuite and XML in and out, and what is told of lists that go on elsewhere.
import { join } from "node:path"
import { expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { fakeTerminal } from "./fake-terminal.ts"
import { folderWith } from "./folder.ts"

const rules = `system Sap {
  wire odata2
}

record SapItem {
  Material    : text(40)
  NetAmount   : decimal(16,3)
}

contract SapOrder of Sap version 1.0.0 {
  SalesOrder  : text(10)
  OrderDate   : date
  TotalNet    : decimal(16,3)
  to_Item?    : SapItem[]
}

system NetSuite {
  wire netsuite
}

record Reference {
  id       : text(10)
  refName? : text(80)  computed
}

record NsLine {
  item   : Reference
  amount : decimal(16,2)
}

contract NsOrder of NetSuite version 1.0.0 {
  id         : text(10)
  tranDate   : date
  entity     : Reference
  total      : decimal(16,2)
  isBilled?  : bool  as "ordbilled"  wire "T"|"F"
  item?      : NsLine[]
}

system Ubl {
  wire xml(
    xmlns: "urn:oasis:names:specification:ubl:schema:xsd:{contract}-2",
    \`xmlns:cbc\`: "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    \`xmlns:cac\`: "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  )
}

record UblAmount {
  currency : currency  as "@currencyID"
  value    : decimal(16,2)  as "#text"
}

record UblTotal {
  payable : UblAmount  as "cbc:PayableAmount"
}

record UblLine {
  id     : text(10)  as "cbc:ID"
  amount : UblAmount  as "cbc:LineExtensionAmount"
}

contract Invoice of Ubl version 1.0.0 {
  id        : text(20)  as "cbc:ID"
  issueDate : date  as "cbc:IssueDate"
  notes?    : text(80)[]  as "cbc:Note"
  total     : UblTotal  as "cac:LegalMonetaryTotal"
  lines     : UblLine[1..]  as "cac:InvoiceLine"
}

contract Bill version 1.0.0 {
  id       : text(20)
  day      : date
  notes?   : text(80)[]
  currency : currency
  total    : decimal(16,2)
  lines    : BillLine[1..]
}

record BillLine {
  id     : text(10)
  amount : decimal(16,2)
}

map Order version 1.0.0
  from s: SapOrder
  to   n: NsOrder
{
  id       = s.SalesOrder
  tranDate = s.OrderDate
  entity   = { id = "7" }
  total    = round(s.TotalNet, 2, exact) else reject PARTS
  item     = each s.to_Item as i { item = { id = "1" }, amount = round(i.NetAmount, 2, exact) else reject PARTS, ignore i.Material because "a test" }
  leave isBilled because "a test"
}

map Known version 1.0.0
  from n: NsOrder
  to   s: SapOrder
{
  SalesOrder = n.id
  OrderDate  = n.tranDate
  TotalNet   = n.total
  leave to_Item because "a test"
  ignore n.item because "a test"
}

map Read version 1.0.0
  from i: Invoice
  to   b: Bill
{
  id       = i.id
  day      = i.issueDate
  notes    = i.notes
  currency = i.total.payable.currency
  total    = i.total.payable.value
  lines    = each i.lines as l { id = l.id, amount = l.amount.value }
}

map Write version 1.0.0
  from b: Bill
  to   i: Invoice
{
  id        = b.id
  issueDate = b.day
  notes     = b.notes
  total     = { payable = { currency = b.currency, value = b.total } }
  lines     = each b.lines as l { id = l.id, amount = { currency = b.currency, value = l.amount } }
}
`
const sap = (id: string, more = "") =>
  `{"__metadata":{"uri":"x"},"SalesOrder":"${id}","OrderDate":"/Date(1774915200000)/","TotalNet":"39.950"${more}}`
const invoice = `<?xml version="1.0" encoding="UTF-8"?>
<i:Invoice xmlns:i="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
  xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
  xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
  <b:ID>F-1</b:ID>
  <b:IssueDate>2026-03-31</b:IssueDate>
  <b:Note>one &amp; only</b:Note>
  <a:AccountingSupplierParty><a:Party/></a:AccountingSupplierParty>
  <a:InvoiceLine><b:ID>1</b:ID><b:LineExtensionAmount currencyID="EUR">1273</b:LineExtensionAmount></a:InvoiceLine>
  <a:LegalMonetaryTotal><b:PayableAmount currencyID="EUR">1273.00</b:PayableAmount></a:LegalMonetaryTotal>
</i:Invoice>
`

async function run(words: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const folder = folderWith({ "fmap.json": "{}", "main.fmap": rules, ...files })
  const terminal = fakeTerminal(folder, {})
  const code = await runCommandLine(["run", ...words], terminal)
  return { code, ...terminal.written }
}

test("OData V2: a page of orders, links and dates; the next page is told", async () => {
  const page = `{"d":{"results":[${sap("1", ',"to_Item":{"__deferred":{"uri":"x"}}')},\n${sap("2", ',"to_Item":{"results":[{"Material":"M","NetAmount":"1.500"}]}')},\n${sap("3", ',"to_Item":{"results":[],"__next":"x"}')}],"__next":"https://x"}}`
  const { code, out, comment } = await run(["Order", "page.json"], { "page.json": page })
  expect(out).toBe(
    '{"id":"1","tranDate":"2026-03-31","entity":{"id":"7"},"total":39.95}\n{"id":"2","tranDate":"2026-03-31","entity":{"id":"7"},"total":39.95,"item":{"items":[{"item":{"id":"1"},"amount":1.5}]}}\n',
  )
  expect(comment).toContain(
    "record 3: reject INCOMPLETE_LIST at s/to_Item: The list goes on in another document",
  )
  expect(comment).toContain("(line 3)")
  expect(comment).toContain(
    "run: warn INCOMPLETE_LIST at s: The list goes on in another document, which was not read.",
  )
  expect(code).toBe(3)
})

test("a list in the envelope of the target", async () => {
  const { code, out } = await run(["Order", "page.json", "-f", "netsuite"], {
    "page.json": `{"d":${sap("1")}}`,
  })
  expect(JSON.parse(out)).toEqual({
    items: [{ id: "1", tranDate: "2026-03-31", entity: { id: "7" }, total: 39.95 }],
    hasMore: false,
  })
  expect(code).toBe(0)
})

test("a real NetSuite order becomes the body of an OData request", async () => {
  const file = join(import.meta.dirname, "../../../shared/data/derived/train/netsuite/salesOrder.GET.json")
  const { code, out, comment } = await run(["Known", file])
  expect(comment).toBe("Known: 1 record: 1 done, 0 held, 0 rejected.\n")
  expect(out).toBe('{"SalesOrder":"18","OrderDate":"/Date(1595980800000)/","TotalNet":"39.950"}\n')
  expect(code).toBe(0)
})

test("an invoice of UBL is read and written", async () => {
  const read = await run(["Read", "invoice.xml"], { "invoice.xml": invoice })
  expect(read.out).toBe(
    '{"id":"F-1","day":"2026-03-31","notes":["one & only"],"currency":"EUR","total":"1273.00","lines":[{"id":"1","amount":"1273.00"}]}\n',
  )
  expect(read.code).toBe(0)
  const written = await run(["Write", "bill.json"], { "bill.json": read.out })
  expect(written.comment).toBe("Write: 1 record: 1 done, 0 held, 0 rejected.\n")
  expect(written.out).toContain('<cbc:PayableAmount currencyID="EUR">1273.00</cbc:PayableAmount>')
  expect((await run(["Read", "again.xml"], { "again.xml": written.out })).out).toBe(read.out)
})

test("a document of XML holds one record unless the system names the element around several", async () => {
  const bill =
    '{"id":"1","day":"2026-03-31","currency":"EUR","total":"1.00","lines":[{"id":"1","amount":"1.00"}]}\n'
  const { code, out, comment } = await run(["Write", "bills.ndjson"], { "bills.ndjson": bill + bill })
  expect(out.match(/<Invoice/gu)).toHaveLength(1)
  expect(comment).toContain("record 2: reject UNWRITABLE at i: A document of XML holds one record")
  expect(code).toBe(3)
})

test("a document that is another one is told", async () => {
  const { code, comment } = await run(["Read", "error.xml"], { "error.xml": "<error>no</error>" })
  expect(comment).toContain(
    "record 1: reject WRONG_DOCUMENT at i: Expected the element Invoice, found another called error. (line 1)",
  )
  expect(code).toBe(3)
})
