// Conversion through the whole compiler against fractions by hand: either direction, rates for a hundred, two rates that meet, in
// coins of any currency; rounded once. Interpreter and emitted code alike.
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { interpreter } from "../../../compiler/interpret/index.ts"
import { planOf } from "../../conformance/plan-of.ts"
import { type EmittedModules, emittedModules } from "../differential/emitted-modules.ts"

const source = `
contract In version 1.0.0 {
  ccy      : currency
  amount   : money(30,4) in ccy
  back     : money(30,4) in EUR
  direct   : rate(18,8) of EUR per ccy
  indirect : rate(18,8) of ccy per EUR
  hundred  : rate(18,4) of EUR per ccy for 100
  onward   : rate(18,8) of KWD per EUR
}

contract Out version 1.0.0 {
  currency : currency
  direct   : money in EUR
  indirect : money in EUR
  hundred  : money in EUR
  chain    : money in KWD
  back     : money in currency
  over     : money in currency
}

map M version 1.0.0
  from i: In
  to   o: Out
{
  currency = i.ccy
  direct   = convert(i.amount, rate: i.direct, minor, half_even).amount
  indirect = convert(i.amount, rate: i.indirect, minor, half_even).amount else hold ZERO
  hundred  = convert(i.amount, rate: i.hundred, minor, half_even).amount
  chain    = convert(i.amount, rate: i.indirect then i.onward, minor, half_even).amount else hold ZERO
  back     = convert(i.back, rate: i.indirect, minor, half_even).amount
  over     = convert(i.back, rate: i.hundred, minor, half_even).amount else hold ZERO
}
`
let modules: EmittedModules
beforeAll(() => {
  modules = emittedModules()
})
afterAll(() => modules.remove())

const digitsOf = new Map([
  ["JPY", 0],
  ["USD", 2],
  ["BHD", 3],
  ["EUR", 2],
  ["KWD", 3],
])

/** value × 10^-scale as text. */
function text(value: bigint, scale: number): string {
  const all = String(value < 0n ? -value : value).padStart(scale + 1, "0")
  const figure = scale === 0 ? all : `${all.slice(0, -scale)}.${all.slice(-scale)}`
  return value < 0n ? `-${figure}` : figure
}

/** n / d to so many digits, half to even, by comparing twice the rest. */
function rounded(n: bigint, d: bigint, digits: number): string {
  const top = (n < 0n ? -n : n) * 10n ** BigInt(digits)
  let whole = top / d
  const rest = (top - whole * d) * 2n
  if (rest > d || (rest === d && whole % 2n === 1n)) whole += 1n
  return text(n < 0n ? -whole : whole, digits)
}

const e4 = 10_000n
const e8 = 100_000_000n

test("amounts are what fractions by hand give, rounded once", () => {
  const plan = planOf(source)
  const interpret = interpreter(plan)
  const emitted = modules.load(plan, "convert").get("m")
  if (emitted === undefined) throw new Error("the map is not emitted")
  const amount = fc.oneof(
    fc.bigInt({ min: -100_000n, max: 100_000n }),
    fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
  )
  const rate = fc.oneof(fc.bigInt({ min: 1n, max: 3n * e8 }), fc.bigInt({ min: 1n, max: 10n ** 15n }))
  fc.assert(
    fc.property(
      fc.constantFrom("JPY", "USD", "BHD", "EUR", "KWD"),
      fc.tuple(amount, amount),
      fc.tuple(rate, rate, rate, rate),
      (ccy, [a, b], [direct, indirect, hundred, onward]) => {
        const digits = digitsOf.get(ccy) ?? 0
        const input = {
          i: {
            ccy,
            amount: text(a, 4),
            back: text(b, 4),
            direct: text(direct, 8),
            indirect: text(indirect, 8),
            hundred: text(hundred, 4),
            onward: text(onward, 8),
          },
        }
        const home = ccy === "EUR"
        const value = {
          currency: ccy,
          direct: home ? rounded(a, e4, 2) : rounded(a * direct, e4 * e8, 2),
          indirect: home ? rounded(a, e4, 2) : rounded(a * e8, e4 * indirect, 2),
          hundred: home ? rounded(a, e4, 2) : rounded(a * hundred, e4 * e4 * 100n, 2),
          chain:
            ccy === "KWD"
              ? rounded(a, e4, 3)
              : home
                ? rounded(a * onward, e4 * e8, 3)
                : rounded(a * onward, e4 * indirect, 3),
          back: home ? rounded(b, e4, digits) : rounded(b * indirect, e4 * e8, digits),
          over: home ? rounded(b, e4, digits) : rounded(b * e4 * 100n, e4 * hundred, digits),
        }
        const expected = interpret("M", input)
        expect(expected).toEqual({
          status: "done",
          value,
          key: undefined,
          notes: [],
          ...referenceOf(expected),
        })
        expect(emitted(input, {})).toEqual(expected)
      },
    ),
    { numRuns: 400 },
  )
})

/** What a result says of the reference data it was made with is no matter here. */
function referenceOf(result: object): object {
  const { status: _, value: __, key: ___, notes: ____, ...rest } = result as Record<string, unknown>
  return rest
}
