// The workload of the bench is the same job for everybody: exact rivals give what fmap gives, byte by byte; floats do not.
import { beforeAll, describe, expect, test } from "vitest"
import { type EmittedOrder, emittedOrder } from "../../bench/order/emitted.ts"
import { type Amounts, orderText } from "../../bench/order/order-text.ts"
import {
  type Arithmetic,
  bigArithmetic,
  decimalArithmetic,
  floatArithmetic,
} from "../../bench/rivals/arithmetic.ts"
import { byHand } from "../../bench/rivals/by-hand.ts"
import { inJsonata } from "../../bench/rivals/in-jsonata.ts"

const seeds = Array.from({ length: 300 }, (_, i) => i + 1)

describe.each(["text", "number"] as const)("orders with amounts as %s", amounts => {
  let fmap: EmittedOrder
  beforeAll(async () => {
    fmap = await emittedOrder(amounts)
  })
  const read = (seed: number) => JSON.parse(orderText(seed, amounts))

  test("every order takes the fast path and is done", () => {
    for (const seed of seeds) expect(fmap.fast({ o: read(seed) })?.status, `seed ${seed}`).toBe("done")
  })

  test("every order passes the validator", () => {
    for (const seed of seeds.slice(0, 50)) expect(fmap.validate(read(seed))).toMatchObject({ status: "done" })
  })

  test.each([
    ["big.js", (a: Amounts) => bigArithmetic(a) as Arithmetic<unknown>],
    ["decimal.js", (a: Amounts) => decimalArithmetic(a) as Arithmetic<unknown>],
  ])("%s gives the same bytes", (_, arithmetic) => {
    const rival = byHand(arithmetic(amounts))
    for (const seed of seeds) expect(JSON.stringify(rival(read(seed)))).toBe(body(fmap, read(seed)))
  })

  test("floats give the same members, and are wrong by a cent now and then", () => {
    const rival = byHand(floatArithmetic(amounts))
    let wrong = 0
    for (const seed of seeds) {
      const [theirs, ours] = [JSON.stringify(rival(read(seed))), body(fmap, read(seed))]
      expect(members(theirs)).toEqual(members(ours))
      if (theirs !== ours) wrong++
    }
    expect(wrong).toBeGreaterThan(0)
    expect(wrong).toBeLessThan(seeds.length / 10)
  })
})

test("JSONata does the same job but for the cents", async () => {
  const fmap = await emittedOrder("number")
  const rival = inJsonata()
  let same = 0
  for (const seed of seeds.slice(0, 60)) {
    const order = JSON.parse(orderText(seed, "number"))
    const [theirs, ours] = [JSON.stringify(await rival(order)), body(fmap, order)]
    expect(members(theirs)).toEqual(members(ours))
    if (theirs === ours) same++
  }
  expect(same).toBeGreaterThan(50)
})

test("the same seed gives the same order, of the size the figures are for", () => {
  expect(orderText(7, "text")).toBe(orderText(7, "text"))
  const sizes = seeds.map(seed => Buffer.byteLength(orderText(seed, "text")))
  expect(sizes.reduce((sum, size) => sum + size, 0) / sizes.length).toBeCloseTo(9_500, -3.5)
})

function body(fmap: EmittedOrder, order: unknown): string {
  const result = fmap.transform({ o: order })
  if (result.status !== "done") throw new Error(JSON.stringify(result.issues))
  return JSON.stringify(result.value)
}

/** Everything but the digits. */
function members(json: string): string {
  return json.replace(/\d+(\.\d+)?/g, "0")
}
