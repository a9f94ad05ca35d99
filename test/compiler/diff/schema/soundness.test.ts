// Over schemas by chance, nothing is called compatible that a payload speaks against. `npm run soundness -- 100000` tries more of them.
import { expect, test } from "vitest"
import { checkSoundness } from "./soundness.ts"

test("no pair of schemas is called compatible against a payload", { timeout: 600_000 }, () => {
  const { pairs, compatible, tried, broken } = checkSoundness(1_500)
  expect(pairs).toBe(1_500)
  // the pairs are worth trying: many are called compatible with payloads at hand, many are broken by one
  expect(tried).toBeGreaterThan(pairs / 4)
  expect(compatible).toBeGreaterThanOrEqual(tried)
  expect(broken).toBeGreaterThan(pairs / 20)
})
