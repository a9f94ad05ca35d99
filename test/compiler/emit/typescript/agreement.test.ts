// Interpreter and emitted code agree, on both ways, whatever the payload: the payload that works, and what random hands
// make of it.

import { crosswalkKey, crosswalkOf, ExactNumber, type Result } from "@fmap/runtime"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { interpreter } from "../../../../compiler/interpret/index.ts"
import { type Fixture, fixtures } from "./fixtures.ts"
import { randomMap, randomPayload } from "./random-maps.ts"
import { emitted, importEmitted, type Transformer } from "./run-emitted.ts"

const runs = Number(process.env["FMAP_RUNS"] ?? 300)

describe.each(fixtures)("$name", fixture => {
  const map = fixture.plan.maps[0]!
  const run = map.name.charAt(0).toLowerCase() + map.name.slice(1)
  const load = importEmitted(fixture.plan)
  const one = async () => {
    const module = await load
    const reference = referenceOf(fixture)
    const oracle = interpreter(fixture.plan)
    return {
      oracle: (input: never): Result<unknown> => oracle(map.name, input, reference as never),
      slow: (input: unknown) => (module[`slow${capital(run)}`] as Transformer)(input, reference),
      fast:
        module[`fast${capital(run)}`] === undefined
          ? null
          : (input: unknown) => (module[`fast${capital(run)}`] as Transformer)(input, reference),
      run: (input: unknown) => (module[run] as Transformer)(input, reference),
    }
  }

  test("its own payload is done, the fast way where there is one", async () => {
    const { oracle, slow, fast } = await one()
    const expected = oracle(fixture.payload as never)
    expect(expected.status, JSON.stringify(expected)).toBe("done")
    expect(shown(slow(fixture.payload))).toBe(shown(expected))
    expect(fast !== null).toBe(fixture.fast)
    if (fast !== null) expect(shown(fast(fixture.payload))).toBe(shown(expected))
  })

  test("payloads that random hands changed", async () => {
    const { oracle, slow, fast } = await one()
    const seen = { done: 0, held: 0, rejected: 0, fast: 0 }
    fc.assert(
      fc.property(changes(fixture.payload), payload => {
        const expected = oracle(payload as never)
        seen[expected.status]++
        expect(shown(slow(payload))).toBe(shown(expected))
        const quick = fast?.(payload)
        if (quick === undefined) return
        seen.fast++
        expect(shown(quick)).toBe(shown(expected))
      }),
      { numRuns: runs },
    )
    expect(seen.done).toBeGreaterThan(0)
    expect(seen.rejected).toBeGreaterThan(0)
    if (fixture.fast) expect(seen.fast).toBeGreaterThan(0)
  })
})

describe("random maps", () => {
  const plans = Number(process.env["FMAP_MAPS"] ?? 60)
  test("every one, with payloads of its kind", { timeout: 600_000 }, async () => {
    const seed = Number(process.env["FMAP_SEED"] ?? 20260331)
    const seen = { done: 0, held: 0, rejected: 0, fast: 0 }
    for (const [i, plan] of fc.sample(randomMap, { numRuns: plans, seed }).entries()) {
      const module = await importEmitted(plan)
      const oracle = interpreter(plan)
      for (const payload of fc.sample(randomPayload, { numRuns: 25, seed: seed + i })) {
        const expected = oracle("M", payload as never)
        seen[expected.status]++
        const about = (): string =>
          `seed ${seed}, map ${i}: ${JSON.stringify(payload)}\n${emitted(plan).get("order.ts")}`
        const slow = (module["slowM"] as Transformer)(payload)
        if (shown(slow) !== shown(expected)) expect(shown(slow), about()).toBe(shown(expected))
        const quick = (module["fastM"] as Transformer | undefined)?.(payload)
        if (quick === undefined) continue
        seen.fast++
        if (shown(quick) !== shown(expected)) expect(shown(quick), about()).toBe(shown(expected))
      }
    }
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(plans / 2)
  })
})

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function referenceOf(fixture: Fixture) {
  return Object.fromEntries(
    Object.entries(fixture.reference).map(([name, rows]) => [
      name,
      crosswalkOf(name, rows.map(([keys, value]) => [crosswalkKey(keys), value] as const) as never),
    ]),
  )
}

/** Comparable text: issues in one order, exact numbers by their digits, absent equal to undefined. */
function shown(result: Result<unknown> | undefined): string {
  const replacer = (_: string, value: unknown): unknown =>
    value instanceof ExactNumber ? { exact: value.text } : value
  if (result === undefined) return "undefined"
  if (result.status === "done") {
    return JSON.stringify({ value: result.value, key: result.key, notes: sorted(result.notes) }, replacer, 1)
  }
  return JSON.stringify({ status: result.status, issues: sorted(result.issues) }, replacer, 1)
}

