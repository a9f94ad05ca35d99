// The four files of a module belong together: the `.js` is the `.ts` with its types blanked, the map fits both and leads to
// the line of the `.fmap` that made the code.
import { stripTypeScriptTypes } from "node:module"
import { describe, expect, test } from "vitest"
import { variableLength } from "../../../../compiler/emit/typescript/javascript/source-map.ts"
import { siblingPath } from "../../../../compiler/emit/typescript/module.ts"
import type { Plan } from "../../../../compiler/plan/index.ts"
import * as b from "../../interpret/plan-builders.ts"
import { fixtures } from "./fixtures.ts"
import { emitted, importEmitted } from "./run-emitted.ts"

describe.each(fixtures)("$name", ({ plan }) => {
  const files = emitted(plan)
  const typescript = files.get("order.ts")!
  const javascript = files.get("order.js")!

  test("js is ts with types blanked", () => {
    const trimmed = (text: string): string => text.replace(/ +$/gm, "")
    expect(trimmed(javascript)).toBe(trimmed(stripTypeScriptTypes(typescript)))
  })

  test("every character of js stands where it stands in ts", () => {
    const [ts, js] = [typescript.split("\n"), javascript.split("\n")]
    expect(js.length).toBe(ts.length)
    js.forEach((line, i) => {
      for (let column = 0; column < line.length; column++)
        if (line[column] !== " ") expect(line[column]).toBe(ts[i]![column])
    })
  })

  test("the map leads from a field's code to its line", () => {
    const map = JSON.parse(files.get("order.js.map")!) as {
      version: number
      sources: string[]
      mappings: string
      sourcesContent?: unknown
    }
    expect(map).toMatchObject({ version: 3, sources: ["../order.fmap"] })
    expect(map.sourcesContent).toBeUndefined()
    const mappings = decoded(map.mappings)
    const lines = typescript.split("\n")
    for (const { line, column } of mappings) expect(column).toBeLessThanOrEqual(lines[line]!.length)
    for (const one of mappings) expect(one.sourceLine).toBeGreaterThanOrEqual(0)
    const key = plan.shapes[0]!.fields[0]!
    expect(
      mappings.some(
        one =>
          lines[one.line]!.slice(one.column).startsWith(`readonly ${key.wireName}`) &&
          one.sourceLine === key.at[1] - 1,
      ),
    ).toBe(true)
  })
})

function decoded(text: string) {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
  const found: { line: number; column: number; source: number; sourceLine: number; sourceColumn: number }[] =
    []
  let [source, sourceLine, sourceColumn] = [0, 0, 0]
  text.split(";").forEach((part, line) => {
    let column = 0
    for (const segment of part.split(",").filter(one => one !== "")) {
      const values: number[] = []
      let [value, shift] = [0, 0]
      for (const character of segment) {
        const digit = digits.indexOf(character)
        value += (digit & 31) << shift
        shift += 5
        if (digit < 32) {
          values.push(value & 1 ? -(value >> 1) : value >> 1)
          ;[value, shift] = [0, 0]
        }
      }
      column += values[0]!
      source += values[1]!
      sourceLine += values[2]!
      sourceColumn += values[3]!
      found.push({ line, column, source, sourceLine, sourceColumn })
    }
  })
  return found
}

test.each([
  [0, "A"],
  [1, "C"],
  [-1, "D"],
  [15, "e"],
  [16, "gB"],
  [-16, "hB"],
  [1000, "w+B"],
])("%i in base64 VLQ is %s", (value, text) => {
  expect(variableLength(value)).toBe(text)
})

test.each([
  ["order.fmap", "contracts.fmap", "./contracts.js"],
  ["maps/order.fmap", "contracts/a.fmap", "../contracts/a.js"],
  ["a/b/c.fmap", "a/d.fmap", "../d.js"],
  ["a.fmap", "b/c.fmap", "./b/c.js"],
])("from %s to %s is %s", (from, to, path) => {
  expect(siblingPath(from, to)).toBe(path)
})

