// Every verb over whole projects: what it writes where, and the exit code. The project is what `fmap init` makes.
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { type FakeOptions, fakeTerminal } from "./fake-terminal.ts"
import { folderWith, holds, put } from "./folder.ts"

async function fmap(cwd: string, words: readonly string[], options: FakeOptions = {}) {
  const terminal = fakeTerminal(cwd, options)
  const code = await runCommandLine(words, terminal)
  return { code, ...terminal.written }
}

let scaffold: Record<string, string>
beforeAll(async () => {
  const folder = folderWith({})
  expect((await fmap(folder, ["init"])).code).toBe(0)
  scaffold = holds(folder)
})
const project = (changes: Record<string, string> = {}) => folderWith({ ...scaffold, ...changes })
const map = () => scaffold["maps/bill-order.fmap"] ?? ""

describe("init", () => {
  test("gives a project that checks, is formatted, compiles and tests green, with every author's code tested", async () => {
    const folder = project()
    for (const words of [
      ["check", "--max-warnings", "0"],
      ["format", "--check"],
      ["compile"],
      ["compile", "--check"],
      ["test", "--coverage-codes"],
    ]) {
      expect(await fmap(folder, words)).toMatchObject({ code: 0 })
    }
  })
  test("touches nothing that exists", async () => {
    const folder = folderWith({ "samples/paid.json": "mine", "README.md": "mine too" })
    const { code, comment } = await fmap(folder, ["init"])
    expect(code).toBe(0)
    expect(comment).toContain("kept  samples/paid.json")
    expect(holds(folder)).toMatchObject({ "samples/paid.json": "mine", "README.md": "mine too" })
  })
  test("a second time there is nothing to start", async () => {
    const folder = project()
    const { code, comment } = await fmap(folder, ["init"])
    expect([code, comment]).toEqual([
      2,
      "error[FM8104]: fmap.json exists: this is an fmap project already.\n",
    ])
    expect(holds(folder)).toEqual(scaffold)
  })
  test("in a folder of a repository the workflow goes to its top and names the project", async () => {
    const folder = folderWith({ ".git/HEAD": "" })
    expect((await fmap(folder, ["init", "a b/shop"])).code).toBe(0)
    expect(readFileSync(join(folder, ".github/workflows/fmap.yml"), "utf8")).toContain(
      "npx fmap check --project 'a b/shop' --reporter github",
    )
  })
  test("not into a file", async () => expect((await fmap(folderWith({ x: "" }), ["init", "x"])).code).toBe(2))
})

