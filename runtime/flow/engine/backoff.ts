// How long to wait before another try: full jitter, so that what failed together does not come back together.
import type { RetryRules } from "../port/flow.ts"

export const usualRetry: RetryRules = { attempts: 12, baseMs: 200, longestMs: 300_000 }

/** Between 1 ms and a bound that doubles with each attempt. `random` is at least 0 and below 1. */
export function backoff(rules: RetryRules, attempts: number, random: number): number {
  const bound = Math.min(rules.longestMs, rules.baseMs * 2 ** Math.min(attempts, 30))
  return 1 + Math.floor(bound * random)
}