function sorted(issues: readonly unknown[]): readonly string[] {
  return issues.map(issue => JSON.stringify(Object.entries(issue as object).sort())).sort()
}

const values: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    "",
    "a",
    "A",
    "B",
    "IGNORE",
    "bad",
    "acc",
    "EUR",
    "JPY",
    "KWD",
    "eur",
    "XAU",
    "Won",
    "Lost",
    "Other",
    "goods",
    "service",
    "T",
    "F",
    "DE",
    "en",
    "__proto__",
    "constructor",
    "2026-02-29",
    "2024-02-29",
    "1999-12-31",
    "2026-03-31T09:00:00Z",
    "2026-03-31T09:00:00.50+02:00",
    "2026-03-31T09:00:00",
    "31.03.2026",
    "/Date(1774915200000)/",
    1774915200000,
    "\ud800",
    "😀",
    "😀😀",
    "0",
    "-0",
    "+1",
    " 1",
    "01",
    "1.",
    ".5",
    "1e3",
    "NaN",
    "0.005",
    "0.015",
    "0.025",
    "-0.005",
    "2.5",
    "3.5",
    "-2.5",
    "9007199254740991",
    "9007199254740992",
    "90071992547409.91",
    "999999999999999999999999.99",
    "1234567890123456.7891",
    0,
    -0,
    1,
    -1,
    0.005,
    1.005,
    2.345,
    12.5,
    0.1 + 0.2,
    1e21,
    123456789012345,
    1234567890123456,
    Number.NaN,
    new ExactNumber("1e2"),
    new ExactNumber("0.10"),
    new ExactNumber("1e400"),
    new ExactNumber("12345678901234567.89"),
    [],
    {},
    [1],
    { a: 1 },
  ),
  fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).chain(n => fc.nat(4).map(scale => decimal(n, scale))),
  fc.integer({ min: -99999, max: 99999 }).map(n => n / 100),
  fc.integer({ min: -99999, max: 99999 }).map(n => decimal(BigInt(n), 2)),
  fc.string({ maxLength: 8, unit: "binary" }),
)

function decimal(n: bigint, scale: number): string {
  const digits = (n < 0n ? -n : n).toString().padStart(scale + 1, "0")
  return `${n < 0n ? "-" : ""}${scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`}`
}

/** Paths to everything inside a value. */
function paths(value: unknown, base: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [base]
  return [base, ...Object.entries(value).flatMap(([key, of]) => paths(of, [...base, key]))]
}

/** One to six places changed, rows doubled or dropped, members added. */
function changes(payload: { readonly [name: string]: unknown }): fc.Arbitrary<unknown> {
  const places = paths(payload).filter(path => path.length > 0)
  const change = fc.record({
    path: fc.constantFrom(...places),
    how: fc.nat(9),
    value: values,
    key: fc.constantFrom(
      "zzz",
      "__proto__",
      "amount",
      "zip",
      "weight",
      "asOf",
      "text",
      "utf16",
      "bytes",
      "pattern",
      "lower",
      "bool",
      "flag",
      "int",
      "intText",
      "decimal",
      "decimalNumber",
      "large",
      "positive",
      "fine",
      "percent",
      "fraction",
      "currency",
      "lowerCurrency",
      "country",
      "language",
      "date",
      "epoch",
      "odata",
      "patternDate",
      "datetime",
      "instant",
      "closed",
      "open",
      "minor",
      "scaled",
    ),
  })
  return fc
    .array(change, { maxLength: 6 })
    .map(list => list.reduce<unknown>((of, one) => apply(of, one.path, one.how, one.value, one.key), payload))
}

function apply(of: unknown, path: readonly string[], how: number, value: unknown, key: string): unknown {
  const [head, ...rest] = path
  if (head === undefined) {
    if (how >= 8 && Array.isArray(of)) return [...of, ...of]
    if (
      how >= 6 &&
      typeof of === "object" &&
      of !== null &&
      !Array.isArray(of) &&
      !(of instanceof ExactNumber)
    )
      return withMember(of, key, value)
    return value
  }
  if (typeof of !== "object" || of === null || of instanceof ExactNumber) return of
  if (Array.isArray(of)) {
    if (rest.length === 0 && how === 5) return of.filter((_, i) => String(i) !== head)
    return of.map((item, i) => (String(i) === head ? apply(item, rest, how, value, key) : item))
  }
  return withMember(of, head, apply((of as Record<string, unknown>)[head], rest, how, value, key))
}

function withMember(of: object, key: string, value: unknown): unknown {
  return Object.fromEntries([...Object.entries(of).filter(([name]) => name !== key), [key, value]])
}