describe("check", () => {
  const broken = () => project({ "maps/bill-order.fmap": map().replace("order.placed", "order.plcaed") })
  test("tells findings on standard output, counts them as commentary", async () => {
    const { code, out, comment } = await fmap(broken(), ["check"])
    expect(code).toBe(1)
    expect(out).toContain("maps/bill-order.fmap:")
    expect(out).toContain("plcaed")
    expect(comment).toBe("1 error in 4 files.\n")
  })
  test.each(["json", "sarif", "gitlab"])("--reporter %s is one JSON document", async name => {
    const { code, out } = await fmap(broken(), ["check", "--reporter", name])
    expect(code).toBe(1)
    expect(JSON.stringify(JSON.parse(out))).toContain("maps/bill-order.fmap")
  })
  test("--reporter github, junit", async () => {
    expect((await fmap(broken(), ["check", "-r", "github"])).out).toMatch(
      /^::error file=maps\/bill-order\.fmap,line=\d+,/u,
    )
    expect((await fmap(broken(), ["check", "-r", "junit"])).out).toContain(
      `<testsuites name="fmap" tests="4" failures="1">`,
    )
  })
  test("paths are shown from where one stands", async () => {
    const folder = broken()
    expect((await fmap(join(folder, "samples"), ["check"])).out).toContain("../maps/bill-order.fmap:")
  })
  test("a file alone, with what it imports", async () => {
    const { code, comment } = await fmap(project(), ["check", "contracts/shop.fmap"])
    expect([code, comment]).toEqual([0, "No findings in 1 file.\n"])
  })
  test("--fix repairs and checks again", async () => {
    const folder = broken()
    const { code, comment } = await fmap(folder, ["check", "--fix"])
    expect(code).toBe(0)
    expect(comment).toContain("Fixed 1 finding.\n")
    expect(holds(folder)).toEqual(scaffold)
  })
  test("--fix spells members as they were written, and takes away an arm that is never reached", async () => {
    const enums = (arms: string) =>
      `system A {\n  kind crm\n}\n\nenum State { Booked, "On Hold" }\n\ncontract In of A version 1.0.0\n  reads\n{\n  id : text(9) key\n  state : State\n}\n\n` +
      `contract Out of A version 1.0.0\n  writes\n{\n  id : text(9) key\n  a : State\n  b : State\n}\n\n` +
      `map M version 1.0.0\n  from i: In\n  to o: Out\n{\n  key id = i.id\n${arms}}\n`
    const wrong = `  a = match i.state { Boked -> .Boked, "On Hlod" -> "On Hold" }\n  b = match i.state { Booked -> "Bokked", "On Hold" -> .Booked, otherwise -> .Booked because "x" }\n`
    const right = `  a = match i.state { Booked -> .Booked, "On Hold" -> "On Hold" }\n  b = match i.state { Booked -> "Booked", "On Hold" -> .Booked,  }\n`
    const folder = folderWith({ "a.fmap": enums(wrong) })
    const { code, out } = await fmap(folder, ["check", "--fix"])
    expect({ code, out }).toEqual({ code: 0, out: "" })
    expect(holds(folder)["a.fmap"]).toBe(enums(right))
  })
  test("control characters of a file do not reach the terminal", async () => {
    const { out, comment } = await fmap(project({ "maps/evil.fmap": `map \u001B[2J {` }), ["check"])
    expect(out + comment).not.toContain("\u001B")
  })

  const cannotStart: readonly [string, (folder: string) => void, string[], string][] = [
    ["no such path", () => {}, ["nowhere.fmap"], `There is no file or folder "nowhere.fmap".`],
    [
      "a configuration that is none",
      folder => put(folder, { "fmap.json": "{" }),
      [],
      "fmap.json is not JSON",
    ],
    ["a project that is none", () => {}, ["--project", "nowhere"], `--project: there is no "nowhere".`],
    [
      "nothing included",
      folder => put(folder, { "fmap.json": `{"include": ["x/*.fmap"]}` }),
      [],
      "includes no .fmap file (x/*.fmap)",
    ],
    ["a path outside", () => {}, [".."], "lies outside the project folder"],
  ]
  test.each(cannotStart)("cannot start: %s", async (_name, prepare, words, told) => {
    const folder = project()
    prepare(folder)
    const { code, out, comment } = await fmap(
      folder,
      words.includes("..") ? ["check", "--project", ".", ".."] : ["check", ...words],
    )
    expect([code, out]).toEqual([2, ""])
    expect(comment).toContain(told)
  })
})

