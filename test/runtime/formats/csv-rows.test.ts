// Rows of CSV out of bytes: quotes, encodings, line numbers, and that a broken row costs one line. An independent reader judges what is well formed.
import { parse } from "csv-parse/sync"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  type CsvTransport,
  csvBeginning,
  type Encoding,
  type PayloadShape,
  plainCsv,
  readCsvRecords,
  splitCsv,
  type WireRecord,
  writeCsvRecord,
} from "../../../runtime/formats/wire/index.ts"

async function* chunks(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function rows(bytes: Uint8Array, form: Partial<CsvTransport>, size: number, limit?: number) {
  const found: string[] = []
  for await (const row of splitCsv(chunks(bytes, size), { ...plainCsv, ...form }, limit))
    found.push(`${row.line}${"cells" in row ? `=${row.cells.join("|")}` : `!${row.problem.code}`}`)
  return found.join(" ")
}

const cases: readonly [string, string | Uint8Array, Partial<CsvTransport>, string][] = [
  ["rows", "a,b\nc,d\n", {}, "1=a|b 2=c|d"],
  ["CRLF and no end", "a,b\r\nc,d", {}, "1=a|b 2=c|d"],
  ["empty lines and lines of blanks", "a\n\n  \r\nb", {}, "1=a 4=b"],
  ["empty cells", ",a,\n,\n", {}, "1=|a| 2=|"],
  ["a quoted cell", `"a,""b""\nc",d\ne,f\n`, {}, `1=a,"b"\nc|d 3=e|f`],
  ["a quoted cell at the end", `a,"b"`, {}, "1=a|b"],
  ["an empty quoted cell", `""\n"",""\n`, {}, "1= 2=|"],
  ["a byte order mark before a quote", `\ufeff"a",b\n`, {}, "1=a|b"],
  ["semicolons", `a;"b;c"\n`, { delimiter: ";" }, "1=a|b;c"],
  ["tabs, and rows of them", "a\tb\n\t\n", { delimiter: "\t" }, "1=a|b 2=|"],
  ["no quotes at all", `a,"b\n`, { quote: null }, `1=a|"b`],
  ["another quote", `'a,''b','c'\n`, { quote: "'" }, "1=a,'b|c"],
  ["a quote inside a cell", `a,5" pipe\nb,c\n`, {}, "1!BAD_CSV 2=b|c"],
  ["text behind a closing quote", `"a"b,c\nd,e\n`, {}, "1!BAD_CSV 2=d|e"],
  ["a quote that never closes costs its line", `a,"b\nc,d\ne,f\n`, {}, "1!BAD_CSV 2=c|d 3=e|f"],
  ["and the last line, too", `a,b\nc,"d`, {}, "1=a|b 2!BAD_CSV"],
  ["a quote that closes in another row", `a,"b\nc,"d"\ne,f\n`, {}, "1!BAD_CSV 2=c|d 3=e|f"],
  ["a CR inside a cell", `a\rb,"c\rd"\n`, {}, "1=a\rb|c\rd"],
  ["a lone CR behind a quote", `"a"\rb\nc\n`, {}, "1!BAD_CSV 2=c"],
  ["NUL", "a\0b\nc\n", {}, "1!BAD_CSV 2=c"],
  ["not UTF-8", Buffer.from([0x61, 0xfc, 0x0a, 0x62, 0x0a]), {}, "1!BAD_UTF8 2=b"],
  ["latin1", Buffer.from([0xfc, 0x2c, 0x80, 0x0a]), { encoding: "latin1" }, "1=ü|\u0080"],
  ["windows-1252", Buffer.from([0x80, 0x2c, 0x96, 0x0a]), { encoding: "windows-1252" }, "1=€|–"],
  [
    "a byte that means nothing",
    Buffer.from([0x81, 0x0a, 0x61, 0x0a]),
    { encoding: "windows-1252" },
    "1!BAD_ENCODING 2=a",
  ],
  ["UTF-16 with its mark", Buffer.from("\ufeffä,😀\nb,c", "utf16le"), { encoding: "utf-16" }, "1=ä|😀 2=b|c"],
  ["UTF-16, big endian", Buffer.from("\ufeffä,b\n", "utf16le").swap16(), { encoding: "utf-16" }, "1=ä|b"],
  ["half of a pair", Buffer.from("a\ud800\nb\n", "utf16le"), { encoding: "utf-16" }, "1!BAD_ENCODING 2=b"],
  ["nothing", "", {}, ""],
]
test.each(cases)("%s", async (_name, text, form, wanted) => {
  const bytes = typeof text === "string" ? Buffer.from(text, "utf8") : text
  for (const size of [1, 2, 7, 1000]) expect(await rows(bytes, form, size)).toBe(wanted)
})

test("a row that is too long costs itself, and takes no memory", async () => {
  const text = `a,b\n${"x".repeat(300)}\nc,d\n"${"y\n".repeat(100)}`
  for (const size of [1, 7, 1000]) {
    const found = await rows(Buffer.from(text), {}, size, 100)
    expect(found).toMatch(/^1=a\|b 2(?:!BAD_CSV|=x+) 3=c\|d 4!BAD_CSV 5=y/u)
  }
})

const cell = fc.string({
  unit: fc.constantFrom("a", "1", ",", ";", '"', " ", "\n", "\r\n", "ü", "€"),
  maxLength: 6,
})
/** Rows as many programs write them; quotes only where they must be, or everywhere. */
const written = fc
  .record({
    cells: fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 8 }),
    all: fc.boolean(),
  })
  .map(({ cells, all }) =>
    cells
      .map(row =>
        row.map(text => (all || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(","),
      )
      .join("\r\n"),
  )

test("reads as csv-parse reads, whatever the chunks", async () => {
  await fc.assert(
    fc.asyncProperty(written, fc.integer({ min: 1, max: 20 }), async (text, size) => {
      const wanted = (
        parse(text, {
          relax_column_count: true,
          skip_empty_lines: true,
          record_delimiter: ["\r\n", "\n"],
        }) as string[][]
      ).filter(row => row.length > 1 || !/^[ \t]*$/.test(row[0] ?? ""))
      const found: (readonly string[])[] = []
      for await (const row of splitCsv(chunks(Buffer.from(text), size), plainCsv))
        found.push("cells" in row ? row.cells : [row.problem.code])
      expect(found).toEqual(wanted)
    }),
    { numRuns: 300 },
  )
})

test("as many rows or problems as there are lines, whatever stands there", async () => {
  const line = fc.string({ unit: fc.constantFrom("a", ",", '"', "ü"), minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      async (lines, size) => {
        const text = lines.join("\n")
        let count = 0
        let last = 0
        for await (const row of splitCsv(chunks(Buffer.from(text), size), plainCsv)) {
          expect(row.line).toBeGreaterThan(last)
          // a row of several lines is one with line ends in its cells
          count += 1 + ("cells" in row ? row.cells.join("").split("\n").length - 1 : 0)
          last = row.line
        }
        expect(count).toBe(lines.length)
      },
    ),
    { numRuns: 500 },
  )
})

const shape: PayloadShape = {
  fields: [
    { name: "name", holds: { kind: "text" } },
    { name: "amount", holds: { kind: "figure" } },
    { name: "count", holds: { kind: "number" } },
    { name: "__proto__", holds: { kind: "word" } },
    { name: "paid", holds: { kind: "flag" } },
  ],
}
async function records(text: string, form: Partial<CsvTransport> = {}, of = shape): Promise<WireRecord[]> {
  const found: WireRecord[] = []
  for await (const record of readCsvRecords([Buffer.from(text)], { ...plainCsv, ...form }, [of]))
    found.push(record)
  return found
}
const comma = { delimiter: ";", decimal: "comma", grouping: "." } as const

describe("records", () => {
  test("a header, absent cells, numbers and booleans, a name like any other", async () => {
    const [first, second, ...rest] = await records(
      "paid,__proto__,name,count,other\ntrue,x,,12345678901234567890,z\n,,N,x,\n",
    )
    expect(rest).toEqual([])
    expect(first).toMatchObject({ number: 1, line: 2, place: "line 2" })
    const value = first !== undefined && "value" in first ? (first.value as object) : {}
    expect(Object.entries(value).map(([name, of]) => `${name}=${of}`)).toEqual([
      "paid=true",
      "__proto__=x",
      "count=12345678901234567890",
      "other=z",
    ])
    expect(second).toMatchObject({ number: 2, value: { name: "N", count: "x" } })
  })
  test("without a header columns are the contract's fields", async () => {
    expect(await records("N,1.50,,,\n", { header: false })).toMatchObject([
      { value: { name: "N", amount: "1.50" } },
    ])
  })
  test.each([
    ["1.234.567,89", "1234567.89"],
    ["-0,5", "-0.5"],
    ["1234,5", "1234.5"],
    ["12", "12"],
    ["1.5", "BAD_NUMBER /amount"],
    ["12.34", "BAD_NUMBER /amount"],
    ["1,234.5", "BAD_NUMBER /amount"],
    ["1.234.56", "BAD_NUMBER /amount"],
    ["+1,5", "BAD_NUMBER /amount"],
    ["1,", "BAD_NUMBER /amount"],
  ])("%s with a decimal comma is %s", async (text, wanted) => {
    const [record] = await records(`name;amount\nN;${text}\n`, comma)
    const found =
      record === undefined
        ? ""
        : "problem" in record
          ? `${record.problem.code} ${record.problem.pointer}`
          : (record.value as { readonly amount: string }).amount
    expect(found).toBe(wanted)
  })
  test.each([
    ["two columns of one name", "a,a\n1,2\n", "1!BAD_HEADER"],
    ["a column without a name", "a,\n1,2\n", "1!BAD_HEADER"],
    ["no header", "", "1!BAD_HEADER"],
    ["a header that is none", `"a\n`, "1!BAD_CSV"],
    ["a row with a cell too few", "name,amount\na\nb,1\n", "1!RAGGED_ROW 2=b"],
    ["a row with a cell too many", "name,amount\na,1,\nb,1\n", "1!RAGGED_ROW 2=b"],
    ["a header and no rows", "name,amount\n", ""],
  ])("%s", async (_name, text, wanted) => {
    const found = await records(text)
    const outline = found.map(one =>
      "problem" in one
        ? `${one.number}!${one.problem.code}`
        : `${one.number}=${(one.value as { name: string }).name}`,
    )
    expect(outline.join(" ")).toBe(wanted)
  })
})

const encodings: readonly Encoding[] = ["utf-8", "utf-16", "latin1", "windows-1252"]
const figure = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.integer({ min: 0, max: 99 }))
  .map(([negative, whole, cents]) => `${negative ? "-" : ""}${whole}.${String(cents).padStart(2, "0")}`)
const anyForm: fc.Arbitrary<CsvTransport> = fc.record({
  kind: fc.constant("csv" as const),
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  quote: fc.constantFrom('"', "'"),
  header: fc.boolean(),
  encoding: fc.constantFrom(...encodings),
  decimal: fc.constantFrom("point" as const, "comma" as const),
  grouping: fc.constantFrom(null, " "),
})
const anyRecord = fc.record(
  {
    name: fc.string({
      unit: fc.constantFrom("a", " ", ",", ";", "\t", "|", '"', "'", "\n", "\r", "ü", "\ufeff", "€"),
      minLength: 1,
    }),
    amount: figure,
    count: fc.integer(),
    paid: fc.boolean(),
  },
  { requiredKeys: [] },
)

test("what is written is read back, or told to be unwritable", async () => {
  await fc.assert(
    fc.asyncProperty(anyForm, fc.array(anyRecord), async (form, values) => {
      const parts = [
        csvBeginning(form, [shape]),
        ...values.map(value => writeCsvRecord(value, form, [shape])),
      ]
      const bytes = Buffer.concat(parts.flatMap(part => ("bytes" in part ? [part.bytes] : [])))
      const kept = values.filter((_, i) => "bytes" in (parts[i + 1] ?? {}))
      if (form.encoding.startsWith("utf")) expect(kept).toEqual(values)
      else if (form.encoding === "latin1")
        expect(kept).toEqual(values.filter(v => !/[€\ufeff]/u.test(v.name ?? "")))
      const found: unknown[] = []
      for await (const record of readCsvRecords(chunks(bytes, 11), form, [shape]))
        found.push("value" in record ? record.value : record.problem)
      expect(found).toEqual(kept)
    }),
    { numRuns: 500 },
  )
})

describe("a contract that is a whole file", () => {
  const shapes: readonly PayloadShape[] = [
    { fields: [{ name: "rows", holds: { kind: "list", of: { kind: "record", shape: 1 }, under: null } }] },
    shape,
  ]
  async function fileOf(text: string): Promise<readonly WireRecord[]> {
    const found: WireRecord[] = []
    for await (const record of readCsvRecords([Buffer.from(text)], plainCsv, shapes)) found.push(record)
    return found
  }
  const names = shape.fields.map(field => field.name).join(",")

  test("is one record of all rows, whatever their number", async () => {
    for (const count of [0, 1, 3]) {
      const text = `${names}\n${`${",".repeat(shape.fields.length - 1)}\n`.repeat(count)}`
      expect(await fileOf(text)).toEqual([{ number: 1, place: "", value: { rows: Array(count).fill({}) } }])
    }
  })

  test("a row that cannot be read stands for the file, with its line", async () => {
    const [only, ...others] = await fileOf(`${names}\n${",".repeat(shape.fields.length - 1)}\na"b\n`)
    expect(others).toEqual([])
    expect(only).toMatchObject({ number: 1, line: 3, problem: { code: "BAD_CSV" } })
    expect(await fileOf("")).toMatchObject([{ problem: { code: "BAD_HEADER" } }])
  })

  test("is written as its rows, and a row that cannot be is named", async () => {
    const rows = [{ [names.split(",")[0] ?? ""]: "a" }, {}]
    const parts = [csvBeginning(plainCsv, shapes), writeCsvRecord({ rows }, plainCsv, shapes)]
    const bytes = Buffer.concat(parts.map(part => ("bytes" in part ? part.bytes : new Uint8Array())))
    expect(await fileOf(bytes.toString("utf8"))).toEqual([{ number: 1, place: "", value: { rows } }])
    expect(
      writeCsvRecord({ rows: [{}, { [names.split(",")[0] ?? ""]: "a\0" }] }, plainCsv, shapes),
    ).toMatchObject({
      problem: { code: "UNWRITABLE", pointer: `/rows/1/${names.split(",")[0]}` },
    })
  })
})
