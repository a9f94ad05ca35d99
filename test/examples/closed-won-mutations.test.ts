// The example under damaged payloads: whatever is deleted, exchanged or overwritten in a real opportunity, interpreter and emitted
// code give the same result, never throw, and an order that comes out keeps its sums.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { compile, interpreter } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { ExactNumber, isExactNumber, type Result, readJson, writeJson } from "@fmap/runtime"
import fc from "fast-check"
import { expect, test } from "vitest"
import { bookOrder } from "../../examples/closed-won/emitted/maps/book-order.js"
import { orderToNetSuite } from "../../examples/closed-won/emitted/maps/order-to-netsuite.js"
import { readReferenceData } from "../../examples/closed-won/service/reference-data.ts"

const folder = fileURLToPath(new URL("../../examples/closed-won/", import.meta.url))
const reference = (await readReferenceData(join(folder, "crosswalks"))).current()
const { plan } = compile(nodeHost(folder), ["maps/book-order.fmap", "maps/order-to-netsuite.fmap"], {
  emit: {},
})
if (plan === null) throw new Error("the example does not compile")
const interpret = interpreter(plan)

const read = (path: string): string => readFileSync(join(folder, "samples", `${path}.json`), "utf8")
/** Orders that go through, each with its account. */
const pairs = [
  ["won", "acme"],
  ["cents", "kranich"],
  ["yen", "sakura"],
  ["huge", "acme"],
  ["zero-row", "acme"],
].map(
  ([opportunity, account]) => [read(`opportunities/${opportunity}`), read(`accounts/${account}`)] as const,
)

/** What a field may become: the usual suspects, and amounts at the edges. */
const replacement = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    "",
    " ",
    "0",
    "1.005",
    true,
    false,
    [],
    {},
    -0,
    0,
    1,
    -1,
    0.5,
    1.005,
    2.675,
    1e21,
    0.1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ),
  fc.constantFrom<unknown>(
    "USD",
    "JPY",
    "KWD",
    "usd",
    "Closed Won",
    "Closed Lost",
    "2026-02-29",
    "2028-02-29",
    "constructor",
    "__proto__",
    "\ud800",
    "😀".repeat(200),
  ),
  fc.integer({ min: -10, max: 1_000_000 }).map(cents => cents / 100),
  fc
    .bigInt({ min: -(10n ** 22n), max: 10n ** 22n })
    .map(digits => new ExactNumber(`${digits}.${(digits < 0n ? -digits : digits) % 100n}`)),
  fc
    .constantFrom("99999999.99", "0.01", "1e2", "1E-2", "1e400", "12345678901234567.89")
    .map(text => new ExactNumber(text)),
)

test("damaged payloads", () => {
  let done = 0
  fc.assert(
    fc.property(
      fc.constantFrom(...pairs),
      fc.array(fc.tuple(fc.nat(), replacement), { minLength: 1, maxLength: 3 }),
      ([text, account], damage) => {
        const input = { opp: parsed(text), account: parsed(account), asOf: "2026-03-31" }
        for (const [at, value] of damage) overwrite(input, at, value)
        const booked = agreed(
          interpret("BookOrder", input, { ...reference }),
          bookOrder(input as never, reference),
        )
        if (booked.status !== "done") return
        done++
        keepsSums(booked.value as Order)
        agreed(
          interpret("OrderToNetSuite", { order: booked.value }, { ...reference }),
          orderToNetSuite({ order: booked.value } as never, reference),
        )
      },
    ),
    { numRuns: 4000 },
  )
  // Enough of them must have come through to prove anything about sums.
  expect(done).toBeGreaterThan(500)
}, 120_000)

function agreed(interpreted: Result<unknown>, emitted: Result<unknown>): Result<unknown> {
  expect(emitted).toEqual(interpreted)
  if (emitted.status === "done" && interpreted.status === "done")
    expect(writeJson(emitted.value)).toBe(writeJson(interpreted.value))
  return emitted
}

interface Order {
  readonly total: string
  readonly lines: readonly { readonly amount: string }[]
}

