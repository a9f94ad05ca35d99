// Every case of ./cases says exactly what it expects. `FMAP_ACCEPT=1 npx vitest run test/compiler/resolve` writes what is
// said now; read the difference before committing it.
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { catalogue } from "@fmap/grammar"
import { describe, expect, it } from "vitest"
import { readCases } from "../../conformance/read-cases.ts"
import { diagnose, readCase } from "./read-case.ts"

const folder = fileURLToPath(new URL("./cases/", import.meta.url))
const names = readdirSync(folder).filter(name => name.endsWith(".case"))
const accept = process.env["FMAP_ACCEPT"] === "1"

describe("what resolve says", () => {
  it.each(names)("%s", name => {
    const text = readFileSync(folder + name, "utf8")
    const read = readCase(text)
    const said = diagnose(read.files)
    if (accept)
      writeFileSync(
        folder + name,
        `${text.split(/^=== expected$/m)[0]?.trimEnd()}\n\n=== expected\n${said}\n`,
      )
    else expect(said).toBe(read.expected)
  })
})

describe("the cases", () => {
  it("show every code of names, contracts, crosswalks and tests at least once, or a case of specs/conformance does", () => {
    const refused = readCases().flatMap(one => one.diagnostics.map(({ code }) => code))
    const all = [...names.map(name => readFileSync(folder + name, "utf8")), ...refused].join("\n")
    const own = Object.keys(catalogue).filter(code => /^FM(20|6|7)/.test(code))
    expect(own.filter(code => !all.includes(code) && !elsewhere.has(code))).toEqual([])
  })
})

// Shown by other tests: the size of files and what a disk refuses cannot stand in a text; codes of maps need the checker; wires
// have ./bind-wire.test.ts; cases of the specification show errors only.
const elsewhere = new Set([
  "FM7002",
  "FM7009",
  "FM7011",
  "FM6307",
  "FM6255",
  "FM6501",
  "FM6502",
  "FM6503",
  "FM7151",
  "FM7161",
])
