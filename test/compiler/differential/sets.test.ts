// Random maps once more, walked row by row: the interpreter and the emitted run give the same for every row and at the end.
import { runRows, type SetEnd } from "@fmap/runtime"
import { afterAll, beforeAll, expect, test } from "vitest"
import { setInterpreter } from "../../../compiler/interpret/index.ts"
import type { Plan } from "../../../compiler/plan/index.ts"
import { canonical, difference } from "./canonical.ts"
import { samples } from "./draw.ts"
import { type EmittedModules, emittedModules } from "./emitted-modules.ts"
import { randomRecord } from "./random-payload.ts"
import { randomPlan } from "./random-plan.ts"

const seed = Number(process.env.FMAP_SEED ?? 20260401)
const planCount = Number(process.env.FMAP_PLANS ?? 60)
const rowCount = Number(process.env.FMAP_PAYLOADS ?? 25)

let modules: EmittedModules
beforeAll(() => {
  modules = emittedModules()
})
afterAll(() => modules.remove())

test(`runs over ${planCount} random maps and ${planCount * rowCount} rows agree`, () => {
  const failures: string[] = []
  let out = 0
  let stopped = 0
  for (const [i, { plan, reference }] of samples(planCount, seed, randomPlan).entries()) {
    const set = walked(plan)
    const shapes = new Map(set.shapes.map(shape => [shape.id, shape]))
    const rows = samples(rowCount, seed + i + 1, draw =>
      draw.chance(2)
        ? draw.pick<unknown>([null, undefined, [], "x", 7])
        : randomRecord("Source", { draw, shapes, wrong: draw.pick([0, 0, 0, 0, 1, 6]) }),
    )
    const input = { src: rows, asOf: i % 20 === 7 ? "31.03.2026" : "2026-03-31", note: "hello" }
    const expected = runRows(setInterpreter(set)("M", input, reference), rows)
    out += expected.counts.out
    stopped += expected.counts.held + expected.counts.rejected
    const emitted = modules.load(set, `set${i}`).get("m")
    const given = emitted?.(input, reference) as unknown as SetEnd<unknown>
    if (canonical(given) !== canonical(expected) && failures.length < 3)
      failures.push(`plan ${i} (seed ${seed}):\n${difference(canonical(expected), canonical(given))}`)
  }
  expect(failures.join("\n\n")).toBe("")
  expect(out).toBeGreaterThan(rowCount)
  expect(stopped).toBeGreaterThan(rowCount)
}, 60_000)

/** The same map, run once a row of its source. */
function walked(plan: Plan): Plan {
  const set = { each: "src", sets: [], figures: [], totals: [], collect: null, controls: [] }
  return { ...plan, maps: plan.maps.map(map => (map.name === "M" ? { ...map, set } : map)) }
}
