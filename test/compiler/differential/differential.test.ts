// Interpreter and emitted code are two implementations of one Plan; here they keep each other honest on random maps and payloads.
// A failure prints the seed: FMAP_SEED=… runs it again, FMAP_PLANS and FMAP_PAYLOADS widen the search.
import { inspect } from "node:util"
import { afterAll, beforeAll, expect, test } from "vitest"
import { interpreter } from "../../../compiler/interpret/index.ts"
import type { Plan } from "../../../compiler/plan/index.ts"
import { canonical, difference } from "./canonical.ts"
import type { Draw } from "./draw.ts"
import { samples } from "./draw.ts"
import { type EmittedFunction, type EmittedModules, emittedModules } from "./emitted-modules.ts"
import { type PayloadContext, randomRecord } from "./random-payload.ts"
import { type RandomPlan, randomPlan } from "./random-plan.ts"

const seed = Number(process.env.FMAP_SEED ?? 20260331)
const planCount = Number(process.env.FMAP_PLANS ?? 150)
const payloadCount = Number(process.env.FMAP_PAYLOADS ?? 80)

let modules: EmittedModules
beforeAll(() => {
  modules = emittedModules()
})
afterAll(() => modules.remove())

interface Tally {
  pairs: number
  readonly statuses: Map<string, number>
  readonly codes: Map<string, number>
  fast: number
  readonly failures: string[]
}

test(`interpreter and emitted code agree on ${planCount * payloadCount} random pairs`, () => {
  const tally: Tally = { pairs: 0, statuses: new Map(), codes: new Map(), fast: 0, failures: [] }
  for (const [i, made] of samples(planCount, seed, randomPlan).entries()) comparePlan(made, i, tally)
  if (process.env.FMAP_SHOW === "1")
    console.log(tally.failures.map(one => one.slice(0, 1500)).join("\n----\n"))
  console.log(tally.pairs, tally.fast, [...tally.statuses], [...tally.codes], tally.failures.length)
  expect(tally.failures.slice(0, 3).join("\n\n")).toBe("")
  expect(tally.pairs).toBe(planCount * payloadCount)
  // A harness that only ever sees rejected records proves little.
  expect(tally.statuses.get("done") ?? 0).toBeGreaterThan(tally.pairs / 10)
  expect(tally.fast).toBeGreaterThan(tally.pairs / 40)
}, 120_000)

function comparePlan({ plan, reference }: RandomPlan, number: number, tally: Tally): void {
  const exported = loaded(plan, number, tally)
  if (exported === null) return
  const run = exported.get("m")!
  const fast = exported.get("fastM")
  const slow = exported.get("slowM")!
  const interpret = interpreter(plan)
  const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
  const failed = tally.failures.length
  for (const [i, input] of samples(payloadCount, seed + number + 1, draw =>
    inputOf(draw, shapes),
  ).entries()) {
    const expected = interpret("M", input, reference)
    tally.pairs++
    tally.statuses.set(expected.status, (tally.statuses.get(expected.status) ?? 0) + 1)
    for (const { code } of expected.status === "done" ? expected.notes : expected.issues)
      tally.codes.set(code, (tally.codes.get(code) ?? 0) + 1)
    const wanted = canonical(expected)
    const quick = fast?.(input, reference)
    if (quick !== undefined) tally.fast++
    for (const [name, given] of [
      ["run", attempt(() => run(input, reference))],
      ["slow", attempt(() => slow(input, reference))],
    ] as const) {
      // One counterexample a plan is enough to look at.
      if (given === wanted || tally.failures.length > failed) continue
      tally.failures.push(
        `plan ${number} payload ${i} (seed ${seed}), ${name}:\n  ${inspect(input, { depth: 9, breakLength: 160 })}\n${difference(wanted, given)}`,
      )
    }
  }
}

function loaded(plan: Plan, number: number, tally: Tally): ReadonlyMap<string, EmittedFunction> | null {
  try {
    return modules.load(plan, `plan${number}`)
  } catch (error) {
    tally.failures.push(
      `plan ${number} (seed ${seed}) is not emitted: ${error instanceof Error ? error.stack : String(error)}`,
    )
    return null
  }
}

function attempt(run: () => unknown): string {
  try {
    return canonical(run())
  } catch (error) {
    return `threw ${error instanceof Error ? error.stack : String(error)}`
  }
}

function inputOf(draw: Draw, shapes: PayloadContext["shapes"]): { readonly [name: string]: unknown } {
  const wrong = draw.pick([0, 0, 0, 0, 1, 6])
  const source = randomRecord("Source", { draw, shapes, wrong })
  const asOf = draw.chance(99) ? "2026-03-31" : draw.pick([undefined, "31.03.2026", 5])
  return {
    src: draw.chance(2) ? draw.pick<unknown>([null, undefined, [], "x", 7]) : source,
    asOf,
    note: draw.chance(3) ? "a much longer note than twenty" : draw.pick([undefined, null, "hello"]),
  }
}
