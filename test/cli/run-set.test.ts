// `fmap run` over a set of rows: groups at the end, rows that went no further, counts and totals, exit codes.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { fakeTerminal } from "./fake-terminal.ts"
import { folderWith } from "./folder.ts"

const rules = `contract GlLine version 1.0.0
  reads
{
  account  : text(10)
  currency : currency
  amount   : money(18,2) in currency
}

contract Period version 1.0.0
  reads
{
  name : text(10)
}

contract PlanFact version 1.0.0
  writes
{
  account  : text(10)
  currency : currency
  amount   : money(18,2) in currency
}

map Actuals version 1.0.0
  from  each r: GlLine, set p: Period
  given version: text(10)
  to    fact: PlanFact
{
  account = match r.account {
    "0000"    -> hold NO_ACCOUNT
    "9999"    -> skip row STATISTICAL
    otherwise -> r.account
  }
  currency = r.currency
  amount   = r.amount
  check count(p) > 0 else reject NO_PERIOD
  check version == "ACT" else reject NO_VERSION
}
collect by account, currency
  sum        amount
  incomplete keep group
control "nothing is lost" for each currency:
  sum(out.amount) + sum(held.amount) + sum(dropped.amount) + sum(rejected.amount) == sum(rows.amount)
  else hold LOST
`
const line = (account: string, amount: string, currency = "EUR"): string =>
  JSON.stringify({ account, currency, amount })
const good = [line("4000", "10.00"), line("4400", "1.00"), line("4000", "0.05")]

async function run(rows: string, words: readonly string[] = [], map = rules) {
  const folder = folderWith({
    "fmap.json": "{}",
    "main.fmap": map,
    "rows.ndjson": rows,
    "rows.json": `[${rows.trim().split("\n").join(",")}]`,
    "p.json": '[{ "name": "2026-01" }]',
  })
  const terminal = fakeTerminal(folder, {})
  const sources = words.some(word => word.startsWith("r=")) ? [] : ["--source", "r=rows.ndjson"]
  const given = ["--source", "p=p.json", "--given", "version=ACT"]
  const code = await runCommandLine(["run", "Actuals", ...sources, ...given, ...words], terminal)
  return { code, folder, ...terminal.written }
}

test("groups come out in the order of their first rows, from lines and from one list", async () => {
  for (const words of [[], ["--source", "r=rows.json"]]) {
    const { code, out, comment } = await run(`${good.join("\n")}\n`, words)
    expect(out).toBe(`${line("4000", "10.05")}\n${line("4400", "1.00")}\n`)
    expect(comment).toBe(
      [
        "Actuals: 3 rows: 3 out in 2 records, 0 held, 0 rejected, 0 dropped.",
        "  amount EUR: 11.05 in, 11.05 out, 0.00 held, 0.00 rejected, 0.00 dropped",
        "  nothing is lost EUR: 11.05 and 11.05",
        "",
      ].join("\n"),
    )
    expect(code).toBe(0)
  }
})

test("rows that go no further are told with their number, groups with what they were collected by", async () => {
  const rows = [...good, line("0000", "2.00", "USD"), line("9999", "3.00")]
  const { code, folder, comment } = await run(rows.join("\n"), ["--issues", "issues.ndjson"])
  const issues = readFileSync(join(folder, "issues.ndjson"), "utf8").trim().split("\n")
  expect(
    issues.map(text => {
      const { record, status, code: of } = JSON.parse(text)
      return [record, status, of]
    }),
  ).toEqual([
    [4, "held", "NO_ACCOUNT"],
    [5, "dropped", "STATISTICAL"],
  ])
  expect(comment).toContain("Actuals: 5 rows: 3 out in 2 records, 1 held, 0 rejected, 1 dropped.\n")
  expect(comment).toContain("  amount USD: 2.00 in, 0.00 out, 2.00 held, 0.00 rejected, 0.00 dropped\n")
  expect(code).toBe(3)
})

test("a line that is no JSON is rejected, and what cannot be known holds the run: nothing comes out", async () => {
  const { code, out, comment } = await run([...good, '{"account":'].join("\n"))
  expect(out).toBe("")
  expect(comment).toContain("record 4: reject BAD_JSON at r:")
  expect(comment).toContain("run: hold LOST at fact:")
  expect(comment).toContain("  nothing is lost EUR: not known and not known, which does not hold\n")
  expect(comment).toContain("The run is held: use nothing of what it gave.\n")
  expect(code).toBe(3)
})

test("a recorded run over a set is explained: a record by its rows, a row whatever became of it", async () => {
  const rows = [...good, line("0000", "2.00"), '{"account":']
  const { folder } = await run(
    `${rows.join("\n")}\n`,
    ["--record", "run.json"],
    rules.slice(0, rules.indexOf("control ")),
  )
  const explain = async (...words: readonly string[]) => {
    const terminal = fakeTerminal(folder, {})
    const code = await runCommandLine(["explain", "run.json", ...words], terminal)
    return { code, ...terminal.written }
  }
  const { code, out } = await explain("/0/amount")
  expect(code).toBe(0)
  expect(out).toContain("/0/amount of Actuals 1.0.0, of 2 rows, done: 10.05 EUR")
  expect(out).toMatch(/row 1: r\.amount +10 +r \/0\/amount/u)
  expect(out).toMatch(/row 3: r\.amount +0\.05 +r \/2\/amount/u)
  expect((await explain("/amount", "--record", "2")).out).toContain(
    "/1/amount of Actuals 1.0.0, of 1 row, done: 1.00 EUR",
  )
  expect((await explain("/account", "--row", "4")).out).toContain("hold NO_ACCOUNT at fact /account")
  expect((await explain("", "--row", "5")).out).toContain("reject BAD_JSON at r")
  for (const [words, comment] of [
    [["/amount"], "Say which record: /0/amount for the first that came out"],
    [["/9/amount"], "run.json has no record 10; 2 came out."],
    [["/amount", "--row", "6"], "run.json has no row 6; there are 5."],
    [["/0/nowhere"], "The result of Actuals has no place /nowhere"],
  ] as const)
    expect(await explain(...words)).toMatchObject({ code: 2, comment: expect.stringContaining(comment) })
})
