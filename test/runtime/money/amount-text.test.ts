import fc from "fast-check"
import { expect, test } from "vitest"
import { parseDecimal, rescale } from "../../../runtime/decimal/scaled.ts"
import { amountText, moneyText } from "../../../runtime/money/amount-text.ts"

test.each([
  ["1079.0000", "EUR", "1079.00"],
  ["1079.0050", "EUR", "1079.005"],
  ["-0.1000", "USD", "-0.10"],
  ["1079.0000", "JPY", "1079"],
  ["1079.5000", "JPY", "1079.5"],
  ["1079.0000", "KWD", "1079.000"],
  // JSON numbers lose the zeros behind their point on the way.
  ["1200.5", "EUR", "1200.50"],
  ["1079", "EUR", "1079.00"],
  ["-0.1", "KWD", "-0.100"],
  ["+0.5", "USD", "+0.50"],
  ["100", "JPY", "100"],
  ["0", "EUR", "0.00"],
  ["1000", "JPY", "1000"],
  ["1079.0000", null, "1079.0000"],
  ["1079.0000", "XAU", "1079.0000"],
  ["1200.5", "???", "1200.5"],
  ["no figure", "EUR", "no figure"],
])("%s %s is %s", (decimal, currency, shown) => expect(amountText(decimal, currency)).toBe(shown))

test.each([
  ["1200.5", "EUR", "1200.50 EUR"],
  ["1200.5", undefined, "1200.5"],
  ["1200.5", "", "1200.5"],
])("%s %s is written %s", (decimal, currency, shown) => expect(moneyText(decimal, currency)).toBe(shown))

const digits = { EUR: 2, JPY: 0, KWD: 3 } as const

test("the figure is the same, with the digits of its currency, and with more only where they are not zero", () => {
  const text = fc
    .tuple(fc.boolean(), fc.nat(10_000), fc.string({ unit: fc.constantFrom("0", "0", "5"), maxLength: 6 }))
    .map(([minus, whole, rest]) => `${minus ? "-" : ""}${whole}${rest === "" ? "" : `.${rest}`}`)
  fc.assert(
    fc.property(text, fc.constantFrom("EUR", "JPY", "KWD"), (decimal, currency) => {
      const shown = amountText(decimal, currency)
      const fraction = shown.split(".")[1] ?? ""
      expect(fraction.length).toBeGreaterThanOrEqual(digits[currency])
      if (fraction.length > digits[currency]) expect(shown).toMatch(/[1-9]$/)
      expect(scaledOf(shown)).toBe(scaledOf(decimal))
    }),
  )
})

function scaledOf(text: string): bigint | undefined {
  const decimal = parseDecimal(text)
  return decimal === undefined ? undefined : rescale(decimal.unscaled, decimal.scale, 10)
}
