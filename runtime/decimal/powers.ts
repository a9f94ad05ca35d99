// Powers of ten as BigInt. Flows in: an exponent that the caller has bounded. Flows out: 10^exponent.
// A constant table for the scales that occur; no cache that grows.

const table: readonly bigint[] = Array.from({ length: 65 }, (_, exponent) => 10n ** BigInt(exponent))

/** 10^exponent; `exponent` is a whole number >= 0. */
export function powerOfTen(exponent: number): bigint {
  return table[exponent] ?? 10n ** BigInt(exponent)
}
