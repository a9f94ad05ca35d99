// Deterministic random choices. Flows in: a seed; flows out: the same sequence on every machine (mulberry32, 32-bit integers only).
export interface Random {
  /** Both ends inclusive. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly T[]): T
  /** A Salesforce id of 18 characters. */
  id(prefix: string): string
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

export function random(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    between: (low, high) => low + below(high - low + 1),
    chance: probability => next() < probability,
    pick: from => {
      const chosen = from[below(from.length)]
      if (chosen === undefined) throw new Error("Nothing to pick from.")
      return chosen
    },
    id: prefix => {
      let text = prefix
      while (text.length < 18) text += letters.charAt(below(letters.length))
      return text
    },
  }
}
