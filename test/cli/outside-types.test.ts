// `types` of fmap.json: TypeScript types of JSON Schemas that come from outside, written by `fmap compile` like everything else.
import { expect, test } from "vitest"
import { runCommandLine } from "../../cli/command-line.ts"
import { fakeTerminal } from "./fake-terminal.ts"
import { folderWith, holds } from "./folder.ts"

const map = "contract A version 1.0.0 reads { id : text(3)  key }\n"
const schema = JSON.stringify({
  type: "object",
  required: ["tranId"],
  additionalProperties: false,
  properties: { tranId: { type: "string" }, total: { type: "number", maximum: 123456789012345678 } },
})

async function compile(files: Record<string, string>, types: readonly string[]) {
  const folder = folderWith({ "a.fmap": map, "fmap.json": JSON.stringify({ types }), ...files })
  const terminal = fakeTerminal(folder, {})
  const code = await runCommandLine(["compile"], terminal)
  return { code, comment: terminal.written.comment, files: holds(folder) }
}

test("each schema becomes declarations at its own path in the output folder", async () => {
  const { code, files } = await compile({ "schemas/sales-order.schema.json": schema }, [
    "schemas/sales-order.schema.json",
  ])
  expect(code).toBe(0)
  expect(files["generated/schemas/sales-order.schema.d.ts"]).toBe(
    "// Types of schemas/sales-order.schema.json, made by fmap; do not edit.\nexport interface SalesOrder {\n  tranId: string\n  total?: number\n}\n",
  )
})

test.each([
  ["a missing file", {}, "none.json", 'types: "none.json" cannot be read.\n'],
  ["broken JSON", { "s.json": "{" }, "s.json", 'types: "s.json", line 1: '],
  [
    "no schema",
    { "s.json": "[]" },
    "s.json",
    'types: "s.json": A JSON Schema must be an object to give types.\n',
  ],
  [
    "a reference to somewhere else",
    { "s.json": '{"$ref":"https://example.com/x.json"}' },
    "s.json",
    'types: "s.json": ',
  ],
  [
    "a way out of the project",
    {},
    "../../etc/passwd",
    'types: "../../etc/passwd" does not lead to a file of the project.\n',
  ],
])("%s stops the compile, and nothing is written", async (_, extra, path, said) => {
  const { code, comment, files } = await compile(extra, [path])
  expect([code, comment.startsWith(`error[FM8110]: ${said}`)]).toEqual([2, true])
  expect(Object.keys(files).filter(name => name.startsWith("generated/"))).toEqual([])
})
