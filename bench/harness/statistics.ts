// Medians of rounds and of ratios inside rounds. Flows in: what interleave measured; flows out: single figures.
import type { Measured } from "./interleave.ts"

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function found(measured: readonly Measured[], name: string): Measured {
  const one = measured.find(candidate => candidate.name === name)
  if (one === undefined) throw new Error(`Nothing was measured as "${name}".`)
  return one
}

/** Median over rounds of a ÷ b, each taken inside its round. */
export function ratio(measured: readonly Measured[], a: string, b: string): number {
  const { rounds } = found(measured, b)
  return median(found(measured, a).rounds.map((time, round) => time / (rounds[round] ?? Number.NaN)))
}
