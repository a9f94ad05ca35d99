// `fmap diff` over schema files: what it says where, and the exit code.
import { describe, expect, test } from "vitest"
import { runCommandLine } from "../../../cli/command-line.ts"
import { fakeTerminal } from "../fake-terminal.ts"
import { folderWith } from "../folder.ts"

async function fmap(folder: string, ...words: readonly string[]) {
  const terminal = fakeTerminal(folder)
  const code = await runCommandLine(["diff", ...words], terminal)
  return { code, ...terminal.written }
}
const object = (properties: object, more: object = {}) =>
  JSON.stringify({ title: "Order", type: "object", properties, ...more })
const files = {
  "1.json": object({ id: { type: "string" } }),
  "2.json": object({ id: { type: "string", maxLength: 10 } }),
  "3.json": object({ id: { type: "string", maxLength: 20 } }),
}

describe("two files", () => {
  test("a break is told with what was and what is, and fails", async () => {
    const { code, out, comment } = await fmap(folderWith(files), "1.json", "2.json")
    expect(code).toBe(1)
    expect(out).toContain("error[S013] Order id: Range or length changed\n")
    expect(out).toContain("The longest text goes from without limit to 10 characters.")
    expect(comment).toBe("1 error; judged backward, policy sound.\n")
  })
  test("what breaks the other side only is information, until that side is asked for", async () => {
    const folder = folderWith(files)
    expect(await fmap(folder, "2.json", "3.json")).toMatchObject({ code: 0 })
    expect(await fmap(folder, "2.json", "3.json", "--mode", "forward")).toMatchObject({ code: 1 })
    expect(await fmap(folder, "2.json", "3.json", "--mode", "full")).toMatchObject({ code: 1 })
  })
  test("the same file has no findings", async () => {
    expect(await fmap(folderWith(files), "1.json", "1.json")).toEqual({
      code: 0,
      out: "",
      comment: "No findings; judged backward, policy sound.\n",
    })
  })
  test("as data", async () => {
    const { out } = await fmap(folderWith(files), "1.json", "2.json", "--reporter", "json")
    expect(JSON.parse(out)).toMatchObject({
      format: "fmap.changes",
      passes: false,
      findings: [{ rule: "S013", path: "/id", direction: "writers", bump: "major" }],
    })
  })
})

describe("several versions", () => {
  test("the newest is compared with the one before it", async () =>
    expect(await fmap(folderWith(files), "1.json", "2.json", "3.json")).toMatchObject({ code: 0 }))
  test("and with --transitive with each", async () => {
    const { code, out } = await fmap(folderWith(files), "1.json", "2.json", "3.json", "--transitive")
    expect(code).toBe(1)
    expect(out).toContain("error[S013] Order since 1.json id")
  })
})

describe("what is no schema is told with its place, and nothing is compared", () => {
  const cases: readonly [string, string, string][] = [
    ["text that is no JSON", "{", "x.json:1:2: Expected a key in double quotes."],
    ["a list", "[]", "x.json: A schema is an object, true or false."],
    [
      "a type that there is not",
      '{"type":"decimal"}',
      'x.json:/type: type has "decimal", which is no type of JSON Schema.',
    ],
    [
      "a limit that is no number",
      '{"properties":{"a":{"minLength":"1"}}}',
      "x.json:/properties/a/minLength: minLength must be a whole number that is not negative.",
    ],
    [
      "a reference to a host",
      '{"$ref":"https://example.com/a.json"}',
      "leads out of the file; fmap opens no addresses",
    ],
    ["a reference to nowhere", '{"$ref":"#/$defs/a"}', '"#/$defs/a" leads nowhere in this file.'],
    ["a pattern that is none", '{"pattern":"("}', 'x.json:/pattern: pattern is no regular expression: "("'],
    [
      "a key that stands twice",
      '{"type":"string","type":"number"}',
      'The key "type" stands twice in one object.',
    ],
    ["nesting without end", `${'{"not":'.repeat(200)}{}${"}".repeat(200)}`, "The JSON is nested too deep."],
    ["a number of no size", '{"minimum":1e999}', "minimum is a number of a size nobody can compare."],
  ]
  test.each(cases)("%s", async (_name, text, message) => {
    const { code, out, comment } = await fmap(folderWith({ ...files, "x.json": text }), "1.json", "x.json")
    expect([code, out]).toEqual([2, ""])
    expect(comment).toContain(message)
  })
  test("no file, a folder, one file", async () => {
    const folder = folderWith({ ...files, "f/x": "" })
    expect(await fmap(folder, "1.json", "none.json")).toMatchObject({
      code: 2,
      comment: 'error[FM8101]: There is no file "none.json".\n',
    })
    expect(await fmap(folder, "1.json", "f")).toMatchObject({
      code: 2,
      comment: 'error[FM8102]: "f" is no file.\n',
    })
    expect(await fmap(folder, "1.json")).toMatchObject({ code: 2 })
  })
})
