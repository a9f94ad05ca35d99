// An amount as a controller writes it. Flows in: exact decimal text and its currency. Flows out: the same figure with the digits of the
// currency, and more where there are more.
import { minorUnits } from "@fmap/runtime"

/** `1079.0000` in EUR is `1079.00`, `1079.0050` stays `1079.005`; without a currency, or with one that has no coins, it is as it was. */
export function amountText(decimal: string, currency: string | null): string {
  const digits = currency === null ? undefined : minorUnits(currency)
  const point = decimal.indexOf(".")
  if (digits === undefined || point === -1) return decimal
  const least = digits === 0 ? point : point + 1 + digits
  let end = decimal.length
  while (end > least && (decimal[end - 1] === "0" || end - 1 === point)) end--
  return decimal.slice(0, end)
}
