// How large a record may be with what it holds written out: the last size that is fine, the first that is not, and sizes that
// would keep a compiler busy for ever.
import { analyse, memoryHost } from "@fmap/compiler"
import { describe, expect, test } from "vitest"

function findings(text: string): readonly string[] {
  const { diagnostics } = analyse(memoryHost(new Map([["a.fmap", text]])), ["a.fmap"])
  return diagnostics.map(found => `${found.code} ${found.message}`)
}

/** `count` records, each of which holds the next under the given names. */
function chain(count: number, names: readonly string[]): string {
  return Array.from({ length: count }, (_, i) => {
    const type = i === count - 1 ? "text(9)" : `R${i + 1}`
    return `record R${i} {\n${names.map(name => `  ${name} : ${type}\n`).join("")}}\n`
  }).join("\n")
}

describe("the size of a record", () => {
  test("a hundred levels are fine, one more is told once, at the record that goes too far", () => {
    expect(findings(chain(100, ["n"]))).toEqual([])
    expect(findings(chain(103, ["n"]))).toEqual(['FM6018 "R2" has 101 levels; there may be 100.'])
  })

  test("2 + 4 + … + 4096 fields are fine, 8192 more are not", () => {
    expect(findings(chain(12, ["n", "m"]))).toEqual([])
    expect(findings(chain(13, ["n", "m"]))).toEqual(['FM6018 "R0" has 16382 fields; there may be 10000.'])
  })

  test("a list counts its row once", () => {
    const rows = `record Row {\n${Array.from({ length: 9_998 }, (_, i) => `  f${i} : int\n`).join("")}}\n`
    expect(findings(`${rows}record Sheet {\n  rows : Row[1..500]\n}\n`)).toEqual([])
    expect(findings(`${rows}record Sheet {\n  rows : Row[1..500]\n  a : int\n  b : int\n}\n`)).toEqual([
      'FM6018 "Sheet" has 10001 fields; there may be 10000.',
    ])
  })

  test.each([
    ["forty records, each twice in the one before", chain(40, ["n", "m"])],
    ["a chain of five thousand", chain(5_000, ["n"])],
  ])("%s: one finding, at once", (_, text) => {
    const map = `contract Out version 1.0.0 {\n  r : R0\n}\n\nmap M version 1.0.0\n  from i: R0\n  to   o: Out\n{\n  r = i\n}\n`
    expect(findings(text + map)).toEqual([expect.stringMatching(/^FM6018 /)])
  })
})
