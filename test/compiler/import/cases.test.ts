// What each importer makes of a small source that has everything: goldens beside their inputs, notes at the end. Accept with
// FMAP_ACCEPT=1 after reading them.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { printImported } from "@fmap/compiler/import"
import { expect, test } from "vitest"
import { compiled } from "./compiled.ts"
import { imported } from "./fixtures.ts"

const folder = join(import.meta.dirname, "cases")
const names = readdirSync(folder)
const sources = names.filter(name => !name.endsWith(".golden.fmap"))

test.each(sources.map(name => [name]))("%s", name => {
  const source = { name, text: readFileSync(join(folder, name), "utf8"), beside: () => null }
  const { imported: found } = imported(source)
  const text = printImported(found)
  compiled(text)
  const notes = found.notes.map(
    ({ kind, sure, at, message }) => `// ${kind}${sure === null ? "" : ` (${sure})`} ${at}: ${message}\n`,
  )
  const shown = `${text}\n${notes.join("")}`
  const golden = join(folder, `${name}.golden.fmap`)
  if (process.env["FMAP_ACCEPT"] === "1") writeFileSync(golden, shown)
  expect(existsSync(golden), "no golden: run with FMAP_ACCEPT=1 and read it").toBe(true)
  expect(shown).toBe(readFileSync(golden, "utf8"))
})

test("every golden has its source", () => {
  const goldens = names.filter(name => name.endsWith(".golden.fmap"))
  expect(goldens).toEqual(sources.map(name => `${name}.golden.fmap`))
})
