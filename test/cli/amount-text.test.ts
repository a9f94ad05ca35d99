import fc from "fast-check"
import { expect, test } from "vitest"
import { amountText } from "../../cli/run/amount-text.ts"

test.each([
  ["1079.0000", "EUR", "1079.00"],
  ["1079.0050", "EUR", "1079.005"],
  ["-0.1000", "USD", "-0.10"],
  ["1079.0000", "JPY", "1079"],
  ["1079.5000", "JPY", "1079.5"],
  ["1079.0000", "KWD", "1079.000"],
  ["1079.0", "EUR", "1079.0"],
  ["1000", "JPY", "1000"],
  ["1079.0000", null, "1079.0000"],
  ["1079.0000", "XAU", "1079.0000"],
])("%s %s is %s", (decimal, currency, shown) => expect(amountText(decimal, currency)).toBe(shown))

test("the figure is the same, and never has fewer digits than coins need where they were there", () => {
  const text = fc
    .tuple(fc.boolean(), fc.nat(10_000), fc.string({ unit: fc.constantFrom("0", "0", "5"), maxLength: 6 }))
    .map(([minus, whole, rest]) => `${minus ? "-" : ""}${whole}${rest === "" ? "" : `.${rest}`}`)
  fc.assert(
    fc.property(text, fc.constantFrom("EUR", "JPY", "KWD"), (decimal, currency) => {
      const shown = amountText(decimal, currency)
      expect(decimal.startsWith(shown)).toBe(true)
      expect(decimal.slice(shown.length)).toMatch(/^\.?0*$/)
    }),
  )
})
