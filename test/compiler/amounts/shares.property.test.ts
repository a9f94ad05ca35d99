// Shares through the whole compiler: whatever the weights, the parts of every row add up to the total, are whole coins of the
// currency, and are what an oracle of exact fractions gives. Interpreter and emitted code alike.
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { interpreter } from "../../../compiler/interpret/index.ts"
import { planOf } from "../../conformance/plan-of.ts"
import { sharesByHand } from "../../runtime/money/exact-shares.ts"
import { type EmittedModules, emittedModules } from "../differential/emitted-modules.ts"

const rules = ["largest_fraction", "largest_share", "first", "last"] as const
const source = `
record Item {
  weight : decimal(12,3)
}

contract In version 1.0.0 {
  ccy   : currency
  total : money in ccy
  items : Item[1..]
}

record Line(ccy: currency) {
  ${rules.map(rule => `${rule} : money in ccy`).join("\n  ")}
}

contract Out version 1.0.0 {
  currency : currency
  lines    : Line(currency)[1..]
}

map M version 1.0.0
  from i: In
  to   o: Out
{
  currency = i.ccy
  lines = each i.items as item {
    ${rules.map(rule => `${rule} = share of i.total by item.weight remainder to ${rule} else hold NO_PROPORTION`).join("\n    ")}
  }
}
`
let modules: EmittedModules
beforeAll(() => {
  modules = emittedModules()
})
afterAll(() => modules.remove())

interface Line {
  readonly [rule: string]: string
}

const digitsOf = new Map([
  ["JPY", 0],
  ["USD", 2],
  ["KWD", 3],
])
const text = (value: bigint, digits: number): string => {
  const sign = value < 0n ? "-" : ""
  const all = String(value < 0n ? -value : value).padStart(digits + 1, "0")
  return digits === 0 ? `${sign}${all}` : `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`
}
const coins = (value: string): bigint => BigInt(value.replace(".", ""))

test("parts add up, are whole coins, and are what exact fractions give", () => {
  const plan = planOf(source)
  const interpret = interpreter(plan)
  const emitted = modules.load(plan, "shares").get("m")
  if (emitted === undefined) throw new Error("the map is not emitted")
  const amount = fc.oneof(
    fc.bigInt({ min: -1_000n, max: 1_000n }),
    fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
  )
  const weight = fc.oneof(fc.bigInt({ min: 0n, max: 9n }), fc.bigInt({ min: 0n, max: 10n ** 9n }))
  const weights = fc.tuple(fc.array(weight, { minLength: 1, maxLength: 7 }), fc.constantFrom(1n, 1n, 1n, -1n))
  fc.assert(
    fc.property(fc.constantFrom(...digitsOf.keys()), amount, weights, (ccy, total, [sizes, sign]) => {
      const digits = digitsOf.get(ccy) ?? 0
      const all = sizes.map(size => size * sign)
      const input = {
        i: { ccy, total: text(total, digits), items: all.map(one => ({ weight: text(one, 3) })) },
      }
      const expected = interpret("M", input)
      expect(emitted(input, {})).toEqual(expected)
      const byHand = total === 0n ? all.map(() => 0n) : sharesByHand(total, all, "first")
      if (byHand === undefined) {
        expect(expected.status).toBe("held")
        return
      }
      if (expected.status !== "done") throw new Error(`not done: ${JSON.stringify(expected)}`)
      const { lines } = expected.value as { readonly lines: readonly Line[] }
      for (const rule of rules) {
        const parts = lines.map(line => coins(line[rule] ?? ""))
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total)
        expect(parts).toEqual(total === 0n ? byHand : sharesByHand(total, all, rule))
      }
    }),
    { numRuns: 400 },
  )
})
