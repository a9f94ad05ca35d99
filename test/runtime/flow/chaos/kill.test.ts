// R1 in small: processes killed with kill -9 while a faulty target is called. `npm run test:chaos` runs the long form.
import { expect, test } from "vitest"
import { killRun } from "./kill-run.ts"

test("killed again and again: nothing lost, nothing twice, nothing out of order", async () => {
  const result = await killRun({
    events: 1_500,
    kills: 6,
    lanes: 60,
    seed: 1,
    faults: { failed: 0.1, throttled: 0.1, lost: 0.05 },
    lifeMs: 700,
  })
  expect(result.broken).toEqual([])
  expect(result.kills).toBe(6)
  // Faults came: more calls than effects.
  expect(result.calls).toBeGreaterThan(1_650 * 1.1)
}, 240_000)
