// `fmap import` over folders: what it writes, what it tells, exit codes; and re-imports that keep what was written by hand.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { compiled } from "../../compiler/import/compiled.ts"
import { type FakeOptions, fakeTerminal } from "../fake-terminal.ts"
import { folderWith, holds, put } from "../folder.ts"

async function fmap(cwd: string, words: readonly string[], options: FakeOptions = {}) {
  const terminal = fakeTerminal(cwd, options)
  const code = await runCommandLine(words, terminal)
  return { code, ...terminal.written }
}

const str = (maxLength?: number) => ({ type: "string", ...(maxLength === undefined ? {} : { maxLength }) })
const deal = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  JSON.stringify({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Deal",
    type: "object",
    properties,
    required: ["id", "name"],
    ...more,
  })
const first = { id: str(18), name: str(120), stage: { enum: ["new", "won"] }, memo: str() }
const words = ["import", "deal.json", "--out", "contracts/deal.fmap"]
const file = (folder: string) => readFileSync(join(folder, "contracts/deal.fmap"), "utf8")

async function project(properties: Record<string, unknown> = first) {
  const folder = folderWith({ "deal.json": deal(properties) })
  expect(await fmap(folder, words)).toMatchObject({ code: 0, out: "" })
  return folder
}
/** The file after an edit by hand and a new version of the source. */
async function again(
  edit: (text: string) => string,
  properties: Record<string, unknown>,
  options: string[] = [],
) {
  const folder = await project()
  const before = file(folder)
  const edited = edit(before)
  put(folder, { "contracts/deal.fmap": edited, "deal.json": deal(properties) })
  const check = await fmap(folder, [...words, ...options, "--check"])
  expect(file(folder)).toBe(edited)
  const told = await fmap(folder, [...words, ...options])
  expect(told).toMatchObject({ code: 0, out: check.out })
  compiled(file(folder))
  const third = await fmap(folder, [...words, "--check"])
  expect(third).toMatchObject({ code: 0, out: "" })
  return { check, text: file(folder) }
}

describe("a first import", () => {
  test("prints to standard output, notes to standard error", async () => {
    const folder = folderWith({ "deal.json": deal(first) })
    const { code, out, comment } = await fmap(folder, ["import", "deal.json"])
    expect(code).toBe(0)
    expect(comment).toBe("1 contract with 4 fields.\n")
    expect(out).toContain('contract Deal of DealSystem version 0.1.0\n  from schema "deal.json"\n{')
    compiled(out)
    expect(Object.keys(holds(folder))).toEqual(["deal.json"])
  })
  test("reads standard input", async () => {
    const { code, out } = await fmap(folderWith({}), ["import", "-", "--system", "Crm"], {
      input: deal(first),
    })
    expect([code, out.includes("contract Deal of Crm")]).toEqual([0, true])
  })
  test("a missing file, a folder, a broken file: exit code 2, and nothing is written", async () => {
    const folder = folderWith({
      "broken.json": '{"type":',
      "x/y": "",
      "no.yaml": "openapi: 3.0.0\npaths: [",
      "bin.json": "",
    })
    for (const [name, says] of [
      ["nothing.json", 'There is no file "nothing.json".'],
      ["x", '"x" is a folder'],
      ["broken.json", "broken.json:1:9: It is no JSON"],
      ["no.yaml", "no.yaml:2:9: It is no YAML"],
      ["bin.json", "bin.json: The file is empty."],
    ] as const) {
      const told = await fmap(folder, ["import", name, "--out", "a.fmap"])
      expect([told.code, told.out]).toEqual([2, ""])
      expect(told.comment).toContain(says)
    }
    expect(Object.keys(holds(folder))).not.toContain("a.fmap")
  })
  test("--only picks objects and fields, and the contract says that it picks", async () => {
    const folder = folderWith({ "deal.json": deal(first) })
    const { out } = await fmap(folder, ["import", "deal.json", "--only", "Deal.id,name"])
    expect(out).toContain('from schema "deal.json" picks\n{\n  id   : text(18)\n  name : text(120)\n}')
    const { code, comment } = await fmap(folder, ["import", "deal.json", "--only", "Deal.nope,Nothing"])
    expect([code, comment]).toEqual([
      2,
      'error[FM8206]: deal.json: It has no "Deal.nope", "Deal.Nothing". It has Deal.\n',
    ])
  })
  test("--check without a file, and of a file that is missing", async () => {
    const folder = folderWith({ "deal.json": deal(first) })
    expect(await fmap(folder, ["import", "deal.json", "--check"])).toMatchObject({ code: 2 })
    expect(await fmap(folder, [...words, "--check"])).toMatchObject({ code: 1 })
    expect(Object.keys(holds(folder))).toEqual(["deal.json"])
  })
})