describe("compile", () => {
  test("writes modules, schemas and the Plan; a second time nothing", async () => {
    const folder = project()
    expect(await fmap(folder, ["compile"])).toMatchObject({ code: 0, out: "" })
    const written = Object.keys(holds(join(folder, "generated")))
    for (const name of [
      "maps/bill-order.ts",
      "maps/bill-order.js",
      "maps/bill-order.d.ts",
      "maps/bill-order.js.map",
      "fmap.plan.json",
      "fmap.files.json",
    ]) {
      expect(written).toContain(name)
    }
    const before = statSync(join(folder, "generated/maps/bill-order.ts")).mtimeMs
    expect((await fmap(folder, ["compile"])).comment).toBe("generated: up to date.\n")
    expect(statSync(join(folder, "generated/maps/bill-order.ts")).mtimeMs).toBe(before)
  })
  test("the source map leads back to the source", async () => {
    const folder = project()
    await fmap(folder, ["compile"])
    const { sources } = JSON.parse(readFileSync(join(folder, "generated/maps/bill-order.js.map"), "utf8"))
    for (const source of sources)
      expect(existsSync(join(folder, "generated/maps", source)), source).toBe(true)
  })
  test("with an error nothing is written and what was there stays", async () => {
    const folder = project()
    await fmap(folder, ["compile"])
    const before = holds(join(folder, "generated"))
    put(folder, { "maps/bill-order.fmap": `${map()}\nmap {` })
    const { code, out, comment } = await fmap(folder, ["compile"])
    expect([code, out]).toEqual([1, ""])
    expect(comment).toContain("Nothing was written.\n")
    expect(holds(join(folder, "generated"))).toEqual(before)
  })
  test("--check fails on drift and writes nothing", async () => {
    const folder = project()
    expect((await fmap(folder, ["compile", "--check"])).code).toBe(1)
    expect(existsSync(join(folder, "generated"))).toBe(false)
    await fmap(folder, ["compile"])
    expect((await fmap(folder, ["compile", "--check"])).code).toBe(0)
    put(folder, { "generated/maps/bill-order.ts": "changed" })
    const { code, comment } = await fmap(folder, ["compile", "--check"])
    expect(code).toBe(1)
    expect(comment).toContain("generated/maps/bill-order.ts differs from what would be written")
    expect(readFileSync(join(folder, "generated/maps/bill-order.ts"), "utf8")).toBe("changed")
  })
  test("what is no longer emitted is removed, unless somebody changed it", async () => {
    const folder = project()
    await fmap(folder, ["compile"])
    put(folder, {
      "generated/maps/bill-order.d.ts": "// mine now",
      "fmap.json": `{"exclude": ["maps/**", "tests/**"]}`,
      "generated/own.txt": "mine",
    })
    const { code, comment } = await fmap(folder, ["compile"])
    expect(code).toBe(0)
    expect(comment).toContain(
      "generated/maps/bill-order.d.ts is no longer emitted, but was changed by hand; it stays.",
    )
    const now = holds(join(folder, "generated"))
    expect(now).not.toHaveProperty(["maps/bill-order.ts"])
    expect(now).toMatchObject({ "own.txt": "mine", "maps/bill-order.d.ts": "// mine now" })
  })
  test("a file fmap did not write is never overwritten without --force", async () => {
    const folder = project({ "generated/maps/bill-order.ts": "mine" })
    const { code, comment } = await fmap(folder, ["compile"])
    expect(code).toBe(2)
    expect(comment).toContain("generated/maps/bill-order.ts stands in the way: fmap did not write it.")
    expect(holds(join(folder, "generated"))).toEqual({ "maps/bill-order.ts": "mine" })
    expect((await fmap(folder, ["compile", "--force"])).code).toBe(0)
  })
  test("an output folder that cannot be made", async () => {
    const folder = project({ blocked: "a file" })
    const { code, comment } = await fmap(folder, ["compile", "--out", "blocked"])
    expect(code).toBe(2)
    expect(comment).toMatch(/cannot be (?:read|written)/u)
    chmodSync(folder, 0o755)
  })
  test("--report tells what is left, rounded and every code; as data too", async () => {
    const folder = project()
    const { out } = await fmap(folder, ["compile", "--report"])
    expect(out).toContain("map BillOrder 1.0.0")
    for (const part of ["NOT_PAID", "NO_LINES", "reference", "half_even"]) expect(out).toContain(part)
    const data = JSON.parse((await fmap(folder, ["compile", "--report", "--report-format", "json"])).out)
    expect(data).toMatchObject({
      format: "fmap.report",
      maps: [{ map: "BillOrder", left: [{ field: "reference" }] }],
    })
  })
})

