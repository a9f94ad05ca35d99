// An amount as a controller writes it. Flows in: exact decimal text and its currency. Flows out: the same figure with the digits of the
// currency, and more where there are more. For people: what programs read stays as it came.
import { minorUnits } from "./currencies.ts"

/** `1079.0000` and `1079` in EUR are `1079.00`, `1079.0050` is `1079.005`; without a currency, or with one that has no coins, it is as it was. */
export function amountText(decimal: string, currency: string | null | undefined): string {
  const digits = currency == null ? undefined : minorUnits(currency)
  const parts = /^([+-]?[0-9]+)(?:\.([0-9]+))?$/u.exec(decimal)
  if (digits === undefined || parts === null) return decimal
  const [, whole = "", written = ""] = parts
  let end = written.length
  while (end > digits && written[end - 1] === "0") end--
  const fraction = written.slice(0, end).padEnd(digits, "0")
  return fraction === "" ? whole : `${whole}.${fraction}`
}

/** With its currency behind it: `1079.00 EUR`. */
export function moneyText(decimal: string, currency: string | null | undefined): string {
  const amount = amountText(decimal, currency)
  return currency == null || currency === "" ? amount : `${amount} ${currency}`
}
