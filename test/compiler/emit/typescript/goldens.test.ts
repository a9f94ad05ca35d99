// What is emitted for each fixture, beside the payload it is for and what it answers. `FMAP_UPDATE=1` accepts what there is now;
// a golden without a fixture fails.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { fixtures } from "./fixtures.ts"
import { emitted } from "./run-emitted.ts"

const folder = join(import.meta.dirname, "goldens")
const update = process.env["FMAP_UPDATE"] === "1"
const fileOf = (name: string): string => `${name}.golden.txt`

describe("goldens", () => {
  test.each(fixtures)("$name", ({ name, plan, payload }) => {
    const files = emitted(plan, false)
    const text = [
      `── payload\n${JSON.stringify(payload, null, 2)}\n`,
      ...[...files].filter(([path]) => path.endsWith(".ts")).map(([path, of]) => `── ${path}\n${of}`),
    ].join("\n")
    const file = join(folder, fileOf(name))
    if (update) writeFileSync(file, text)
    expect(existsSync(file), `no golden: run with FMAP_UPDATE=1`).toBe(true)
    expect(text).toBe(readFileSync(file, "utf8"))
  })

  test("every golden has its fixture", () => {
    const known = new Set(fixtures.map(({ name }) => fileOf(name)))
    const lost = readdirSync(folder).filter(file => !known.has(file))
    if (update) for (const file of lost) rmSync(join(folder, file))
    expect(update ? [] : lost).toEqual([])
  })

  test("the same Plan gives the same bytes", () => {
    for (const { plan } of fixtures) expect([...emitted(plan)]).toEqual([...emitted(structuredClone(plan))])
  })
})