describe("run", () => {
  const order = (id: string, changes: object = {}) => ({
    id,
    state: "paid",
    currency: "EUR",
    placed: "2026-03-31",
    lines: [{ sku: "A", quantity: "1", price: "9007199254740993.01" }],
    ...changes,
  })
  const lines = (...records: unknown[]) =>
    records.map(record => `${typeof record === "string" ? record : JSON.stringify(record)}\n`).join("")

  test("a file; every digit survives", async () => {
    const folder = project({ "in.json": JSON.stringify(order("1")) })
    const { code, out, comment } = await fmap(folder, ["run", "BillOrder", "in.json"])
    expect(JSON.parse(out)).toMatchObject({ number: "SHOP-1", total: "9007199254740993.01" })
    expect([code, comment]).toEqual([0, "BillOrder: 1 record: 1 done, 0 held, 0 rejected.\n"])
  })
  test("standard input; nothing is lost: a result or an issue with its number for every record", async () => {
    const input = lines(
      order("1"),
      order("2", { state: "open" }),
      "{ broken",
      "[]",
      order("5"),
      order("6", { placed: "2026-02-30" }),
      "null",
    )
    const { code, out, comment } = await fmap(project(), ["run", "BillOrder"], { input })
    expect(code).toBe(3)
    expect(
      out
        .trim()
        .split("\n")
        .map(line => JSON.parse(line).number),
    ).toEqual(["SHOP-1", "SHOP-5"])
    const told = comment
      .split("\n")
      .flatMap(line => /^record (\d+): (\w+) (\w+)/u.exec(line)?.slice(1, 4).join(" ") ?? [])
    expect(told).toEqual([
      "2 hold NOT_PAID",
      "3 reject BAD_JSON",
      "4 reject NOT_AN_OBJECT",
      "6 reject BAD_DATE",
      "7 reject NOT_AN_OBJECT",
    ])
    expect(comment).toContain("7 records: 2 done, 1 held, 4 rejected")
  })
  test("--issues: NDJSON with record numbers, and nothing of it as commentary", async () => {
    const folder = project()
    const { comment } = await fmap(folder, ["run", "BillOrder", "--issues", "issues.ndjson"], {
      input: lines(order("1", { state: "open" }), "{"),
    })
    const issues = readFileSync(join(folder, "issues.ndjson"), "utf8")
      .trim()
      .split("\n")
      .map(line => JSON.parse(line))
    expect(issues).toMatchObject([
      {
        record: 1,
        status: "held",
        code: "NOT_PAID",
        severity: "hold",
        root: "invoice",
        pointer: "",
        at: expect.stringMatching(/^maps\/bill-order\.fmap:\d+:\d+$/u),
      },
      { record: 2, status: "rejected", code: "BAD_JSON", root: "order" },
    ])
    expect(comment).not.toContain("NOT_PAID")
  })
  test("--issues into a folder that is not there", async () => {
    const { code, comment } = await fmap(project(), ["run", "BillOrder", "--issues", "no/where.ndjson"], {
      input: lines(order("1", { state: "open" })),
    })
    expect(code).toBe(2)
    expect(comment).toContain("ENOENT")
  })
  test("--issues into a folder that is not there fails before a record is read, also when there will be issues", async () => {
    const input = lines(order("1", { state: "open" }), order("2", { state: "open" }))
    const { code, out, comment } = await fmap(
      project(),
      ["run", "BillOrder", "--issues", "no/where.ndjson"],
      { input },
    )
    expect({ code, out }).toEqual({ code: 2, out: "" })
    expect(comment).toMatch(/^error\[FM8103\]: no\/where\.ndjson cannot be written: ENOENT[^\n]*\n$/u)
  })
  test("--issues never empties the file that is read", async () => {
    const folder = project()
    const input = lines(order("1", { state: "open" }))
    put(folder, { "in.ndjson": input })
    const { code, comment } = await fmap(folder, ["run", "BillOrder", "in.ndjson", "--issues", "./in.ndjson"])
    expect(code).toBe(2)
    expect(comment).toContain("--issues names ./in.ndjson, which is read.")
    expect(holds(folder)["in.ndjson"]).toBe(input)
  })
  test("--each takes a list; --format json gives one", async () => {
    const folder = project({
      "in.json": JSON.stringify([order("1"), order("2", { state: "open" }), order("3")]),
    })
    const { code, out } = await fmap(folder, ["run", "BillOrder", "in.json", "--each", "--format", "json"])
    expect(code).toBe(3)
    expect(JSON.parse(out).map((one: { number: string }) => one.number)).toEqual(["SHOP-1", "SHOP-3"])
  })
  test("a list without --each is one record, and no object", async () => {
    const folder = project({ "in.json": "[]" })
    const { code, comment } = await fmap(folder, ["run", "BillOrder", "in.json"])
    expect(code).toBe(3)
    expect(comment).toContain("NOT_AN_OBJECT")
  })
  test("a reader that goes away ends the run", async () => {
    const { code, out, comment } = await fmap(project(), ["run", "BillOrder"], {
      input: lines(order("1"), order("2"), order("3")),
      readerLeavesAfter: 1,
    })
    expect(code).toBe(130)
    expect(out.trim().split("\n")).toHaveLength(1)
    expect(comment).toContain("interrupted")
  })
  test("a long run shows a line on a terminal, and takes it away", async () => {
    const input = lines(...Array.from({ length: 12 }, (_, i) => order(String(i))))
    const { comment } = await fmap(project(), ["run", "BillOrder"], { input, isTerminal: true })
    expect(comment).toMatch(/\r\u001B\[2K\d+ records: \d+ done/u)
    expect(comment).toMatch(/\r\u001B\[2KBillOrder: 12 records/u)
    expect((await fmap(project(), ["run", "BillOrder"], { input: lines(order("1")) })).comment).not.toContain(
      "\r",
    )
  })
  test.each([
    ["an unknown map", ["BilOrder"], `There is no map "BilOrder". Did you mean "BillOrder"?`],
    ["a file that is not there", ["BillOrder", "nowhere.json"], "nowhere.json does not exist."],
    ["a folder", ["BillOrder", "samples"], "samples cannot be read: it is a folder."],
    [
      "a given it does not have",
      ["BillOrder", "samples/paid.json", "--given", "asOf=2026-03-31"],
      `--given: the map has no "asOf". It has none.`,
    ],
  ])("cannot start: %s", async (_name, words, told) => {
    const { code, out, comment } = await fmap(project(), ["run", ...words])
    expect([code, out]).toEqual([2, ""])
    expect(comment).toContain(told)
  })
  test("errors in the project are findings", async () => {
    expect(await fmap(project({ "maps/bill-order.fmap": "map {" }), ["run", "BillOrder"])).toMatchObject({
      code: 1,
      out: "",
    })
  })
})

describe("test", () => {
  const failing = () =>
    project({ "tests/bill-order.fmap": (scaffold["tests/bill-order.fmap"] ?? "").replace("30.27", "30.28") })
  test("all pass", async () => {
    const { code, out, comment } = await fmap(project(), ["test"])
    expect([code, comment]).toEqual([0, "3 passed, 0 failed.\n"])
    expect(out).toContain("pass  a paid order is invoiced to the cent")
  })
  test("a failure says what was expected, what was, and where", async () => {
    const { code, out, comment } = await fmap(failing(), ["test"])
    expect([code, comment]).toEqual([1, "2 passed, 1 failed.\n"])
    expect(out).toMatch(/FAIL {2}a paid order.*\n.*30\.28.*30\.27.*\n +tests\/bill-order\.fmap:\d+:\d+/u)
  })
  test("reporters", async () => {
    expect(JSON.parse((await fmap(failing(), ["test", "-r", "json"])).out)).toMatchObject({
      format: "fmap.tests",
      summary: { passed: 2, failed: 1 },
    })
    expect((await fmap(failing(), ["test", "-r", "junit"])).out).toContain(
      `<testsuite name="BillOrder" tests="3" failures="1">`,
    )
    expect((await fmap(failing(), ["test", "-r", "github"])).out).toMatch(
      /^::error file=tests\/bill-order\.fmap,line=\d+,col=\d+,title=test failed%3A a paid/u,
    )
  })
  test("--filter", async () =>
    expect((await fmap(failing(), ["test", "--filter", "waits"])).comment).toBe("1 passed, 0 failed.\n"))
  test("nothing run is no success", async () => {
    expect(await fmap(project(), ["test", "--filter", "zebra"])).toMatchObject({
      code: 1,
      comment: `No test holds "zebra".\n`,
    })
  })
  test("--coverage-codes names what no test expects", async () => {
    const tests = (scaffold["tests/bill-order.fmap"] ?? "").replace(
      /test "an open order waits"[\s\S]*?\n\}\n/u,
      "",
    )
    const { code, out } = await fmap(project({ "tests/bill-order.fmap": tests }), [
      "test",
      "--coverage-codes",
    ])
    expect(code).toBe(1)
    expect(out).toContain("BillOrder  NOT_PAID")
  })
})

describe("format", () => {
  const ugly = "enum  Stage {Open,\n  Won }\n"
  test("files in place, and then nothing more to do", async () => {
    const folder = project({ "contracts/stage.fmap": ugly })
    expect(await fmap(folder, ["format", "--check"])).toMatchObject({
      code: 1,
      out: "contracts/stage.fmap\n",
    })
    expect((await fmap(folder, ["format"])).comment).toBe("1 file formatted, 4 as they were.\n")
    expect((await fmap(folder, ["format", "--check"])).code).toBe(0)
  })
  test("standard input", async () => {
    const folder = project()
    const { code, out } = await fmap(folder, ["format", "-"], { input: ugly })
    expect(code).toBe(0)
    expect(out).not.toBe(ugly)
    expect((await fmap(folder, ["format", "-"], { input: out })).out).toBe(out)
  })
  test("a broken file is told and left, the others are done", async () => {
    const folder = project({ "a.fmap": "map {\n", "contracts/stage.fmap": ugly })
    const { code, comment } = await fmap(folder, ["format"])
    expect(code).toBe(1)
    expect(comment).toContain("1 file formatted")
    expect(comment).toContain("1 file with syntax errors left as they are.")
    expect(readFileSync(join(folder, "a.fmap"), "utf8")).toBe("map {\n")
  })
  test("a file too large is told as check tells it, not taken into memory", async () => {
    const folder = folderWith({
      "a.fmap": "record A {\n  x : text\n}\n",
      "big.fmap": " ".repeat(17 * 1024 * 1024),
    })
    const { code, comment } = await fmap(folder, ["format"])
    expect(code).toBe(1)
    expect(comment).toContain('error[FM7009]: The file "big.fmap" has 17.0 MB; at most 16.0 MB are read.')
  })
  test("bytes that are no text", async () => {
    const folder = project()
    writeFileSync(join(folder, "bad.fmap"), Buffer.from([0xff, 0xfe, 0x00]))
    expect((await fmap(folder, ["format"])).code).toBe(1)
    expect(readFileSync(join(folder, "bad.fmap"))).toEqual(Buffer.from([0xff, 0xfe, 0x00]))
  })
})

describe("compile --report", () => {
  test("tells what changed since the last build, once there was one", async () => {
    const folder = project()
    expect((await fmap(folder, ["compile", "--report"])).out).not.toContain("last build")
    expect((await fmap(folder, ["compile", "--report"])).out).toContain(
      "nothing changed since the last build\n",
    )
    put(folder, {
      "maps/bill-order.fmap": map().replace(
        "  total =",
        "  check order.placed >= 2000-01-01 else hold TOO_OLD\n  total =",
      ),
    })
    const { out } = await fmap(folder, ["compile", "--report", "--report-format", "json"])
    const { changes } = JSON.parse(out) as { changes: { added: { section: string; what: string }[] }[] }
    expect(changes[0]?.added).toContainEqual({ section: "codes", what: "hold  TOO_OLD" })
  })
})

describe("test --coverage", () => {
  test("what tests do not reach, per map; --coverage-min fails below", async () => {
    const text = await fmap(project(), ["test", "--coverage"])
    expect(text.code).toBe(0)
    expect(text.out).toMatch(/^coverage BillOrder {2}\d+ of \d+, \d+\.\d %$/mu)
    const { out } = await fmap(project(), ["test", "--coverage", "--reporter", "json"])
    const { coverage } = JSON.parse(out) as {
      coverage: { reached: number; total: number; missing: object[] }[]
    }
    expect(coverage[0]!.missing).toHaveLength(coverage[0]!.total - coverage[0]!.reached)
    expect(await fmap(project(), ["test", "--coverage-min", "1"])).toMatchObject({ code: 0 })
    const title = /test "([^"]+)"/u.exec(Object.values(scaffold).join("\n"))?.[1] ?? ""
    const all = await fmap(project(), ["test", "--filter", title, "--coverage-min", "100"])
    expect([all.code, all.comment]).toEqual([1, expect.stringContaining("Coverage is below 100 %.")])
  })
  test("no percentage: exit 2", async () =>
    expect((await fmap(project(), ["test", "--coverage-min", "much"])).code).toBe(2))
})

