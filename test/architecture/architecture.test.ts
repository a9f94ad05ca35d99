// The table of layers and the rules of the house, held against every source file; and each rule against a file that breaks it.
import { describe, expect, test } from "vitest"
import {
  exitProblems,
  formProblems,
  importProblems,
  lengthProblems,
  longestFile,
  purityProblems,
} from "./rules.ts"
import { readSource, repositoryFiles, type SourceText } from "./source-files.ts"

const files = repositoryFiles()
const sources = files.filter(path => /^(?:grammar|compiler|runtime|cli)\/.*\.ts$/u.test(path)).map(readSource)

describe("every source file", () => {
  test("there are some", () => expect(sources.length).toBeGreaterThan(30))
  test("imports only what its layer may", () => expect(sources.flatMap(importProblems)).toEqual([]))
  test("is pure where its layer is", () => expect(sources.flatMap(purityProblems)).toEqual([]))
  test("has the form of the house", () => expect(sources.flatMap(formProblems)).toEqual([]))
  test("gives exit code 2 a code", () => expect(sources.flatMap(exitProblems)).toEqual([]))
  test("is not too long", () => expect(sources.flatMap(lengthProblems)).toEqual([]))
})

test("most files are short", () => {
  const lengths = sources.map(source => source.text.split("\n").length).toSorted((a, b) => a - b)
  const at = (share: number) => lengths[Math.floor((lengths.length - 1) * share)] ?? 0
  expect(at(0.5)).toBeLessThan(120)
  expect(at(0.9)).toBeLessThan(400)
})

describe("a rule that is broken is noticed", () => {
  const file = (path: string, code: string): SourceText => ({
    path,
    text: `// Flows in: nothing.\n${code}\n`,
  })
  const cases: readonly [string, (source: SourceText) => string[], SourceText][] = [
    [
      "grammar importing the compiler",
      importProblems,
      file("grammar/a.ts", `import { x } from "@fmap/compiler"`),
    ],
    ["runtime importing a dependency", importProblems, file("runtime/a.ts", `import type { x } from "zod"`)],
    [
      "runtime importing the grammar, over several lines",
      importProblems,
      file("runtime/a.ts", `import {\n  x,\n} from "@fmap/grammar"`),
    ],
    ["a phase reading files", importProblems, file("compiler/check/a.ts", `import * as fs from "node:fs"`)],
    [
      "a phase loading lazily",
      importProblems,
      file("compiler/check/a.ts", `const fs = await import("node:fs")`),
    ],
    [
      "a re-export across folders",
      importProblems,
      file("cli/a.ts", `export * from "../compiler/plan/index.ts"`),
    ],
    ["an import without extension", importProblems, file("cli/a.ts", `import { b } from "./b"`)],
    ["a clock in a phase", purityProblems, file("compiler/lower/a.ts", "const now = Date.now()")],
    ["chance in the grammar", purityProblems, file("grammar/a.ts", "const x = Math.random()")],
    ["a clock in the engine", purityProblems, file("runtime/flow/engine/a.ts", "const now = Date.now()")],
    ["the core reading files", importProblems, file("runtime/sets/a.ts", `import * as fs from "node:fs"`)],
    ["the process in the runtime", purityProblems, file("runtime/a.ts", "const x = process.env.X")],
    [
      "an exit code 2 without a code",
      exitProblems,
      file("cli/verbs/a.ts", "export const a = () => exitCodes.cannotStart"),
    ],
    ["a default export", formProblems, file("cli/a.ts", "export default 1")],
    ["a mutable module variable", formProblems, file("cli/a.ts", "let count = 0")],
    ["an enum", formProblems, file("cli/a.ts", "export enum A { B }")],
    ["a name that says nothing", formProblems, file("cli/utils.ts", "")],
    ["a name that is not kebab-case", formProblems, file("cli/myFile.ts", "")],
    ["no header", formProblems, { path: "cli/a.ts", text: "export const a = 1\n" }],
    ["too long", lengthProblems, file("cli/a.ts", "\n".repeat(longestFile))],
  ]
  test.each(cases)("%s", (_name, rule, source) => expect(rule(source)).toHaveLength(1))

  test("and what is allowed is not", () => {
    const allowed = [
      file("compiler/host/node/a.ts", `import * as fs from "node:fs"`),
      file("compiler/a.ts", `import { x } from "@fmap/grammar"\nimport { y } from "./b.ts"`),
      file("cli/a.ts", `// import { x } from "../compiler/a.ts"\nconst text = "of any kind"`),
    ]
    expect(
      allowed.flatMap(source => [
        ...importProblems(source),
        ...purityProblems(source),
        ...formProblems(source),
      ]),
    ).toEqual([])
  })
})

test("decision records are numbered without a double", () => {
  const records = files
    .filter(path => path.startsWith("specs/adr/"))
    .map(path => path.slice("specs/adr/".length))
  expect(records.filter(name => !/^\d{4}-[a-z0-9-]+\.md$/u.test(name))).toEqual([])
  const numbers = records.map(name => name.slice(0, 4))
  expect(numbers).toEqual([...new Set(numbers)])
  for (const name of records) {
    const { text } = readSource(`specs/adr/${name}`)
    for (const part of ["# ", "## Context", "## Decision", "## Consequences"])
      expect(text, name).toContain(part)
  }
})
