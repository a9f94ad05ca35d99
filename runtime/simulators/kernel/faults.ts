// What goes wrong on the way to a platform and back, by name. Flows in: a seed and a rate, or a script. Flows out: for each request the fault that befalls it, or
// none. The same seed gives the same faults for the same requests in the same order.
import type { SimRequest } from "./platform.ts"

export const faultKinds = [
  /** The connection ends before the platform has read anything. */
  "reset-before",
  /** The platform does it, and the connection ends without an answer. */
  "reset-after",
  /** Half of the answer, then the connection ends. */
  "reset-inside",
  /** Nothing comes, and nothing is done. */
  "hang-before",
  /** It is done, and no answer comes. */
  "hang-after",
  /** The answer comes byte by byte. */
  "slow",
  "too-many",
  "too-many-without-retry-after",
  /** 503, not done. */
  "unavailable",
  /** 500, not done. */
  "internal-before",
  /** 500, though it was done. */
  "internal-after",
  /** 502 of a proxy in HTML, though it was done. */
  "bad-gateway",
  /** The answer is half a document of the right length. */
  "truncated",
  /** The answer's document stands there twice. */
  "doubled",
  /** Content-Length says more than comes. */
  "too-short",
  /** Content-Length says less than comes. */
  "too-long",
  /** 200 and a page of a login. */
  "page",
  "expired-token",
  /** 302 to an address of the network inside. */
  "redirect",
] as const

export type FaultKind = (typeof faultKinds)[number]

export type Faults = (count: number, request: SimRequest) => FaultKind | undefined

/** Those a platform's client has to live with every day. */
export const everydayFaults: readonly FaultKind[] = [
  "reset-before",
  "reset-after",
  "reset-inside",
  "too-many",
  "unavailable",
  "internal-before",
  "internal-after",
  "bad-gateway",
  "truncated",
  "expired-token",
]

export function seededFaults(
  seed: number,
  rate: number,
  kinds: readonly FaultKind[] = everydayFaults,
): Faults {
  return count => {
    const chance = chanceOf(seed, count)
    if (chance >= rate || rate <= 0) return undefined
    return kinds[Math.floor((chance / rate) * kinds.length)]
  }
}

/** At least 0, below 1; the same for the same two numbers (mulberry32). */
export function chanceOf(seed: number, count: number): number {
  const state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(count + 1, 0x6d2b79f5)) >>> 0
  let t = Math.imul(state ^ (state >>> 15), state | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
