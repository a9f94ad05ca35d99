// Readers of rows take no more of a file than they need for the next row: what was read is let go, what follows is not yet there.
import { expect, test } from "vitest"
import {
  type PayloadShape,
  plainCsv,
  readCsvRecords,
  readJsonRecords,
  type WireNotice,
  type WireRecord,
  type WireSpec,
} from "../../../runtime/formats/wire/index.ts"

const shape: PayloadShape = { fields: [{ name: "id", holds: { kind: "text" } }] }
const odata = (kind: "odata2" | "odata4" | "netsuite"): WireSpec => ({
  contract: "Row",
  transport: { kind },
  shapes: [shape],
})
const item = (n: number): string => `${n === 0 ? "" : ","}{"id":"${n}"}`

const files: readonly [
  string,
  string,
  (n: number) => string,
  string,
  (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<WireRecord | WireNotice>,
][] = [
  ["CSV", "id\n", n => `"${n}"\n`, "", chunks => readCsvRecords(chunks, plainCsv, [shape])],
  ["OData V2", '{"d":{"results":[', item, "]}}", chunks => readJsonRecords(chunks, odata("odata2"))],
  ["OData V4", '{"value":[', item, "]}", chunks => readJsonRecords(chunks, odata("odata4"))],
  ["NetSuite", '{"items":[', item, "]}", chunks => readJsonRecords(chunks, odata("netsuite"))],
]
test.each(files)("%s gives a row when it is there", async (_name, before, row, after, read) => {
  const rows = 5_000
  let given = 0
  async function* chunks() {
    yield Buffer.from(before)
    for (; given < rows; given++) yield Buffer.from(row(given))
    yield Buffer.from(after)
  }
  let count = 0
  let ahead = 0
  for await (const record of read(chunks())) {
    expect(record).toMatchObject({ value: { id: String(count) } })
    count++
    ahead = Math.max(ahead, given - count)
  }
  expect(count).toBe(rows)
  expect(ahead).toBeLessThanOrEqual(2)
})
