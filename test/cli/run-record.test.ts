// What `fmap run --record` keeps beside the payloads, and what `fmap explain` says of it.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { fakeTerminal } from "./fake-terminal.ts"
import { folderWith } from "./folder.ts"

const rules = (day: string) => `contract In version 1.0.0
  reads
{
  at  : instant
  day : date
}

contract Out version 1.0.0
  writes
{
  day : date
}

map M version 1.0.0
  from i: In
  to   o: Out
{
  day = ${day}
}
`

test("a row of a crosswalk from a file is told by file and line", async () => {
  const text = `${rules("i.day")}
contract Coded version 1.0.0 { code : text(9), secret : text(9) pii }
contract Named version 1.0.0 { name : text(9), back : text(9), hidden : text(9) }
crosswalk Name(code: text(9)) <-> text(9) version 1.0.0
  key folded
  from csv "names.csv" (code: "c", value: "n")
map N version 1.0.0
  from i: Coded
  to   o: Named
{
  name   = Name(i.code) else "none"
  back   = inverse(Name, "Two") else "none"
  hidden = Name(i.secret) else "none"
}
`
  const folder = folderWith({
    "fmap.json": "{}",
    "main.fmap": text,
    "names.csv": 'c,n\n"A","One\nmore"\n\nb,Two\n',
    "in.ndjson": '{"code":"B","secret":"a"}\n{"code":"x","secret":"x"}\n',
  })
  expect((await fmap(folder, ["run", "N", "in.ndjson", "--record", "run.json"])).comment).toContain("2 done")
  const explain = async (...words: readonly string[]) =>
    (await fmap(folder, ["explain", "run.json", ...words])).out
  expect(await explain("/name")).toMatch(
    /a row of Name 1\.0\.0, names\.csv:5, snapshot [0-9a-f]{12} .*\n(?:.*\n)*.*crosswalk Name 1\.0\.0 \(b\) found in names\.csv:5, snapshot/u,
  )
  expect(await explain("/back")).toContain("names.csv:5, snapshot")
  expect(await explain("/hidden")).toContain("a row of Name 1.0.0, snapshot")
  expect(await explain("/name", "--record", "2")).toContain("no row in Name 1.0.0, snapshot")
})

async function fmap(folder: string, words: readonly string[], tzdata = "2026a") {
  const terminal = fakeTerminal(folder, { tzdata })
  const code = await runCommandLine(words, terminal)
  return { code, ...terminal.written }
}

async function recorded(day: string) {
  const folder = folderWith({
    "fmap.json": "{}",
    "main.fmap": rules(day),
    "in.json": '{ "at": "2026-03-31T23:30:00Z", "day": "2026-03-31" }',
  })
  expect((await fmap(folder, ["run", "M", "in.json", "--record", "run.json"])).comment).toContain("1 done")
  const [header = ""] = readFileSync(join(folder, "run.json"), "utf8").split("\n")
  return { folder, header: JSON.parse(header) }
}

test("a map that uses time zones names the version of their rules, in the record and in the explanation", async () => {
  const { folder, header } = await recorded('date of i.at in "Europe/Berlin"')
  expect(header.tzdata).toBe("2026a")
  const { out, comment } = await fmap(folder, ["explain", "run.json", "/day"])
  expect(out).toContain('done: "2026-04-01"')
  expect(out).toContain("\n  time zones of tzdata 2026a\n")
  expect(comment).toBe("")
  expect((await fmap(folder, ["explain", "run.json", "/day"], "2027b")).comment).toBe(
    "The run used the time zones of tzdata 2026a; this Node has 2027b.\n",
  )
})
test("one that uses none does not", async () => {
  const { folder, header } = await recorded("i.day")
  expect(header).not.toHaveProperty("tzdata")
  expect((await fmap(folder, ["explain", "run.json", "/day"])).out).not.toContain("tzdata")
})
