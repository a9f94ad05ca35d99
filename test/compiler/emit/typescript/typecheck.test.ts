// What is emitted passes TypeScript under the flags of this repository, as `.ts` and as `.js` with its `.d.ts`.
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import fc from "fast-check"
import { expect, test } from "vitest"
import { compile, memoryHost } from "../../../../compiler/index.ts"
import type { Plan } from "../../../../compiler/plan/index.ts"
import { readCases } from "../../../conformance/read-cases.ts"
import { fixtures } from "./fixtures.ts"
import { randomMap } from "./random-maps.ts"
import { emitted } from "./run-emitted.ts"

const maps = Number(process.env["FMAP_MAPS"] ?? 30)
const root = join(import.meta.dirname, "../../../..")

test("strict TypeScript takes every emitted module", () => {
  const folder = mkdtempSync(join(root, "node_modules/.fmap-typecheck-"))
  try {
    const random = fc
      .sample(randomMap, { numRuns: maps, seed: Number(process.env["FMAP_SEED"] ?? 20260331) })
      .map((plan, i) => ({ name: `random-${i}`, plan }))
    for (const fixture of [...fixtures, ...random, ...severalFiles()]) {
      for (const [name, text] of emitted(fixture.plan)) {
        if (!name.endsWith(".ts")) continue
        // the declarations in a folder of their own: beside the `.ts` nobody would read them
        const file = join(folder, name.endsWith(".d.ts") ? "declarations" : "modules", fixture.name, name)
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, text)
      }
    }
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: join(root, "tsconfig.json"),
        compilerOptions: { skipLibCheck: false, types: [] },
        include: ["modules", "declarations"],
        exclude: [],
      }),
    )
    expect(tsc(folder)).toBe("")
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Projects whose modules import two of one name. */
function severalFiles(): readonly { readonly name: string; readonly plan: Plan }[] {
  return ["projects/two-accounts", "projects/own-and-imported"].map(name => {
    const found = readCases().find(one => one.name === name)
    const { plan } = compile(memoryHost(found?.files ?? new Map()), ["main.fmap"], { emit: {} })
    if (plan === null) throw new Error(`${name} does not compile`)
    return { name, plan }
  })
}

function tsc(folder: string): string {
  try {
    execFileSync(
      process.execPath,
      [join(root, "node_modules/typescript/bin/tsc"), "-p", folder, "--noEmit"],
      { encoding: "utf8" },
    )
    return ""
  } catch (error) {
    return (error as { readonly stdout: string }).stdout.replaceAll(folder, "")
  }
}
