// What the bench measures is what it says: the generated projects are right, the harness counts, the fast path without the door's
// tests gives the same orders.
import { compile, memoryHost } from "@fmap/compiler"
import { expect, test } from "vitest"
import { goals, verdict } from "../../bench/goals.ts"
import { interleave } from "../../bench/harness/interleave.ts"
import { quantile, ratio } from "../../bench/harness/statistics.ts"
import { emittedOrder } from "../../bench/order/emitted.ts"
import { orderText } from "../../bench/order/order-text.ts"
import { withoutChecks } from "../../bench/order/without-checks.ts"
import { fmapProject, lineCount } from "../../bench/parts/project-text.ts"
import { ajvValidator, zodValidator } from "../../bench/rivals/validators.ts"

test("a generated project compiles without a finding", () => {
  const project = fmapProject(3)
  const { diagnostics, files } = compile(memoryHost(project), [...project.keys()], {
    emit: { typescript: true },
  })
  expect(diagnostics).toEqual([])
  expect(files).toHaveLength(12)
  expect(lineCount(project)).toBe(516)
})

test("the fast path without the door's tests gives the same orders and believes anything", async () => {
  const fmap = await emittedOrder("text")
  const unchecked = await withoutChecks(fmap.folder)
  for (const seed of [1, 2, 3]) {
    const order = JSON.parse(orderText(seed, "text"))
    expect(unchecked({ o: order })).toEqual(fmap.transform({ o: order }))
  }
  const wrong = { ...JSON.parse(orderText(1, "text")), Name: "x".repeat(256) }
  expect(unchecked({ o: wrong })).toMatchObject({ status: "done" })
  expect(fmap.transform({ o: wrong })).toMatchObject({ status: "rejected", issues: [{ code: "TOO_LONG" }] })
})

test.each(["text", "number"] as const)("validators accept what fmap accepts, amounts as %s", amounts => {
  const [ajv, zod] = [ajvValidator(amounts), zodValidator(amounts)]
  for (let seed = 1; seed <= 30; seed++) {
    const order = JSON.parse(orderText(seed, amounts))
    expect([ajv(order), zod(order)]).toEqual([true, true])
    const wrong = { ...order, EffectiveDate: "2026-02-30" }
    expect([ajv(wrong), zod(wrong)]).toEqual([false, false])
  }
})

test("every candidate runs once a round, in turning order, with fresh input", async () => {
  const ran: string[] = []
  const candidate = (name: string) => ({ name, prepare: () => name, run: (input: string) => ran.push(input) })
  const measured = await interleave([candidate("a"), candidate("b"), candidate("c")], {
    warmUp: 1,
    rounds: 3,
  })
  expect(ran.join("")).toBe("cababcbcacab")
  expect(measured.map(({ rounds }) => rounds.length)).toEqual([3, 3, 3])
})

test("ratios are taken inside rounds", () => {
  const measured = [
    { name: "a", rounds: [2, 20, 200] },
    { name: "b", rounds: [1, 10, 50] },
  ]
  expect(ratio(measured, "a", "b")).toBe(2)
  expect(quantile([3, 1, 2], 0)).toBe(1)
})

test("a goal is met or so far off", () => {
  const [atMost, atLeast] = [goals.find(goal => goal.id === "C2"), goals.find(goal => goal.id === "R4")]
  if (atMost === undefined || atLeast === undefined) throw new Error("There are such goals.")
  expect([verdict(atMost, 1.75), verdict(atMost, 3.5)]).toEqual(["met", "2.00× off"])
  expect([verdict(atLeast, 300), verdict(atLeast, 150)]).toEqual(["met", "2.00× off"])
})
