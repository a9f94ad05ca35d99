// A total divided among rows as `share of` asks. Flows in: the total and the weights, scaled bigints; flows out: one part a
// row, or nothing where the weights have no proportion. It knows nothing of rows that failed.
import { allocate, type RemainderRule } from "./allocate.ts"

export interface Sharing {
  readonly rule: RemainderRule
  /** Weights without proportion: equal parts. */
  readonly equally: boolean
}

/** Parts are multiples of `coin` where the total is one, else of 1. Nothing is divided into nothings, whatever the weights. */
export function shareOut(
  total: bigint,
  weights: readonly bigint[],
  coin: bigint,
  { rule, equally }: Sharing,
): readonly bigint[] | undefined {
  if (total === 0n) return weights.map(() => 0n)
  const unit = total % coin === 0n ? coin : 1n
  const coins = total / unit
  const parts =
    allocate(coins, weights, rule) ??
    (equally
      ? allocate(
          coins,
          weights.map(() => 1n),
          rule,
        )
      : undefined)
  return unit === 1n ? parts : parts?.map(part => part * unit)
}