describe("a re-import", () => {
  test("without any change leaves the file as it is", async () => {
    const folder = await project()
    const before = holds(folder)
    expect(await fmap(folder, [...words, "--check"])).toMatchObject({ code: 0, out: "" })
    expect(await fmap(folder, words)).toMatchObject({ code: 0, out: "" })
    expect(holds(folder)).toEqual(before)
  })
  test("of any edit by hand and the same source changes nothing", async () => {
    const { check, text } = await again(
      before =>
        before
          .replace("name   : text(120)", "/// What people call it.\n  name : text(1..80)  pii")
          .replace("contract Deal of", 'contract Sale as "Deal" of')
          .replace(
            '  from schema "deal.json"\n',
            '  from schema "deal.json"\n  owner "Sales"\n  lifecycle active\n',
          )
          .replace(/ {2}memo\?.*\n/, "")
          .replace(/\n\}\n$/, "\n  bonus? : decimal(5,2)\n\n  check id != name else reject SAME\n}\n"),
      first,
    )
    expect(check).toMatchObject({ code: 0, out: "" })
    for (const kept of [
      "What people call it.",
      "text(1..80)",
      "pii",
      "contract Sale",
      'owner     "Sales"',
      "bonus?",
      "check id",
    ])
      expect(text).toContain(kept)
    expect(text).not.toContain("memo")
  })
  test.each([
    [
      "a new field",
      { ...first, due: { type: "string", format: "date" } },
      "+ Deal.due date optional\n",
      "due?",
    ],
    ["a longer text", { ...first, name: str(255) }, "~ Deal.name text(120) → text(255)\n", "text(255)"],
    [
      "a new value",
      { ...first, stage: { enum: ["new", "won", "lost"] } },
      "~ Deal.stage enum { new, won } optional → enum { new, won, lost } optional\n",
      "lost",
    ],
    [
      "a new record",
      { ...first, to: { type: "object", properties: { city: str() } } },
      "+ Deal.to DealTo optional\n+ Deal.to record\n",
      "record DealTo",
    ],
    [
      "a field that is gone",
      { id: first.id, name: first.name, stage: first.stage },
      "- Deal.memo (marked deprecated)\n",
      /memo\? +: text {2}deprecated/,
    ],
  ] as const)("%s", async (_, properties, drift, says) => {
    const { check, text } = await again(before => before, properties)
    expect(check).toMatchObject({ code: 1, out: drift })
    expect(text).toMatch(says)
  })
  test("what was narrowed by hand stays when the source changes, and that is told", async () => {
    const { check, text } = await again(before => before.replace("text(120)", "text(80)"), {
      ...first,
      name: str(255),
    })
    expect(check).toMatchObject({
      code: 1,
      out: "~ Deal.name text(120) → text(255) (kept by hand: text(80))\n",
    })
    expect(text).toContain("text(80)")
  })
  test("a renamed field is known by its name on the wire", async () => {
    const { check, text } = await again(
      before => before.replace(/name +: text\(120\)/, 'title : text(120)  as "name"'),
      {
        ...first,
        name: str(255),
      },
    )
    expect(check.out).toBe("~ Deal.name text(120) → text(255)\n")
    expect(text).toMatch(/title +: text\(255\) {2}as "name"/)
  })
  test("a contract that picks gets no new fields", async () => {
    const { check, text } = await again(before => before.replace('"deal.json"', '"deal.json" picks'), {
      ...first,
      due: str(),
    })
    expect(check).toMatchObject({ code: 0, out: "" })
    expect(text).not.toContain("due")
  })
  test("--only adds to what was picked", async () => {
    const folder = folderWith({ "deal.json": deal(first) })
    await fmap(folder, [...words, "--only", "Deal.id"])
    expect(await fmap(folder, words)).toMatchObject({ code: 0, out: "" })
    expect(await fmap(folder, [...words, "--only", "Deal.name"])).toMatchObject({
      code: 0,
      out: "+ Deal.name text(120)\n",
    })
    expect(file(folder)).toContain("name : text(120)")
    expect(file(folder)).not.toContain("stage")
  })
  test("a field taken out by hand stays out, a new one beside it comes in", async () => {
    const { text } = await again(before => before.replace(/ {2}stage\?[\s\S]*?\}\n/, ""), {
      ...first,
      due: str(),
    })
    expect(text).not.toContain("stage")
    expect(text).toContain("due?")
  })
  test("without the record of last time nothing that stands is changed", async () => {
    const folder = folderWith({
      "deal.json": deal(first),
      "contracts/deal.fmap": "contract Deal version 3.0.0 {\n  id   : text(18)\n  name : text(80)\n}\n",
    })
    const { code, out } = await fmap(folder, words)
    expect(code).toBe(0)
    expect(out).toContain("~ Deal.name text(80) → text(120) (kept by hand: text(80))\n")
    expect(file(folder)).toContain("name   : text(80)")
    expect(file(folder)).toContain("version 3.0.0")
    expect(await fmap(folder, [...words, "--check"])).toMatchObject({ code: 0 })
  })
  test("drift as data", async () => {
    const folder = await project()
    put(folder, { "deal.json": deal({ ...first, name: str(255) }) })
    const { code, out } = await fmap(folder, [...words, "--check", "--format", "json"])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      format: "fmap.import-report",
      drift: [{ kind: "changed", at: "Deal.name", before: "text(120)", after: "text(255)", kept: null }],
    })
  })
  test("a file with syntax errors is left alone", async () => {
    const folder = await project()
    put(folder, { "contracts/deal.fmap": "contract {" })
    expect(await fmap(folder, words)).toMatchObject({ code: 2, out: "" })
    expect(file(folder)).toBe("contract {")
  })
  test("two sources of one file know nothing of each other", async () => {
    const folder = await project()
    const account = JSON.stringify({
      title: "Account",
      type: "object",
      properties: { id: str(18) },
      required: ["id"],
    })
    put(folder, { "account.json": account })
    const both = ["import", "account.json", "--out", "contracts/deal.fmap"]
    expect(await fmap(folder, both)).toMatchObject({ code: 0, out: "+ Account contract\n" })
    expect(await fmap(folder, [...both, "--check"])).toMatchObject({ code: 0, out: "" })
    expect(await fmap(folder, [...words, "--check"])).toMatchObject({ code: 0, out: "" })
    compiled(file(folder))
  })
})
