// Sums of amounts by currency. Flows in: decimal text. Flows out: decimal text, exact whatever the number of digits.
import { formatScaled, parseDecimal, rescale } from "../../decimal/scaled.ts"

/** Adds up as it goes: nothing but one number a key is held. */
export interface Sums {
  add(key: string, value: string): void
  values(): readonly (readonly [string, string])[]
}

export function createSums(): Sums {
  const totals = new Map<string, { unscaled: bigint; scale: number }>()
  return {
    add(key, value) {
      const decimal = parseDecimal(value)
      if (decimal === undefined)
        throw new TypeError(`The ledger has an amount that is none: ${value.slice(0, 40)}`)
      const before = totals.get(key) ?? { unscaled: 0n, scale: 0 }
      const scale = Math.max(before.scale, decimal.scale)
      const [a, b] = [
        rescale(before.unscaled, before.scale, scale),
        rescale(decimal.unscaled, decimal.scale, scale),
      ]
      totals.set(key, { unscaled: (a ?? 0n) + (b ?? 0n), scale })
    },
    values: () =>
      [...totals]
        .map(([key, { unscaled, scale }]) => [key, formatScaled(unscaled, scale)] as const)
        .toSorted(),
  }
}

/** A sum that a store made: decimal text, or the thousand millions and the rest of a whole number, and how many of its digits are behind the point. */
export function totalOf(text: string): string {
  const [first = "", rest, scale] = text.split(" ")
  if (rest === undefined || scale === undefined) return first
  return formatScaled(BigInt(first) * 1_000_000_000n + BigInt(rest), Number(scale))
}

/** The same amount with the other sign. */
export function negated(amount: string): string {
  return amount.startsWith("-") ? amount.slice(1) : `-${amount}`
}