describe("several files", () => {
  const source = b.contract("Source", [b.field("a", b.wireText())], {}, { file: 1 })
  const target = b.contract(
    "Target",
    [b.field("a", b.wireText()), b.field("b", b.wireText(), { optional: true })],
    {},
    { file: 1 },
  )
  const lookup = {
    kind: "lookup",
    crosswalk: "Names",
    keys: [b.src("a", b.text)],
    asOf: null,
    inverse: false,
    type: b.text,
    maybe: true,
    at: b.here,
  } as const
  const map = b.mapOf(
    source,
    target,
    { a: b.src("a", b.text), b: lookup },
    { name: "Copy", crosswalks: ["Names"] },
  )
  const many = Array.from({ length: 100 }, (_, i) => ({
    keys: [`k${i}`],
    from: "0001-01-01",
    until: "9999-12-31",
    value: `v${i}`,
    at: b.here,
  }))
  const plan: Plan = b.plan({
    files: [
      { path: "maps/copy.fmap", sha256: "0" },
      { path: "contracts/all.fmap", sha256: "0" },
      { path: "data.fmap", sha256: "0" },
    ],
    shapes: [source, target],
    crosswalks: [
      {
        id: "Names",
        name: "Names",
        file: 2,
        docs: "",
        at: b.here,
        version: "1.0.0",
        owner: null,
        parameters: [{ name: "key", type: b.wireText() }],
        result: b.wireText(),
        keyForm: "exact",
        bothWays: false,
        dated: false,
        unmapped: null,
        external: null,
        rows: many,
      },
    ],
    maps: [map],
  })
  test("import each other by their own names, and only what they use", async () => {
    const text = emitted(plan, false).get("maps/copy.ts")!
    expect(text).toContain('import { lookupNames } from "../data.js";')
    expect(text).toContain('import type { Source, Target } from "../contracts/all.js";')
    const { copy } = (await importEmitted(plan, "maps/copy.js", false)) as {
      copy: (input: unknown) => unknown
    }
    expect(copy({ src: { a: "k42" } })).toMatchObject({ status: "done", value: { a: "k42", b: "v42" } })
    expect(copy({ src: { a: "constructor" } })).toMatchObject({ status: "done", value: { a: "constructor" } })
  })
  test("leave nothing but their exports", async () => {
    expect(Object.keys(await importEmitted(plan, "maps/copy.js", false))).toEqual(["copy"])
    expect(Object.keys(await importEmitted(plan, "contracts/all.js", false))).toEqual([
      "validateSource",
      "validateTarget",
    ])
    expect(Object.keys(await importEmitted(plan, "data.js", false))).toEqual(["lookupNames"])
  })
})

describe("validators", () => {
  const fixture = fixtures[0]!
  const validate = importEmitted(fixture.plan, "order.js", false).then(
    module =>
      module["validateOrder"] as (payload: unknown) => {
        status: string
        issues?: readonly { code: string; pointer: string }[]
      },
  )
  test("take what the map takes and look at every field", async () => {
    const run = await validate
    const order = fixture.payload["order"] as Record<string, unknown>
    expect(run(order)).toMatchObject({ status: "done", value: order })
    const broken = {
      ...order,
      Date: "1999-01-01",
      modified: "yesterday",
      bill: { city: 7 },
      Lines: [{ ...(order["Lines"] as object[])[0], kind: "x" }, null],
    }
    expect(run(broken).issues?.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      "BAD_INSTANT /modified",
      "WRONG_TYPE /bill/city",
      "UNKNOWN_MEMBER /Lines/0/kind",
      "NOT_AN_OBJECT /Lines/1",
      "TOO_OLD ",
    ])
    expect(run(null)).toMatchObject({ status: "rejected" })
    expect(run([])).toMatchObject({ status: "rejected" })
  })
})
