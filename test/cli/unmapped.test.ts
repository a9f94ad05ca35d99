// What records miss in a crosswalk, as a file a steward fills in and the crosswalk then takes.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { fakeTerminal } from "./fake-terminal.ts"
import { folderWith } from "./folder.ts"

const source = `crosswalk Account(family: text(9), region: text(9)) -> text(9) version 1.0.0
  effective dated (from: "valid_from", until: "valid_to")
  from csv "accounts.csv" (family: "fam", region: "reg", value: "account") where active == true

crosswalk Owner(email: text(40)) -> text(9) version 1.0.0
  unmapped hold NO_OWNER
{
  "a@b" -> "1"
}

contract In version 1.0.0 {
  f : text(9)
  r : text(9)
  d : date
  e : text(40)  pii
}

contract Out version 1.0.0 {
  account : text(9)
  owner   : text(9)
}

map M version 1.0.0
  from i: In
  to   o: Out
{
  account = Account(i.f, i.r) as of i.d   else hold NO_ACCOUNT
  owner   = Owner(i.e)
}
`
const header = "fam,reg,account,valid_from,valid_to,active\n"
const record = (f: string, r: string, d: string, e = "a@b") => `${JSON.stringify({ f, r, d, e })}\n`

test("missing rows stand in the columns of the file, most wanted first, and fill its gap", async () => {
  const records =
    record("b", 'x,"y', "2026-02-02") +
    record("a", "r", "2026-02-02") +
    record("a", "r", "2026-01-31") +
    record("ok", "r", "2026-01-31", "c@d")
  const folder = folderWith({
    "fmap.json": "{}",
    "main.fmap": source,
    "accounts.csv": `${header}ok,r,4000,,,true\n`,
    "in.ndjson": records,
  })
  const words = ["run", "M", "in.ndjson", "--issues", "issues.ndjson"]
  const terminal = fakeTerminal(folder, {})
  const code = await runCommandLine(
    [...words, "--unmapped", "Account=missing.csv", "--unmapped", "Owner=owners.csv"],
    terminal,
  )
  expect(code).toBe(3)
  expect(readFileSync(join(folder, "missing.csv"), "utf8")).toBe(
    `fam,reg,account,valid_from,valid_to,active,records\na,r,,2026-01-31,,true,2\nb,"x,""y",,2026-02-02,,true,1\n`,
  )
  expect(readFileSync(join(folder, "owners.csv"), "utf8")).toBe("email,value,records\n")
  expect(terminal.written.comment).toContain("Account: 2 missing rows in missing.csv.")
  expect(terminal.written.comment).toContain(
    "Owner: 0 missing rows in owners.csv; 1 with personal data in their keys are left out.",
  )
  const [first, , , last] = readFileSync(join(folder, "issues.ndjson"), "utf8")
    .trim()
    .split("\n")
    .map(line => JSON.parse(line))
  expect(first.lookup).toEqual({ crosswalk: "Account", keys: ["b", 'x,"y'], asOf: "2026-02-02" })
  expect(last.lookup).toEqual({ crosswalk: "Owner", keys: ["•••"] })
})

test("a crosswalk the map does not call, and a file that is read, are refused", async () => {
  const folder = folderWith({
    "fmap.json": "{}",
    "main.fmap": source,
    "accounts.csv": header,
    "in.ndjson": record("a", "r", "2026-02-02"),
  })
  const run = async (unmapped: string) => {
    const terminal = fakeTerminal(folder, {})
    const code = await runCommandLine(["run", "M", "in.ndjson", "--unmapped", unmapped], terminal)
    return `${code} ${terminal.written.comment}`
  }
  expect(await run("Acount=missing.csv")).toContain('the map has no "Acount". Did you mean "Account"?')
  expect(await run("Account=in.ndjson")).toContain("--unmapped names in.ndjson, which is read.")
})

test("members a hierarchy lacks are listed once, whatever levels were asked for, in the columns of its file", async () => {
  const folder = folderWith({
    "fmap.json": "{}",
    "main.fmap": `hierarchy Regions(member: text(9)) version 1.0.0
  levels All, Area
  from csv "regions.csv" (member: "Code", parent: "Up", level: "Level") where active == true
contract In version 1.0.0 { place : text(9) }
contract Out version 1.0.0 { area : text(9), top : text(9) }
map M version 1.0.0
  from i: In
  to   o: Out
{
  area = rollup(Regions, i.place, Area) else hold NO_AREA
  top  = rollup(Regions, i.place, All) else hold NO_TOP
}
`,
    "regions.csv": "Code,Up,Level,active\nAll,,All,true\n",
    "in.ndjson": '{"place":"X"}\n{"place":"X"}\n{"place":"Y"}\n',
  })
  const terminal = fakeTerminal(folder, {})
  const words = ["run", "M", "in.ndjson", "--unmapped", "Regions=missing.csv"]
  expect(await runCommandLine(words, terminal)).toBe(3)
  expect(readFileSync(join(folder, "missing.csv"), "utf8")).toBe(
    "Code,Up,Level,active,records\nX,,,true,2\nY,,,true,1\n",
  )
})
