// Every promise of the engine is guarded: for each there is an engine that breaks it, and the suite says so. Each mutant is a copy of the
// sources with one thing changed.
import { spawn } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { root } from "../../architecture/source-files.ts"
import { type Mutant, mutants } from "./mutants.ts"

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function copyOfSources(): string {
  const folder = mkdtempSync(join(tmpdir(), "fmap-mutant-"))
  folders.push(folder)
  const skipped = /\/(?:dist|node_modules)(?:\/|$)/u
  for (const part of ["runtime", "test/runtime/flow", "test/architecture"])
    cpSync(join(root, part), join(folder, part), { recursive: true, filter: path => !skipped.test(path) })
  for (const file of ["package.json", "vitest.config.ts"]) cpSync(join(root, file), join(folder, file))
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
  return folder
}

function run(
  folder: string,
  caughtBy: Mutant["caughtBy"],
): Promise<{ readonly code: number | null; readonly told: string }> {
  const words =
    caughtBy === "simulation"
      ? ["--conditions=fmap-source", "test/runtime/flow/simulation/run.ts", "1", "150"]
      : ["node_modules/vitest/vitest.mjs", "run", `test/runtime/flow/${caughtBy}`]
  return new Promise(resolve => {
    const child = spawn(process.execPath, words, { cwd: folder, env: { ...process.env, NO_COLOR: "1" } })
    let told = ""
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", data => {
        told += String(data)
      })
    child.on("close", code => resolve({ code, told }))
  })
}

describe("mutants", () => {
  let folder = ""
  beforeAll(() => {
    folder = copyOfSources()
  })

  test.each(mutants.map(mutant => [mutant.name, mutant] as const))(
    "an engine that %s is noticed",
    async (_, mutant) => {
      const before = new Map<string, string>()
      const restore = () => {
        for (const [path, text] of before) writeFileSync(path, text)
      }
      try {
        for (const { file, from, to } of mutant.edits) {
          const path = join(folder, "runtime/flow", file)
          const text = readFileSync(path, "utf8")
          if (!before.has(path)) before.set(path, text)
          expect(text.split(from).length, `${file} holds once: ${from}`).toBe(2)
          writeFileSync(
            path,
            text.replace(from, () => to),
          )
        }
        const { code, told } = await run(folder, mutant.caughtBy)
        expect(code, told.slice(0, 2_000)).toBe(1)
        expect(told, "a promise was broken").toMatch(
          mutant.caughtBy === "simulation" ? /^seed \d+: /mu : /AssertionError/u,
        )
      } finally {
        restore()
      }
    },
  )
})
