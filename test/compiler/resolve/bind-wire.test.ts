// The `wire` clause of a system: what each profile presumes of values, how its documents travel, and what is refused.
import { compile, memoryHost, type Plan } from "@fmap/compiler"
import { expect, test } from "vitest"

const fields = `{
  id      : text(10)
  day     : date
  at      : instant
  amount  : decimal(12,2)
  count   : int
  isPaid  : bool
}`
function compiled(wire: string, more = fields) {
  const text = `system S {\n  wire ${wire}\n}\n\ncontract Order of S version 1.0.0 ${more}\n`
  const { plan, diagnostics } = compile(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"], {
    emit: {},
  })
  return { plan, codes: diagnostics.map(one => `${one.code} ${one.message}`) }
}
function formsOf(plan: Plan | null): string {
  const contract = plan?.shapes.find(shape => shape.name === "Order")
  return (contract?.fields ?? [])
    .map(({ type }) => ("wire" in type ? JSON.stringify(type.wire).replaceAll('"', "") : type.kind))
    .join(" ")
}

test.each([
  ["json", "plain iso iso text number json"],
  ["ndjson(decimal: number)", "plain iso iso number number json"],
  ["odata2", "plain odata2 odata2 text number json"],
  ["odata2(int: text)", "plain odata2 odata2 text text json"],
  ["odata4", "plain iso iso number number json"],
  ["odata4(decimal: text)", "plain iso iso text number json"],
  ["netsuite", "plain iso iso number number json"],
  ['netsuite(bool: "T|F")', "plain iso iso number number {true:T,false:F}"],
  ["csv", "plain iso iso text text {true:true,false:false}"],
  [
    'csv(date: "dd.MM.yyyy", instant: epoch)',
    "plain {pattern:dd.MM.yyyy} {epoch:ms} text text {true:true,false:false}",
  ],
  ["xml", "plain iso iso text text {true:true,false:false}"],
])("wire %s presumes", (wire, wanted) => {
  const { plan, codes } = compiled(wire)
  expect(codes).toEqual([])
  expect(formsOf(plan)).toBe(wanted)
})

test.each([
  ["json", "[]", null],
  ["odata2", '{"under":"results"}', "odata2"],
  ["netsuite", '{"under":"items"}', "netsuite"],
  ["odata4", '"array"', "odata4"],
])("rows of %s stand", (wire, rows, kind) => {
  const text = `system S {\n  wire ${wire}\n}\n\nrecord Line {\n  sku : text(10)\n}\n\ncontract Order of S version 1.0.0 {\n  a : Line[]\n  b : Line[]  wire array\n  c : text(4)[]\n}\n`
  const { plan, diagnostics } = compile(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"], {
    emit: {},
  })
  expect(diagnostics).toEqual([])
  const contract = plan?.shapes.find(shape => shape.name === "Order")
  const forms = contract?.fields.map(({ type }) => ("wire" in type ? JSON.stringify(type.wire) : ""))
  expect(forms).toEqual([rows === "[]" ? '"array"' : rows, '"array"', '"array"'])
  expect(contract?.contract?.transport?.kind ?? null).toBe(kind)
})

test("the transport stands in the Plan, with the contract's name where a hole says so", () => {
  const csv = compiled(
    'csv(delimiter: tab, quote: none, header: no, encoding: "windows-1252", decimal: comma, grouping: ".")',
  )
  expect(csv.codes).toEqual([])
  expect(csv.plan?.shapes[0]?.contract?.transport).toEqual({
    kind: "csv",
    delimiter: "\t",
    quote: null,
    header: false,
    encoding: "windows-1252",
    decimal: "comma",
    grouping: ".",
  })
  const xml = compiled(
    'xml(root: "x:{contract}", list: "All", xmlns: "urn:{contract}-2", `xmlns:x`: "urn:x")',
  )
  expect(xml.codes).toEqual([])
  expect(xml.plan?.shapes[0]?.contract?.transport).toEqual({
    kind: "xml",
    root: "x:Order",
    list: "All",
    namespaces: [
      { prefix: "", uri: "urn:Order-2" },
      { prefix: "x", uri: "urn:x" },
    ],
  })
})

test.each([
  ["jsn", 'FM6102 "wire" cannot be "jsn"'],
  ["csv(delimiter: semicolon)", "FM6501"],
  ['csv(delimiter: "ä")', "FM6501"],
  ['csv(delimiter: "a")', "FM6501"],
  ['csv(delimiter: "\\"")', "FM6501"],
  ['csv(decimal: comma, grouping: ",")', "FM6501"],
  ["csv(quote: none, decimal: comma)", "FM6501"],
  ['csv(encoding: "utf-7")', "FM6102"],
  ["csv(header: maybe)", "FM6102"],
  ["csv(decimal: number)", "FM6102"],
  ["csv(int: text)", "FM6103"],
  ['csv(bool: "T")', "FM6501"],
  ['csv(bool: "T|T")', "FM6501"],
  ['csv(date: "XX")', "FM6501"],
  ["csv(header: no, header: yes)", "FM6106"],
  ['csv(delimiter: "{contract}")', "FM6501"],
  ['xml(root: "a b")', "FM6501"],
  ['xml(root: "x:a")', "FM6501"],
  ['xml(root: "{other}")', "FM6501"],
  ["xml(root: Order)", "FM6501"],
  ['xml(`xmlns:1`: "urn:x")', "FM6103"],
  ["odata2(delimiter: tab)", "FM6103"],
])("wire %s is refused", (wire, wanted) => {
  const [first, ...others] = compiled(wire).codes
  expect(others).toEqual([])
  expect(first?.slice(0, wanted.length)).toBe(wanted)
})

test.each([
  ["csv", "lines : text(4)[]", ["FM6502"]],
  ["csv", 'lines : text(4)[]  wire joined ", "', []],
  ["csv", "line : Line", ["FM6502"]],
  ["csv", "line : json", ["FM6502"]],
  ["csv", "lines : {[text]: text(4)}", ["FM6502"]],
  ["xml", "lines : Line[]", []],
  ["xml", "line : json", ["FM6502"]],
  ["xml", 'line : text(4)  as "a:b"', ["FM6503"]],
  ["xml", 'line : text(4)  as "a b"', ["FM6503"]],
  ["xml", 'line : Line  as "@line"', ["FM6503"]],
  ["xml", 'line : text(4)  as "#text"', []],
  ["xml", "line : Deep", ["FM6502"]],
])("of %s the field %s gives %j", (wire, one, wanted) => {
  const text = `system S {\n  wire ${wire}\n}\n\nrecord Line {\n  sku : text(10)\n}\n\nrecord Deep {\n  any : json\n}\n\ncontract Order of S version 1.0.0 {\n  ${one}\n}\n`
  const { diagnostics } = compile(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"], { emit: {} })
  expect(diagnostics.map(found => found.code)).toEqual(wanted)
})