/** The total is the sum of the lines, counted here without the language's help. */
function keepsSums({ total, lines }: Order): void {
  expect(lines.map(line => units(line.amount)).reduce((sum, amount) => sum + amount, 0n)).toBe(units(total))
}

/** An amount in hundredths; yen come without decimals. */
function units(text: string): bigint {
  const [, sign, whole = "", fraction = ""] = /^(-?)(\d+)(?:\.(\d\d))?$/.exec(text) ?? []
  const value = BigInt(whole) * 100n + BigInt(fraction === "" ? 0 : fraction)
  return sign === "-" ? -value : value
}

const line = fc.record({
  quantity: fc.bigInt({ min: 1n, max: 100_000_00n }),
  price: fc.oneof(
    fc.bigInt({ min: -1_000_00n, max: 1_000_000_00n }),
    fc.bigInt({ min: 10n ** 13n, max: 10n ** 15n }),
  ),
  discount: fc.option(fc.bigInt({ min: 0n, max: 100_00n }), { nil: null }),
})

test("sums of random orders, against big integers", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("USD", "EUR", "JPY"),
      fc.array(line, { minLength: 1, maxLength: 12 }),
      (currency, lines) => {
        const coin = currency === "JPY" ? 100n : 1n
        // quantity, price and 1 - discount have two, two and four decimals: 10^8 parts of one, 10^6 of a hundredth.
        const amounts = lines.map(
          one =>
            halfEven(one.quantity * one.price * (100_00n - (one.discount ?? 0n)), 1_000_000n * coin) * coin,
        )
        const booked = bookOrder(request(currency, lines) as never, reference)
        expect(booked).toEqual(interpret("BookOrder", request(currency, lines) as never, { ...reference }))
        if (booked.status !== "done") throw new Error(JSON.stringify(booked.issues))
        const order = booked.value as Order
        expect(order.lines.map(one => units(one.amount))).toEqual(amounts)
        expect(units(order.total)).toBe(amounts.reduce((sum, amount) => sum + amount, 0n))
      },
    ),
    { numRuns: 1500 },
  )
}, 120_000)

function halfEven(numerator: bigint, divisor: bigint): bigint {
  const negative = numerator < 0n
  const magnitude = negative ? -numerator : numerator
  const quotient = magnitude / divisor
  const twice = 2n * (magnitude % divisor)
  const rounded = twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient
  return negative ? -rounded : rounded
}

type Line = typeof line extends fc.Arbitrary<infer T> ? T : never

function request(currency: string, lines: readonly Line[]): object {
  const opp = {
    ...(parsed(read("opportunities/won")) as object),
    CurrencyIsoCode: currency,
    Amount: null,
    OpportunityLineItems: {
      totalSize: lines.length,
      done: true,
      records: lines.map((one, i) => ({
        Id: "00k1G00000viA10QAE",
        Product2Id: "01t1G000000bH0WQAU",
        Quantity: hundredths(one.quantity),
        UnitPrice: hundredths(one.price),
        Discount: one.discount === null ? null : hundredths(one.discount),
        SortOrder: i,
      })),
    },
  }
  return { opp, account: parsed(read("accounts/acme")), asOf: "2026-03-31" }
}

function hundredths(value: bigint): ExactNumber {
  const magnitude = value < 0n ? -value : value
  return new ExactNumber(
    `${value < 0n ? "-" : ""}${magnitude / 100n}.${String(magnitude % 100n).padStart(2, "0")}`,
  )
}

function parsed(text: string): unknown {
  const read = readJson(text)
  if ("refused" in read) throw new Error(read.refused.message)
  return read.ok
}

/** Overwrites the place that `at` points to, counting every member and row of the tree. */
function overwrite(root: object, at: number, value: unknown): void {
  const places: (() => void)[] = []
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null || isExactNumber(node)) return
    for (const key of Object.keys(node)) {
      places.push(() =>
        Object.defineProperty(node, key, { value, enumerable: true, writable: true, configurable: true }),
      )
      visit((node as Record<string, unknown>)[key])
    }
  }
  visit(root)
  places[at % places.length]?.()
}
