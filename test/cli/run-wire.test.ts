// `fmap run` over files that are no JSON: formats told by name, by option and by the system, both ways, with lines in issues.
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { Readable } from "node:stream"
import { expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { fakeTerminal } from "./fake-terminal.ts"
import { folderWith } from "./folder.ts"

const rules = `system Bank {
  wire csv(delimiter: ";", decimal: comma, grouping: ".", encoding: "windows-1252", date: "dd.MM.yyyy")
}

contract Statement of Bank version 1.0.0 {
  booked   : date  as "Tag"
  currency : currency
  amount   : money(18,2) in currency  as "Betrag"
  memo?    : text(40)
}

system Erp {
  wire json(decimal: number)
}

contract Entry of Erp version 1.0.0 {
  day      : date
  currency : currency
  amount   : money(18,2) in currency
  memo?    : text(40)
}

contract Day of Erp version 1.0.0 {
  day : date
}

contract Sum version 1.0.0 {
  currency : currency
  amount   : money(20,2) in currency
}

map Book version 1.0.0
  from s: Statement
  to   e: Entry
{
  day      = s.booked
  currency = s.currency
  amount   = s.amount
  memo     = s.memo
}

map Tell version 1.0.0
  from e: Entry
  to   s: Statement
{
  booked   = e.day
  currency = e.currency
  amount   = e.amount
  memo     = e.memo
}

record Row {
  code    : text(9)
  parent? : text(9)
}

record Code {
  code : text(9)
}

contract Codes of Erp version 1.0.0 {
  codes : Code[1..]
}

contract CodeFile of Bank version 1.0.0 {
  rows : Row[1..]
}

map Write version 1.0.0
  from c: Codes
  to   f: CodeFile
{
  rows = each c.codes as row {
    code = row.code
    leave parent because "they stand alone"
  }
}

map Read version 1.0.0
  from f: CodeFile
  to   c: Codes
{
  codes = each f.rows as row { code = row.code }
}

map Sums version 1.0.0
  from each s: Statement, set known: Day
  to   sum: Sum
{
  currency = s.currency
  amount   = s.amount
  check count(known) == 2 else reject NOT_TWO
}
collect by currency
  sum        amount
  incomplete keep group
`
const statement =
  "Tag;currency;Betrag;memo\r\n31.03.2026;EUR;1.234,50;M\u00fcller \u20ac\r\n01.04.2026;EUR;1.5;\r\n02.04.2026;EUR;0,50;\r\n"
const bytes = Buffer.from(statement.replace("\u20ac", "\x80"), "latin1")

async function run(words: readonly string[], input?: Uint8Array) {
  const folder = folderWith({
    "fmap.json": "{}",
    "main.fmap": rules,
    "entries.csv": "day,currency,amount,memo\n2026-03-31,EUR,1234567890123456.50,\n2026-04-01,EUR,2,x\n",
    "codes.json": '{"codes":[{"code":"Ä"},{"code":"B;C"}]}',
    "codes.ndjson": '{"codes":[{"code":"A"}]}\n{"codes":[{"code":"B"}]}\n',
    "codes.csv": "parent;code\r\n;A\r\nA;B\r\n",
    "broken.csv": "parent;code\r\n;A\r\nA\r\n;B\r\n",
    "days.ndjson": '{"day":"2026-04-01"}\n{"day":"2026-04-02"}\n',
    "ragged.csv": "day,currency\n2026-03-31,EUR\n2026-03-31\n",
    "entries.ndjson":
      '{"day":"2026-04-01","currency":"EUR","amount":-0.5,"memo":"\u0141"}\n{"day":"2026-04-01","currency":"EUR","amount":1234.5,"memo":"\u20ac;"}\n',
  })
  writeFileSync(join(folder, "statement.csv"), bytes)
  writeFileSync(join(folder, "statement.txt"), bytes)
  const terminal = fakeTerminal(folder, {})
  const given = input === undefined ? terminal : { ...terminal, input: Readable.from([input]) }
  const code = await runCommandLine(["run", ...words], given)
  return { code, ...terminal.written }
}

const entries =
  '{"day":"2026-03-31","currency":"EUR","amount":1234.5,"memo":"M\u00fcller \u20ac"}\n{"day":"2026-04-02","currency":"EUR","amount":0.5}\n'
const issue = "record 2 (line 3): reject BAD_NUMBER at s/Betrag: The cell is no figure"

test("the file's name, the system and the option tell CSV", async () => {
  for (const words of [["statement.csv"], ["statement.txt"], ["statement.txt", "-i", "csv"]]) {
    const { code, out, comment } = await run(["Book", ...words])
    expect(out).toBe(entries)
    expect(comment).toContain(issue)
    expect(comment).toContain("Book: 3 records: 2 done, 0 held, 1 rejected.")
    expect(code).toBe(3)
  }
  expect((await run(["Book"], bytes)).out).toBe(entries)
})

test("a contract of JSON is read from rows of CSV, digit for digit", async () => {
  const { code, out } = await run(["Tell", "entries.csv", "-f", "ndjson"])
  expect(out).toBe(
    '{"Tag":"31.03.2026","currency":"EUR","Betrag":"1234567890123456.50"}\n{"Tag":"01.04.2026","currency":"EUR","Betrag":"2.00","memo":"x"}\n',
  )
  expect(code).toBe(0)
})

test("results are written as the target's system says; what its encoding lacks is told", async () => {
  const { code, out, comment } = await run(["Tell", "entries.ndjson"])
  expect(out).toBe('Tag;currency;Betrag;memo\r\n01.04.2026;EUR;1234,50;"\ufffd;"\r\n')
  expect(comment).toContain(
    "record 1: reject UNWRITABLE at s/memo: The value has characters that windows-1252 lacks.",
  )
  expect(code).toBe(3)
})

test("rows of CSV feed a map over a set, and a set source; lines stand in issues", async () => {
  const { code, out, comment } = await run([
    "Sums",
    "--source",
    "s=statement.csv",
    "--source",
    "known=entries.csv",
  ])
  expect(out).toBe('{"currency":"EUR","amount":"1235.00"}\n')
  expect(comment).toContain(issue)
  expect(comment).toContain("Sums: 3 rows: 2 out in 1 record, 0 held, 1 rejected, 0 dropped.")
  expect(code).toBe(3)
})

test("a set source with a broken row is told before anything runs", async () => {
  const { code, comment } = await run(["Sums", "--source", "s=statement.csv", "--source", "known=ragged.csv"])
  expect(comment).toContain(
    "known: ragged.csv cannot be read (line 3): The row has 1 cells, and there are 2 columns.",
  )
  expect(code).toBe(2)
})

test("a contract that is a whole file is written as its rows, once", async () => {
  const written = await run(["Write", "codes.json"])
  expect(written).toMatchObject({ code: 0, out: 'code;parent\r\n\ufffd;\r\n"B;C";\r\n' })
  const { code, out, comment } = await run(["Write", "codes.ndjson"])
  expect(out).toBe("code;parent\r\nA;\r\n")
  expect(comment).toContain(
    "record 2: reject UNWRITABLE at f: The record is a whole file, and one was written",
  )
  expect(code).toBe(3)
})

test("a whole file is one record; a row that cannot be read is its problem", async () => {
  expect(await run(["Read", "codes.csv"])).toMatchObject({
    code: 0,
    out: '{"codes":[{"code":"A"},{"code":"B"}]}\n',
  })
  const { code, out, comment } = await run(["Read", "broken.csv"])
  expect([code, out]).toEqual([3, ""])
  expect(comment).toContain("record 1 (line 3): reject RAGGED_ROW at f")
  expect(comment).toContain("Read: 1 record: 0 done, 0 held, 1 rejected.")
})

test("a set source may be lines of JSON", async () => {
  const { code, out } = await run(["Sums", "--source", "s=statement.csv", "--source", "known=days.ndjson"])
  expect([code, out]).toEqual([3, '{"currency":"EUR","amount":"1235.00"}\n'])
})
