// `fmap diff` of whole projects: folders, commits and compiled Plans against each other and the working tree.
import { execFileSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith, put } from "../folder.ts"

async function fmap(cwd: string, ...words: readonly string[]) {
  const terminal = fakeTerminal(cwd, {})
  const code = await runCommandLine(words, terminal)
  return { code, ...terminal.written }
}

const main = `contract Deal version 1.0.0
  reads
{
  Id     : text(18)  key
  Ccy    : currency
  Price  : money(16,2) in Ccy
  Amount : decimal(9,2)
  Sku    : text(20)
}

contract Order version 1.0.0
  writes
{
  id       : text(18)  key
  currency : currency
  total    : money(18,2) in currency
  item     : text(20)
}

crosswalk Item(sku: text(20)) -> text(20) version 1.0.0
  from csv "items.csv" (sku: "sku", value: "item")

map Book version 1.0.0
  from deal: Deal
  to   order: Order
{
  key id   = deal.Id on replay same skip
  currency = deal.Ccy
  total    = round(deal.Price * deal.Amount, minor, half_even) else reject TOO_FINE "x"
  item     = Item(deal.Sku) else hold NO_ITEM "no item {deal.Sku}"
}
`.replace(' else reject TOO_FINE "x"', "")
const files = { "fmap.json": "{}", "main.fmap": main, "items.csv": "sku,item\nA,X1\nB,X2\n" }

function repository(folder: string, at = folder): (...words: readonly string[]) => void {
  const git = (...words: readonly string[]): void => {
    const identity = ["-c", "user.name=Test", "-c", "user.email=test@localhost", "-c", "commit.gpgsign=false"]
    execFileSync("git", [...identity, ...words], { cwd: at, stdio: "pipe" })
  }
  git("init", "--quiet")
  git("add", "--all")
  git("commit", "--quiet", "--message", "first")
  return git
}

test("two folders: findings, the version each subject deserves, exit code 1", async () => {
  const folder = folderWith({})
  for (const [path, text] of Object.entries(files)) {
    put(folder, { [`old/${path}`]: text })
    put(folder, { [`new/${path}`]: path === "main.fmap" ? text.replace("half_even", "half_up") : text })
  }
  const { code, out, comment } = await fmap(folder, "diff", "old", "new")
  expect(code).toBe(1)
  expect(out).toContain("error[M004] Book total: Rounded another way")
  expect(out).toContain("half_up  (main.fmap:29:14)")
  expect(out).toContain("map  Book  1.0.0  too low: 2.0.0 is deserved")
  expect(comment).toBe("1 error; maps judged standard.\n")
})

test("a commit and the working tree, also below the top of the repository; nothing of the repository is touched", async () => {
  const folder = folderWith(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`shop/${path}`, text])),
  )
  const git = repository(folder)
  const before = readdirSync(tmpdir()).filter(name => name.startsWith("fmap-diff-"))
  put(folder, { "shop/main.fmap": main.replace("deal.Price * deal.Amount", "deal.Amount * deal.Price") })
  const status = execFileSync("git", ["status", "--porcelain"], { cwd: folder, encoding: "utf8" })
  const same = await fmap(join(folder, "shop"), "diff", "HEAD")
  expect([same.code, same.out]).toEqual([0, expect.stringContaining("M001")])
  put(folder, { "shop/items.csv": "sku,item\nB,X2\nA,X9\n" })
  const row = await fmap(join(folder, "shop"), "diff", "HEAD", "--reporter", "json")
  expect(row.code).toBe(1)
  const found = JSON.parse(row.out).findings.map((change: { rule: string; path: string }) => [
    change.rule,
    change.path,
  ])
  expect(found).toEqual([
    ["M015", "/A"],
    ["M001", ""],
  ])
  put(folder, { "shop/items.csv": files["items.csv"] })
  expect(execFileSync("git", ["status", "--porcelain"], { cwd: folder, encoding: "utf8" })).toBe(status)
  expect(readdirSync(tmpdir()).filter(name => name.startsWith("fmap-diff-"))).toEqual(before)
  git("commit", "--all", "--quiet", "--message", "second")
  expect((await fmap(join(folder, "shop"), "diff", "HEAD~1", "HEAD")).out).toContain("M001")
})

test("a compiled Plan against its sources", async () => {
  const folder = folderWith(files)
  expect((await fmap(folder, "compile")).code).toBe(0)
  expect(await fmap(folder, "diff", "generated/fmap.plan.json")).toMatchObject({ code: 0, out: "" })
  put(folder, { "main.fmap": main.replace("hold NO_ITEM", "reject NO_ITEM") })
  const { code, out } = await fmap(folder, "diff", "generated/fmap.plan.json")
  expect([code, out]).toEqual([1, expect.stringContaining("M025")])
})

test("how severe it is taken", async () => {
  const folder = folderWith(files)
  repository(folder)
  put(folder, { "main.fmap": main.replace("half_even", "half_up") })
  expect((await fmap(folder, "diff", "HEAD", "--maps", "strict")).code).toBe(1)
  const relaxed = await fmap(folder, "diff", "HEAD", "--maps", "relaxed")
  expect([relaxed.code, relaxed.comment]).toEqual([0, "1 warning; maps judged relaxed.\n"])
})

