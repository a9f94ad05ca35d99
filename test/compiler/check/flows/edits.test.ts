// Whatever is taken out of a flow or misspelt in it: nothing throws, and a flow is in the Plan or an error says why it is not. One mistake gives an error where it
// is, and at most one for each use of a name that is no more.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { analyse, memoryHost } from "@fmap/compiler"
import { describe, expect, test } from "vitest"

const cases = join(import.meta.dirname, "../../../../specs/conformance")
/** Of so many edits one is tried: another one for each text. */
const step = 9

function edits(text: string): readonly string[] {
  const start = text.search(/^(?:crosswalk|flow) /mu)
  const tokens = [...text.slice(start).matchAll(/"[^"\n]*"|\w+|[^\s\w]/gu)]
  return tokens.flatMap(({ 0: token, index }) => {
    const before = text.slice(0, start + index)
    const after = text.slice(start + index + token.length)
    return [before + after, `${before}Nope${after}`, `${before}${token} ${token}${after}`]
  })
}

describe.each(["language/flow-quote-to-order", "language/flow-nightly-actuals", "flows/links"])(
  "%s",
  name => {
    const text = readFileSync(join(cases, name, "main.fmap"), "utf8")
    const tried = edits(text).filter((_, i) => i % step === name.length % step)

    test(`${tried.length} edits`, () => {
      let most = 0
      for (const edited of tried) {
        const { plan, diagnostics } = analyse(memoryHost(new Map([["main.fmap", edited]])), ["main.fmap"])
        const errors = diagnostics.filter(({ severity }) => severity === "error")
        expect(plan === null, edited).toBe(errors.length > 0)
        if (plan !== null)
          expect(plan.flows?.length ?? 0, edited).toBe(edited.match(/^flow /gmu)?.length ?? 0)
        most = Math.max(most, errors.length)
      }
      expect(most).toBeLessThanOrEqual(9)
    })
  },
)
