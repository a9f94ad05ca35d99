// The reference tells the truth: every block of it marked `fmap` is a whole file that compiles without error, and its tests pass.
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { compile, memoryHost, runTests } from "@fmap/compiler"
import { parse } from "@fmap/grammar"
import { describe, expect, test } from "vitest"

const folder = join(import.meta.dirname, "../../specs/reference")
const blocks = readdirSync(folder)
  .sort()
  .flatMap(page =>
    [...readFileSync(join(folder, page), "utf8").matchAll(/^```fmap( fragment)?\n(.*?)^```$/gms)].map(
      ([, fragment, text = ""], i) => ({
        name: `${page} block ${i + 1}`,
        whole: fragment === undefined,
        text,
      }),
    ),
  )

test("there is something to read", () => expect(blocks.length).toBeGreaterThan(10))

describe.each(blocks)("$name", ({ whole, text }) => {
  if (whole) {
    test("compiles, and its tests pass", () => {
      const { diagnostics, plan } = compile(memoryHost(new Map([["main.fmap", text]])), ["main.fmap"], {
        emit: {},
      })
      expect(
        diagnostics.filter(one => one.severity === "error").map(one => `${one.code} ${one.message}`),
      ).toEqual([])
      if (plan === null) return
      const failed = runTests(plan, () => null).flatMap(one =>
        one.failures.map(failure => `${one.title}: ${failure.message}`),
      )
      expect(failed).toEqual([])
    })
  } else {
    test("can be read", () =>
      expect(parse(text, "main.fmap").diagnostics.filter(one => one.severity === "error")).toEqual([]))
  }
})
