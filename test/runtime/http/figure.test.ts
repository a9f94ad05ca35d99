// Amounts on pages: with the digits of their currency, thousands apart.
import { expect, test } from "vitest"
import { figure } from "../../../runtime/http/console/words.ts"

test.each([
  ["1200.5", "EUR", "1\u202f200.50"],
  ["-25600", "USD", "-25\u202f600.00"],
  ["1234567", "JPY", "1\u202f234\u202f567"],
  ["0.005", "EUR", "0.005"],
  ["1200.5", undefined, "1\u202f200.5"],
])("%s %s is %s", (value, currency, shown) => expect(figure(value, currency)).toBe(shown))
