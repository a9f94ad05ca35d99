// Sources that are broken or meant to harm: a clear sentence with a place, never a crash, never a host.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { printImported } from "@fmap/compiler/import"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { compiled } from "./compiled.ts"
import { importAny, imported, textSource } from "./fixtures.ts"

const schema = (properties: unknown) =>
  JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", title: "A", properties })
const bomb = `openapi: 3.0.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(", ")}]`).join("\n")}\n`

test.each([
  ["truncated JSON", "a.json", '{"openapi": "3.0.0", "paths": {', /cut off/, 1],
  ["JSON with a comma too many", "a.json", '{"openapi": "3.0.0",\n}', /It is no JSON/, 2],
  ["invalid YAML", "a.yaml", "openapi: 3.0.0\ninfo: [a\npaths: {}\n", /It is no YAML/, 3],
  ["a YAML alias bomb", "a.yaml", bomb, /unfold to more than two million/, null],
  [
    "a YAML alias of itself",
    "a.yaml",
    "openapi: 3.0.0\npaths: &p\n  a: *p\n",
    /nested deeper|no YAML|names nothing/,
    null,
  ],
  ["two YAML documents", "a.yaml", "openapi: 3.0.0\n---\nb: 1\n", /several YAML documents/, 2],
  [
    "a reference to a host",
    "a.json",
    schema({ a: { $ref: "https://example.com/b.json" } }),
    /leads to a host; nothing is fetched/,
    null,
  ],
  [
    "a reference to a file of the disk",
    "a.json",
    schema({ a: { $ref: "file:///etc/passwd" } }),
    /leads to a host; nothing is fetched/,
    null,
  ],
  [
    "a reference out of the folder",
    "a.json",
    schema({ a: { $ref: "../../etc/passwd" } }),
    /not there, or lies outside/,
    null,
  ],
  [
    "a reference that leads nowhere",
    "a.json",
    schema({ a: { $ref: "#/$defs/Nothing" } }),
    /leads nowhere/,
    null,
  ],
  ["a CSV with a quote that never closes", "a.csv", 'a,b\n"x,1\n', /no CSV here/, 2],
  ["nothing", "a.json", "", /The file is empty/, null],
  ["a sample that is a number", "a.json", "[1, 2]", /It is no sample/, null],
  ["deep nesting", "a.json", `${"[".repeat(5000)}${"]".repeat(5000)}`, /nested too deep/, 1],
] as const)("%s", (_, name, text, says, line) => {
  const found = importAny(textSource(text, name))
  if (found.kind !== "unreadable") throw new Error("it was read")
  expect(found.problems[0]?.message).toMatch(says)
  expect(found.problems[0]?.at).toContain(name)
  if (line !== null) expect(found.problems[0]?.line).toBe(line)
})

describe("circles", () => {
  test.each([
    ["a record in itself", { $defs: { A: { properties: { a: { $ref: "#/$defs/A" } } } } }],
    [
      "two references that name each other",
      {
        $defs: { A: { $ref: "#/$defs/B" }, B: { $ref: "#/$defs/A" } },
        properties: { a: { $ref: "#/$defs/A" } },
      },
    ],
    [
      "a list of itself",
      {
        $defs: { A: { type: "array", items: { $ref: "#/$defs/A" } } },
        properties: { a: { $ref: "#/$defs/A" } },
      },
    ],
    [
      "parts of itself",
      {
        $defs: { A: { allOf: [{ $ref: "#/$defs/A" }, { properties: { b: {} } }] } },
        properties: { a: { $ref: "#/$defs/A" } },
      },
    ],
    [
      "a union of itself",
      {
        $defs: { A: { oneOf: [{ $ref: "#/$defs/A" }, { type: "string" }] } },
        properties: { a: { $ref: "#/$defs/A" } },
      },
    ],
  ])("%s is cut, and a note says so", (_, source) => {
    const found = imported(
      textSource(
        JSON.stringify({ $schema: "https://json-schema.org/draft/2020-12/schema", ...source }),
        "a.json",
      ),
    )
    expect(found.imported.notes.length).toBeGreaterThan(0)
    compiled(printImported(found.imported))
  })
  test("a chain of ten thousand references does not overflow", () => {
    const defs = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [
        `A${i}`,
        { properties: { next: { $ref: `#/$defs/A${i + 1}` }, v: { type: "string" } } },
      ]),
    )
    const text = JSON.stringify({
      $defs: { ...defs, A10000: { properties: { v: {} } } },
      properties: { a: { $ref: "#/$defs/A0" } },
    })
    expect(importAny(textSource(text, "a.json"), { format: "json-schema" }).kind).toBe("imported")
  })
})

describe("sources somebody broke", () => {
  const folder = join(import.meta.dirname, "cases")
  const texts = readdirSync(folder)
    .filter(name => !name.endsWith(".golden.fmap"))
    .map(name => ({ name, text: readFileSync(join(folder, name), "utf8") }))
  const parts = [
    "{",
    "}",
    '"',
    "[",
    "]",
    ":",
    ",",
    "null",
    "\0",
    "\ud800",
    "*a",
    "&a",
    "- ",
    "\n",
    "$ref",
    "allOf",
    "-1",
    "1e999",
    "true",
    ";",
    "`",
    "__proto__",
  ]
  test("never crash, and what is printed compiles", () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(30),
      insert: fc.constantFrom("", ...parts),
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (source, changes) => {
          let { text } = source
          for (const { at, remove, insert } of changes) {
            const place = Math.floor(at * text.length)
            text = text.slice(0, place) + insert + text.slice(place + remove)
          }
          const found = importAny(textSource(text, source.name))
          if (found.kind === "imported") compiled(printImported(found.imported))
        },
      ),
      { numRuns: 100 },
    )
  })
})
