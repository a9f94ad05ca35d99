// Deterministic simulation: whole lives of an engine with killed processes, a failing disk and failing targets, a few hundred seeds; `npm run
// test:chaos` runs thousands. A broken promise names its seed: `node --conditions=fmap-source test/runtime/flow/simulation/run.ts SEED SEED`.
import { expect, test } from "vitest"
import { simulate } from "./simulation/scenario.ts"

const seeds = 240
const groups = 8

test.each(Array.from({ length: groups }, (_, group) => group))(
  "promises hold, seeds of group %i",
  async group => {
    const happened = { kills: 0, storeFaults: 0, effects: 0 }
    for (let seed = group + 1; seed <= seeds; seed += groups) {
      const { broken, figures } = await simulate(seed)
      expect(broken, `seed ${seed}`).toEqual([])
      happened.kills += figures.kills
      happened.storeFaults += figures.storeFaults
      happened.effects += figures.effects
    }
    // A simulation in which nothing goes wrong shows nothing.
    expect(happened.kills).toBeGreaterThan(20)
    expect(happened.storeFaults).toBeGreaterThan(20)
    expect(happened.effects).toBeGreaterThan(200)
  },
)

test("the same seed is the same life", async () => {
  expect(await simulate(17)).toEqual(await simulate(17))
})
