// Goldens: each case is an .fmap file; beside it a .txt with its diagnostics and tree. UPDATE=1 accepts.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parse, renderDiagnostic } from "@fmap/grammar"
import { describe, expect, test } from "vitest"
import { outline } from "./outline.ts"

const folder = join(import.meta.dirname, "cases")
const files = readdirSync(folder)
const update = process.env["UPDATE"] === "1"

describe("cases", () => {
  for (const file of files.filter(name => name.endsWith(".fmap"))) {
    test(file, () => {
      const text = readFileSync(join(folder, file), "utf8")
      const { tree, diagnostics } = parse(text, file)
      const said = diagnostics.map(d => `${renderDiagnostic(d, () => text)}\n`).join("\n")
      const shown = `${said}${said === "" ? "" : "\n"}--- tree\n${outline(tree.declarations)}`
      const golden = join(folder, file.replace(/\.fmap$/, ".txt"))
      if (update) writeFileSync(golden, shown)
      expect(existsSync(golden), "no golden: run with UPDATE=1 and read it").toBe(true)
      expect(shown).toBe(readFileSync(golden, "utf8"))
    })
  }

  test("every golden belongs to a case", () => {
    const orphans = files.filter(
      name => name.endsWith(".txt") && !files.includes(name.replace(/\.txt$/, ".fmap")),
    )
    expect(orphans).toEqual([])
  })
})
