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
