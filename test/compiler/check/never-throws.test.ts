// A map half written, with a word lost, doubled or taken from elsewhere, gives diagnostics and never a throw; and what compiles in
// spite of it gives a Plan.
import { compile, memoryHost } from "@fmap/compiler"
import fc from "fast-check"
import { expect, test } from "vitest"
import { readCheckCases } from "./read-cases.ts"

const texts = readCheckCases().map(one => one.text.match(/\w+|\s+|[^\w\s]/gu) ?? [])
const words = [...new Set(texts.flat())].filter(word => word.trim() !== "")

const damage = fc.record({
  at: fc.nat(),
  how: fc.constantFrom("drop", "double", "replace"),
  word: fc.constantFrom(...words),
})

test("a damaged map never makes the compiler throw", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.array(damage, { minLength: 1, maxLength: 3 }),
      (text, damages) => {
        const tokens = [...text]
        for (const { at, how, word } of damages) {
          const i = at % tokens.length
          const token = tokens[i] ?? ""
          tokens[i] = how === "drop" ? "" : how === "double" ? `${token} ${token}` : word
        }
        const files = new Map([["main.fmap", tokens.join("")]])
        const { diagnostics, plan } = compile(memoryHost(files), ["main.fmap"], {
          emit: { typescript: true },
        })
        expect(plan === null).toBe(diagnostics.some(one => one.severity === "error"))
      },
    ),
    { numRuns: 500 },
  )
})
