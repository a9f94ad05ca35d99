// Amounts at two ends of an integration, added up by currency, exactly. Flows in: pairs of currency and amount, as they stand in the platforms' records. Flows out: a line for each currency, and whether
// they are the same.
import { formatShortest, parseDecimal } from "../../decimal/scaled.ts"
import { createSums } from "../../flow/ledger/amounts.ts"
import { amountText } from "../../money/amount-text.ts"

export type Amounts = Iterable<readonly [currency: string, amount: unknown]>

export interface ComparedSums {
  readonly areSame: boolean
  /** `EUR: 79855.80 sold, 79855.80 ordered` */
  readonly lines: readonly string[]
}

/** Behind the currency may stand what is added up by itself: `EUR 121000`. An amount is a number of JSON or decimal text; a missing one adds nothing. Throws a RangeError for what is no amount. */
export function compareSums(
  left: readonly [what: string, Amounts],
  right: readonly [what: string, Amounts],
): ComparedSums {
  const [one, other] = [sumsOf(left[1]), sumsOf(right[1])]
  const currencies = [...new Set([...one.keys(), ...other.keys()])].toSorted()
  const rows = currencies.map(currency => {
    const [a, b] = [textOf(one, currency), textOf(other, currency)]
    return { line: `${currency}: ${a} ${left[0]}, ${b} ${right[0]}`, isSame: a === b }
  })
  return { areSame: rows.every(({ isSame }) => isSame), lines: rows.map(({ line }) => line) }
}

function sumsOf(amounts: Amounts): ReadonlyMap<string, string> {
  const sums = createSums()
  for (const [currency, amount] of amounts) sums.add(currency, decimalOf(amount))
  return new Map(sums.values())
}

function decimalOf(amount: unknown): string {
  const text = String(amount ?? 0)
  if (parseDecimal(text) === undefined) throw new RangeError(`This is no amount: ${text.slice(0, 40)}`)
  return text
}

/** One text for one figure, however many zeros its addends had. */
function textOf(sums: ReadonlyMap<string, string>, currency: string): string {
  const { unscaled, scale } = parseDecimal(sums.get(currency) ?? "0") ?? { unscaled: 0n, scale: 0 }
  return amountText(formatShortest(unscaled, scale), currency.split(" ")[0])
}