test("a clone that has only the last commits says how the others come", async () => {
  const folder = folderWith(files)
  repository(folder)("commit", "--quiet", "--allow-empty", "--message", "second")
  const clone = folderWith({})
  execFileSync("git", ["clone", "--quiet", "--depth", "1", `file://${folder}`, clone], { stdio: "pipe" })
  const { code, comment } = await fmap(clone, "diff", "HEAD~1")
  expect(code).toBe(2)
  expect(comment).toContain("`fetch-depth: 0`")
})

test.each([
  [
    "neither file nor commit",
    ["HEAD~99"],
    '"HEAD~99" is no file, no folder and no commit of this repository.',
  ],
  [
    "an option in disguise",
    ["--", "--output=x"],
    '"--output=x" is no file, no folder and no commit of this repository.',
  ],
  ["three releases", ["HEAD", "HEAD", "HEAD"], "Name the old release"],
  ["a folder with errors", ["broken"], "broken has errors: FM"],
])("cannot start with %s", async (_, words, sentence) => {
  const folder = folderWith({ ...files, "broken/fmap.json": "{}", "broken/a.fmap": "map {" })
  put(folder, { "fmap.json": '{ "exclude": ["broken/**"] }' })
  repository(folder)
  const { code, comment } = await fmap(folder, "diff", ...words)
  expect([code, comment]).toEqual([2, expect.stringContaining(sentence)])
})

test("outside of a repository a name is none of a commit", async () => {
  const { code, comment } = await fmap(folderWith(files), "diff", "v1")
  expect([code, comment]).toEqual([2, expect.stringContaining("no git repository")])
})

test("recorded inputs run through both: what differs, by how much, and totals that drift", async () => {
  const record = (price: string) =>
    JSON.stringify({ Id: "1", Ccy: "EUR", Price: price, Amount: "0.50", Sku: "A" })
  const folder = folderWith({ ...files, "recorded/Book.ndjson": `${record("0.25")}\n${record("4.00")}\n` })
  repository(folder)
  put(folder, { "main.fmap": main.replace("half_even", "half_up") })
  const { code, out, comment } = await fmap(
    folder,
    "diff",
    "HEAD",
    "--payloads",
    "recorded",
    "--reporter",
    "json",
  )
  expect([code, comment]).toEqual([1, expect.stringContaining("2 recorded records run through both")])
  const found = JSON.parse(out).findings
  expect(found.map((one: { rule: string; path: string }) => [one.rule, one.path])).toEqual([
    ["M004", "/total"],
    ["M033", "/total"],
  ])
  expect(found[0].observed).toMatchObject({ compared: 2, differs: 1, deltaByCurrency: { EUR: "0.01" } })
  const tolerant = await fmap(folder, "diff", "HEAD", "--payloads", "recorded", "--tolerance", "0.01")
  expect(tolerant.out).not.toContain("M033")
})

test.each([
  ["no folder", ["--payloads", "nowhere"], '--payloads: there is no folder "nowhere".'],
  ["a file of no map", ["--payloads", "stray"], "--payloads: x.json is of no map"],
  ["a broken file", ["--payloads", "broken"], "--payloads: Book.json: line 1, column 2:"],
  [
    "an input without a name",
    ["--payloads", "bare"],
    "--payloads: Translate.json: Translate wants deal, asOf, each by its name.",
  ],
])("cannot start with recorded inputs: %s", async (_, words, sentence) => {
  const two = `${main}
map Translate version 1.0.0
  from deal: Deal
  given asOf: text(10)
  to   order: Order
{
  key id   = deal.Id on replay same skip
  currency = deal.Ccy
  total    = deal.Price
  item     = "{asOf}"
}
`
  const folder = folderWith({
    ...files,
    "main.fmap": two,
    "stray/x.json": "{}",
    "broken/Book.json": "{",
    "bare/Translate.json": "{}",
  })
  repository(folder)
  const { code, comment } = await fmap(folder, "diff", "HEAD", ...words)
  expect([code, comment]).toEqual([2, expect.stringContaining(sentence)])
})

test("contracts: what breaks whom, with a payload, and the version the contract deserves", async () => {
  const folder = folderWith({})
  const changed = main
    .replace("Sku    : text(20)", "Sku    : text(10)")
    .replace("item     : text(20)", "item     : text(30)")
  for (const [path, text] of Object.entries(files))
    put(folder, { [`old/${path}`]: text, [`new/${path}`]: path === "main.fmap" ? changed : text })
  const { code, out } = await fmap(folder, "diff", "old", "new")
  expect(code).toBe(1)
  expect(out).toContain("error[S013] Deal Sku: Range or length changed")
  expect(out).toContain("20 characters  (main.fmap:8:3)")
  expect(out).toContain('"Amount":"0","Sku":"aaaaaaaaaaaaaaaaaaaa"}')
  expect(out).toContain("contract  Deal")
})
