// The whole compiler on damaged projects: whatever is cut, doubled or put in, it answers with diagnostics and never throws.
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { compile, memoryHost } from "@fmap/compiler"
import fc from "fast-check"
import { expect, it } from "vitest"

const root = fileURLToPath(new URL("../../../examples/closed-won/", import.meta.url))
const files = new Map(
  ["contracts", "crosswalks", "maps", "tests"].flatMap(folder =>
    readdirSync(root + folder).map(
      name => [`${folder}/${name}`, readFileSync(`${root}${folder}/${name}`, "utf8")] as const,
    ),
  ),
)
const sources = [...files.keys()].filter(path => path.endsWith(".fmap"))
const pieces = [
  "",
  "{",
  "}",
  "(",
  ")",
  " else ",
  " match ",
  '"',
  "`",
  "..",
  ":",
  "=",
  "__proto__",
  ".x",
  "[0]",
  "?",
  "->",
  "\n",
  "money in ",
]

it("answers to any damage", () => {
  const damage = fc.record({
    file: fc.constantFrom(...sources),
    from: fc.nat(20_000),
    length: fc.nat(60),
    insert: fc.constantFrom(...pieces),
  })
  fc.assert(
    fc.property(damage, ({ file, from, length, insert }) => {
      const text = files.get(file) ?? ""
      const at = from % text.length
      const damaged = text.slice(0, at) + insert + text.slice(at + length)
      const host = memoryHost(new Map([...files, [file, damaged]]))
      const compiled = compile(host, sources, { emit: {} })
      expect(compiled.plan === null).toBe(compiled.diagnostics.some(d => d.severity === "error"))
    }),
    { numRuns: 100 },
  )
})
