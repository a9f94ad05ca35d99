// Amounts by field and currency, before and now: exact. Flows in: amounts, or sums of them. Flows out: one line for each field and currency, in their order.
import { formatScaled, parseDecimal, rescale } from "../../decimal/scaled.ts"
import { createSums } from "../ledger/amounts.ts"
import type { Amount } from "./figures-of.ts"
import type { MoneyChange } from "./rehearsed.ts"

export function sumsOf(before: readonly Amount[], now: readonly Amount[]): readonly MoneyChange[] {
  return addUp([
    ...before.map(({ field, currency, value }) => ({ field, currency, before: value, now: "0" })),
    ...now.map(({ field, currency, value }) => ({ field, currency, before: "0", now: value })),
  ])
}

export function addUp(changes: readonly MoneyChange[]): readonly MoneyChange[] {
  const [before, now] = [createSums(), createSums()]
  const keyOf = ({ field, currency }: MoneyChange) => `${field}\u0000${currency}`
  for (const change of changes) {
    before.add(keyOf(change), change.before)
    now.add(keyOf(change), change.now)
  }
  const after = new Map(now.values())
  return before.values().map(([key, value]) => {
    const [field = "", currency = ""] = key.split("\u0000")
    return { field, currency, before: value, now: after.get(key) ?? "0" }
  })
}

/** `now` less `before`, with a sign. */
export function deltaOf({ before, now }: Pick<MoneyChange, "before" | "now">): string {
  const [a, b] = [parseDecimal(before), parseDecimal(now)]
  if (a === undefined || b === undefined) throw new TypeError("A sum is no figure")
  const scale = Math.max(a.scale, b.scale)
  const delta = (rescale(b.unscaled, b.scale, scale) ?? 0n) - (rescale(a.unscaled, a.scale, scale) ?? 0n)
  return `${delta > 0n ? "+" : ""}${formatScaled(delta, scale)}`
}
