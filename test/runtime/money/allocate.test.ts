// Exact-sum allocation: parts add up to the whole whatever the weights, each is within a coin of its exact share, nothing
// depends on how weights are scaled, and the fast twin says the same.
import { allocate, allocateFast, type RemainderRule, remainderRules } from "@fmap/runtime"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { exactShares, sharesByHand } from "./exact-shares.ts"

const rule = fc.constantFrom(...remainderRules)
const amount = fc.oneof(
  fc.bigInt({ min: -1000n, max: 1000n }),
  fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
)
const weight = fc.oneof(
  fc.bigInt({ min: 0n, max: 5n }),
  fc.bigInt({ min: 0n, max: 10n ** 6n }),
  fc.bigInt({ min: 0n, max: 10n ** 30n }),
)
const weights = fc
  .tuple(fc.array(weight, { maxLength: 9 }), fc.boolean())
  .map(([all, negative]) => all.map(w => (negative ? -w : w)))
const proportional = weights.filter(all => all.some(w => w !== 0n))

const sum = (values: readonly bigint[]) => values.reduce((a, b) => a + b, 0n)
const size = (value: bigint) => (value < 0n ? -value : value)

function shares(total: bigint, all: readonly bigint[], by: RemainderRule): readonly bigint[] {
  const parts = allocate(total, all, by)
  if (parts === undefined) throw new Error("no proportion")
  return parts
}

describe("parts", () => {
  test("of a header discount over five tax codes", () => {
    const invoice = [301_41n, 31_75n, 11_40n, 79_30n, 76_14n]
    expect(allocate(100_00n, invoice, "largest_fraction")).toEqual([60_28n, 6_35n, 2_28n, 15_86n, 15_23n])
  })

  test.each<[string, bigint, bigint[], RemainderRule, bigint[] | undefined]>([
    ["ties go to the earlier", 100n, [1n, 1n, 1n], "largest_fraction", [34n, 33n, 33n]],
    ["two coins, three ties", 101n, [1n, 1n, 1n], "largest_fraction", [34n, 34n, 33n]],
    ["the first", 101n, [1n, 1n, 1n], "first", [35n, 33n, 33n]],
    ["the last", 101n, [1n, 1n, 1n], "last", [33n, 33n, 35n]],
    ["the largest share", 101n, [1n, 2n, 4n], "largest_share", [14n, 28n, 59n]],
    ["the first of two largest", 101n, [1n, 4n, 4n], "largest_share", [11n, 46n, 44n]],
    ["negative", -100n, [1n, 1n, 1n], "largest_fraction", [-34n, -33n, -33n]],
    ["negative weights, all of them", 100n, [-1n, -1n, -1n], "largest_fraction", [34n, 33n, 33n]],
    ["no coin for no weight at the start", 101n, [0n, 1n, 1n], "first", [0n, 51n, 50n]],
    ["no coin for no weight at the end", 101n, [1n, 1n, 0n], "last", [50n, 51n, 0n]],
    ["fewer coins than rows", 2n, [5n, 5n, 5n, 5n], "largest_fraction", [1n, 1n, 0n, 0n]],
    ["nothing to divide", 0n, [3n, 4n], "last", [0n, 0n]],
    ["one row", -7n, [3n], "largest_share", [-7n]],
    ["no rows", 7n, [], "first", undefined],
    ["only zeros", 7n, [0n, 0n], "first", undefined],
    ["two signs", 7n, [3n, -1n], "largest_fraction", undefined],
    ["two signs that cancel out", 7n, [3n, -3n], "largest_fraction", undefined],
    ["nothing to divide, no proportion", 0n, [0n], "first", undefined],
  ])("%s", (_, total, all, by, parts) => expect(allocate(total, all, by)).toEqual(parts))

  test("are what the rules give by hand", () =>
    fc.assert(
      fc.property(amount, weights, rule, (total, all, by) => {
        expect(allocate(total, all, by)).toEqual(sharesByHand(total, all, by))
      }),
      { numRuns: 2000 },
    ))
})

