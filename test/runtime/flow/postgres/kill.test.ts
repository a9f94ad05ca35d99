// R4 in small: two workers on one PostgreSQL, killed while a faulty target is called; one is stopped until others have taken its lanes and goes on
// then. `npm run test:chaos -- postgres` runs the long form.
import { expect, test } from "vitest"
import { postgresRun } from "./kill-run.ts"
import { serverAnswers } from "./server.ts"

const there = await serverAnswers()

test.skipIf(!there)(
  "killed and stopped workers: nothing lost, nothing twice, nothing out of order",
  async () => {
    const result = await postgresRun({
      schema: "fmap_test_kill",
      events: 300,
      workers: 2,
      kills: 4,
      zombies: 1,
      lanes: 40,
      seed: 1,
      faults: { failed: 0.1, throttled: 0.1, lost: 0.05 },
      betweenMs: 3_000,
      longestSeconds: 300,
    })
    expect(result.broken).toEqual([])
    expect(result.kills).toBe(4)
    expect(result.calls).toBeGreaterThan(330 * 1.1)
  },
  400_000,
)