describe("lineage", () => {
  test("of every map, of one field, of what hangs on a source field", async () => {
    const folder = project()
    const all = await fmap(folder, ["lineage"])
    expect(all.code).toBe(0)
    expect(all.out).toMatch(/^map BillOrder 1\.0\.0 to Invoice {2}maps\/bill-order\.fmap:\d+/u)
    const total = await fmap(folder, ["lineage", "BillOrder", "--field", "total"])
    expect(total.out.split("\n").filter(line => /^ {2}\S/u.test(line))).toEqual([
      expect.stringMatching(/^ {2}total {2}/u),
    ])
    const from = await fmap(folder, ["lineage", "--from", "order.currency", "--format", "json"])
    const document = JSON.parse(from.out) as { maps: { fields: { field: string }[] }[] }
    expect(document.maps[0]?.fields.map(({ field }) => field)).toContain("currency")
  })
  test.each(["mermaid", "dot", "openlineage"])("--format %s", async format => {
    const { code, out } = await fmap(project(), ["lineage", "--format", format])
    expect([code, out === ""]).toEqual([0, false])
  })
  test.each([
    [["lineage", "BilOrder"], 'error[FM8108]: There is no map "BilOrder". Did you mean "BillOrder"?\n'],
    [["lineage", "--field", "nowhere"], 'error[FM8108]: No target has a field "nowhere".\n'],
    [
      ["lineage", "--from", "order.nowhere"],
      'error[FM8108]: Nothing comes from "order.nowhere". Name a source field (opp.Amount), a given or a crosswalk.\n',
    ],
  ])("%j cannot start", async (words, comment) => {
    expect(await fmap(project(), words)).toMatchObject({ code: 2, comment })
  })
  test("a project with errors has no lineage", async () => {
    const folder = project({ "maps/bill-order.fmap": map().replace("order.placed", "order.plcaed") })
    expect(await fmap(folder, ["lineage"])).toMatchObject({ code: 1, out: "" })
  })
})