describe("laws", () => {
  test("the parts add up to the whole", () =>
    fc.assert(
      fc.property(amount, proportional, rule, (total, all, by) => {
        expect(sum(shares(total, all, by))).toBe(total)
      }),
      { numRuns: 2000 },
    ))

  test("by largest_fraction each part is less than a coin from its exact share", () =>
    fc.assert(
      fc.property(amount, proportional, (total, all) => {
        const exact = exactShares(total, all) ?? []
        for (const [index, part] of shares(total, all, "largest_fraction").entries()) {
          const { n, d } = exact[index] ?? { n: 0n, d: 1n }
          expect(size(part * d - n) < d).toBe(true)
        }
      }),
    ))

  test("by the other rules all parts but one are truncated, and that one has less than a coin a row more", () =>
    fc.assert(
      fc.property(
        amount,
        proportional,
        fc.constantFrom<RemainderRule>("first", "last", "largest_share"),
        (total, all, by) => {
          const exact = exactShares(total, all) ?? []
          const more = shares(total, all, by)
            .map((part, index) => size(part) - size(exact[index]?.n ?? 0n) / (exact[index]?.d ?? 1n))
            .filter(coins => coins !== 0n)
          expect(more.length).toBeLessThanOrEqual(1)
          expect((more[0] ?? 0n) >= 0n && (more[0] ?? 0n) < BigInt(all.length)).toBe(true)
        },
      ),
    ))

  test("a weight of zero gets nothing, and no part has the other sign", () =>
    fc.assert(
      fc.property(amount, proportional, rule, (total, all, by) => {
        for (const [index, part] of shares(total, all, by).entries()) {
          expect(all[index] === 0n ? part === 0n : part === 0n || part > 0n === total > 0n).toBe(true)
        }
      }),
    ))

  test("nothing depends on the scale or the sign of all weights, nor on rows without weight", () =>
    fc.assert(
      fc.property(
        amount,
        proportional,
        rule,
        fc.bigInt({ min: 1n, max: 10n ** 9n }),
        (total, all, by, factor) => {
          const parts = shares(total, all, by)
          expect(
            shares(
              total,
              all.map(w => w * -factor),
              by,
            ),
          ).toEqual(parts)
          expect(
            shares(
              total,
              all.flatMap(w => [w, 0n]),
              by,
            ),
          ).toEqual(parts.flatMap(part => [part, 0n]))
        },
      ),
    ))

  test("the parts of the opposite total are the opposite parts", () =>
    fc.assert(
      fc.property(amount, proportional, rule, (total, all, by) => {
        expect(shares(-total, all, by)).toEqual(shares(total, all, by).map(part => -part))
      }),
    ))

  test("by largest_fraction rows may come in any order, but for the ties", () =>
    fc.assert(
      fc.property(amount, proportional, fc.infiniteStream(fc.nat()), (total, all, stream) => {
        const order = all.map((_, index) => [stream.next().value as number, index] as const)
        const shuffled = order.sort(([a], [b]) => a - b).map(([, index]) => index)
        const parts = shares(total, all, "largest_fraction")
        const moved = shares(
          total,
          shuffled.map(index => all[index] ?? 0n),
          "largest_fraction",
        )
        // A tie moves a coin among rows of one weight or fraction; the parts of each weight add up to nearly the same.
        for (const [place, index] of shuffled.entries()) {
          expect(size((moved[place] ?? 0n) - (parts[index] ?? 0n)) <= 1n).toBe(true)
        }
        const distinct = new Set(all).size === all.length
        if (distinct && new Set(fractions(total, all)).size === all.length) {
          expect(moved).toEqual(shuffled.map(index => parts[index]))
        }
      }),
    ))
})

function fractions(total: bigint, all: readonly bigint[]): readonly bigint[] {
  return all.map(w => (size(total) * size(w)) % size(sum(all)))
}

describe("the fast twin", () => {
  const safe = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.integer(), fc.maxSafeInteger())
  const safeWeights = fc
    .tuple(
      fc.array(fc.oneof(fc.nat(4), fc.nat(1_000_000), fc.maxSafeNat()), { maxLength: 40 }),
      fc.constantFrom(1, 1, 1, -1),
      fc.constantFrom(false, false, false, true),
    )
    .map(([all, sign, mixed]) => all.map((w, index) => (mixed && index === 1 ? 0 - w * sign : w * sign + 0)))

  test("gives the same parts, never -0", () =>
    fc.assert(
      fc.property(safe, safeWeights, rule, (total, all, by) => {
        const parts = allocateFast(total, all, by)
        expect(parts?.map(BigInt)).toEqual(allocate(BigInt(total), all.map(BigInt), by))
        for (const part of parts ?? []) expect(Object.is(part, -0)).toBe(false)
      }),
      { numRuns: 5000 },
    ))

  test("at the edge of safe integers", () => {
    const most = Number.MAX_SAFE_INTEGER
    for (const by of remainderRules) {
      for (const all of [[1], [1, 1], [most], [most, most], [most, 1], [3, 7, 11], [2 ** 26, 2 ** 26, 1]]) {
        for (const total of [most, -most, most - 1, 2 ** 52, 2 ** 27]) {
          expect(allocateFast(total, all, by)?.map(BigInt)).toEqual(
            allocate(BigInt(total), all.map(BigInt), by),
          )
        }
      }
    }
  })
})
