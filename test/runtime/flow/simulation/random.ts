// Chance that is the same again for the same seed (mulberry32).

export interface Random {
  next(): number
  /** A whole number from 0 to `below` - 1. */
  whole(below: number): number
  chance(share: number): boolean
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return { next, whole: below => Math.floor(next() * below), chance: share => next() < share }
}

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items]
  for (let i = left.length - 1; i > 0; i--) {
    const j = random.whole(i + 1)
    const [a, b] = [left[i], left[j]]
    if (a !== undefined && b !== undefined) {
      left[i] = b
      left[j] = a
    }
  }
  return left
}