describe("explain of a recorded run", () => {
  const recorded = async () => {
    const folder = project({
      "in.ndjson": `${sample()}\n${sample()}\n`,
    })
    const ran = await fmap(folder, ["run", "BillOrder", "in.ndjson", "--record", "run.json"])
    expect(ran.code).toBe(0)
    return folder
  }
  const sample = () => JSON.stringify(JSON.parse(scaffold["samples/paid.json"] ?? ""))
  test("a value, its expression and the places in the payload", async () => {
    const folder = await recorded()
    const { code, out } = await fmap(folder, ["explain", "run.json", "/total"])
    expect(code).toBe(0)
    expect(out).toMatch(
      /^\/total of BillOrder 1\.0\.0, done: \d+\.\d\d [A-Z]{3} {2}maps\/bill-order\.fmap:\d+:\d+\n/u,
    )
    const json = await fmap(folder, ["explain", "run.json", "/currency", "--record", "2", "-f", "json"])
    expect(JSON.parse(json.out)).toMatchObject({
      format: "fmap.explanation",
      pointer: "/currency",
      sources: [{ root: "order", pointer: expect.stringMatching(/^\//u) }],
    })
  })
  test.each([
    [["explain", "nothing.json", "/total"], "cannot be read"],
    [["explain", "in.ndjson", "/total"], "in.ndjson is no recorded run (fmap run --record)."],
    [["explain", "run.json", "/total", "--record", "3"], "run.json has no record 3."],
    [["explain", "run.json", "/nowhere"], "The result of BillOrder has no place /nowhere"],
  ])("%j cannot start", async (words, comment) => {
    const found = await fmap(await recorded(), words)
    expect([found.code, found.comment]).toEqual([2, expect.stringContaining(comment)])
  })
  test("another project than that of the run would explain another value", async () => {
    const folder = await recorded()
    put(folder, { "maps/bill-order.fmap": `// changed\n${map()}` })
    const { code, comment } = await fmap(folder, ["explain", "run.json", "/total"])
    expect([code, comment]).toEqual([2, expect.stringContaining("The project is not what it was")])
  })
  test("the record is not written over what is read", async () => {
    const folder = await recorded()
    const { code, comment } = await fmap(folder, ["run", "BillOrder", "in.ndjson", "--record", "in.ndjson"])
    expect([code, comment]).toEqual([2, "error[FM8104]: --record names in.ndjson, which is read.\n"])
  })
})

describe("explain", () => {
  const folder = folderWith({})
  test("a code, in any case", async () => {
    const { code, out } = await fmap(folder, ["explain", "fm7001"])
    expect(code).toBe(0)
    expect(out).toContain("FM7001 File not found\n")
    expect(out).not.toContain("```")
  })
  test("a code of records by its name", async () =>
    expect((await fmap(folder, ["explain", "WRONG_TYPE"])).out).toContain("FM9002 WRONG_TYPE"))
  test("an unknown one", async () => {
    expect(await fmap(folder, ["explain", "WRONG_TIPE"])).toEqual({
      code: 2,
      out: "",
      comment: "error[FM8006]: There is no code WRONG_TIPE. Did you mean WRONG_TYPE?\n",
    })
    expect((await fmap(folder, ["explain", "../../package"])).code).toBe(2)
  })
  test("the list", async () => {
    const { out } = await fmap(folder, ["explain"])
    expect(out).toMatch(/^Project$/mu)
    expect(out).toContain("  FM7001  File not found\n")
    expect(out).toMatch(/^Releases$/mu)
    expect(out).toContain("  V001  Version raised too little\n")
  })
  test("a rule about changes, and one that is nearly one", async () => {
    const { code, out } = await fmap(folder, ["explain", "v001"])
    expect(code).toBe(0)
    expect(out).toContain("V001 Version raised too little\n")
    expect((await fmap(folder, ["explain", "V01"])).comment).toBe(
      "error[FM8006]: There is no code V01. Did you mean V001?\n",
    )
  })
})

test("an empty folder has nothing to check, and says how to start", async () => {
  const folder = folderWith({})
  mkdirSync(join(folder, "x"))
  expect(await fmap(folder, ["check"])).toMatchObject({
    code: 2,
    comment: expect.stringContaining(`Run "fmap init" for a start`),
  })
})
