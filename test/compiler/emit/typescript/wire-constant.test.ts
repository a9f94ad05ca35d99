// What an emitted module says about the documents of a contract, in the hands of a service: bytes in, records of the contract out.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { compile, memoryHost } from "@fmap/compiler"
import { readXmlRecords } from "@fmap/runtime/formats/xml"
import {
  readCsvRecords,
  readJsonRecords,
  type WireNotice,
  type WireRecord,
  type WireSpec,
} from "@fmap/runtime/wire"
import { afterAll, beforeAll, expect, test } from "vitest"
import { type EmittedModules, emittedModules } from "../../../conformance/emitted-modules.ts"

let modules: EmittedModules
beforeAll(async () => {
  modules = await emittedModules()
})
afterAll(() => modules.remove())

function read(
  bytes: Uint8Array,
  { transport, shapes, contract }: WireSpec,
): AsyncIterable<WireRecord | WireNotice> {
  if (transport?.kind === "csv") return readCsvRecords([bytes], transport, shapes)
  if (transport?.kind === "xml") return readXmlRecords([bytes], transport, shapes)
  return readJsonRecords([bytes], { transport, shapes, contract })
}

const item = '{"__metadata":{},"Material":"M","NetAmount":"1.500"}'
test.each([
  ["csv", "InWire", "day;count;amount;paid;tags\n31.03.2026;7;1234,5;ja;a+b\n"],
  [
    "xml",
    "InvoiceWire",
    `<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
      xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
      xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2">
      <b:ID>F-1</b:ID><b:CopyIndicator>false</b:CopyIndicator><b:Note>a</b:Note>
      <a:InvoiceLine><b:ID>1</b:ID><b:LineExtensionAmount currencyID="EUR">1273</b:LineExtensionAmount></a:InvoiceLine>
    </Invoice>`,
  ],
  [
    "odata2",
    "InWire",
    `{"d":{"results":[{"__metadata":{},"OrderDate":"/Date(1774915200000)/","Count":"12345678901234567890","IsOpen":"X","to_Item":{"results":[${item}]},"Tags":["a"]}]}}`,
  ],
])("of %s", async (name, constant, text) => {
  const folder = join(import.meta.dirname, "../../../../specs/conformance/wire-profiles", name)
  const source = readFileSync(join(folder, "main.fmap"), "utf8")
  const { files } = compile(memoryHost(new Map([["main.fmap", source]])), ["main.fmap"], {
    emit: { typescript: true },
  })
  const module = await modules.load(name, files, "main.js")
  const run = module.m as (input: object) => { readonly status: string; readonly value: unknown }
  const found: unknown[] = []
  for await (const record of read(Buffer.from(text), module[constant] as WireSpec))
    found.push("value" in record ? run({ i: record.value }) : record)
  const [{ expect: wanted }] = JSON.parse(readFileSync(join(folder, "case.json"), "utf8")).runs as [
    { readonly expect: { readonly value: object } },
  ]
  expect(found).toMatchObject([{ status: "done" }])
  const plain = JSON.parse(JSON.stringify((found[0] as { readonly value: unknown }).value)) as unknown
  expect(plain).toEqual(wanted.value)
})
