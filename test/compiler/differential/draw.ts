// Random choices for generators written as plain code. Flows in: fast-check's generator of values. Flows out: few words for choosing,
// so that a Plan is built in one pass and a failing seed repeats it.
import fc, { type GeneratorValue } from "fast-check"

export interface Draw {
  /** Both ends included. */
  readonly int: (min: number, max: number) => number
  /** True in so many of a hundred cases. */
  readonly chance: (percent: number) => boolean
  readonly pick: <T>(choices: readonly T[]) => T
}

export function drawOf(generate: GeneratorValue): Draw {
  const int = (min: number, max: number): number => generate(fc.integer, { min, max })
  return {
    int,
    chance: percent => int(1, 100) <= percent,
    pick: choices => choices[int(0, choices.length - 1)]!,
  }
}

/** So many different values, the same for the same seed. */
export function samples<T>(count: number, seed: number, make: (draw: Draw) => T): readonly T[] {
  return fc.sample(
    fc.gen().map(generate => make(drawOf(generate))),
    { numRuns: count, seed },
  )
}
