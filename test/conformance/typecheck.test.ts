// The emitted TypeScript of every conformance case compiles as strictly as this repository.
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { compile, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"
import { readCases } from "./read-cases.ts"

const repository = fileURLToPath(new URL("../..", import.meta.url))

test("strict TypeScript accepts every emitted module", () => {
  // Inside node_modules, so that `@fmap/runtime` is found as by a user and no tool looks at the folder.
  const folder = mkdtempSync(join(repository, "node_modules/.fmap-typecheck-"))
  try {
    const files: string[] = []
    for (const one of readCases()) {
      for (const file of compile(memoryHost(one.files), [one.entry], { emit: { typescript: true } }).files) {
        if (!/(?<!\.d)\.ts$/.test(file.path)) continue
        const path = join(folder, one.name, file.path)
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(path, file.text)
        files.push(path)
      }
    }
    expect(files.length).toBeGreaterThan(150)
    const config = { extends: "../../tsconfig.json", files, include: [] }
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config))
    expect(typeErrors(folder)).toBe("")
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 120_000)

function typeErrors(folder: string): string {
  try {
    execFileSync(
      process.execPath,
      [join(repository, "node_modules/typescript/bin/tsc"), "--noEmit", "-p", folder],
      { encoding: "utf8" },
    )
    return ""
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? String(error)
  }
}
