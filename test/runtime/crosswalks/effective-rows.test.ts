// Patterns and days against a reading of the rule in its own words: of the rows that fit a key and hold on a day, the one that
// every other fits too decides; where there is none, the rows contradict each other. Tables, loader and proofs must agree with it.
import {
  type CrosswalkRow,
  type CrosswalkSpec,
  crosswalkKey,
  crosswalkTable,
  daysWithout,
  effectiveOn,
  firstDay,
  lastDay,
  loadCrosswalk,
  rowConflicts,
  splitKey,
  untilNext,
} from "@fmap/runtime"
import { readCsv } from "@fmap/runtime/formats"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

const day = (n: number): string => `2026-01-${String(n + 1).padStart(2, "0")}`
const days = Array.from({ length: 6 }, (_, n) => day(n))
const keys = ["a", "b"]
/** No row names it: a key of which nothing is known. */
const stranger = "z"

function rows(width: number): fc.Arbitrary<readonly CrosswalkRow[]> {
  const key = fc.constantFrom<string | null>(...keys, null, null)
  const bound = fc.option(fc.nat(5), { nil: undefined })
  return fc
    .array(fc.tuple(fc.array(key, { minLength: width, maxLength: width }), bound, bound), { maxLength: 6 })
    .map(all =>
      all.map(([of, a, b], value) => {
        const [low, high] = a !== undefined && b !== undefined && a > b ? [b, a] : [a, b]
        return {
          keys: of,
          from: low === undefined ? firstDay : day(low),
          until: high === undefined ? lastDay : day(high),
          value,
        }
      }),
    )
}

function combinations(width: number): string[][] {
  if (width === 0) return [[]]
  return combinations(width - 1).flatMap(rest => [...keys, stranger].map(key => [...rest, key]))
}

/** The row that decides; "ambiguous" where no fitting row is more specific than all others. */
function decides(all: readonly CrosswalkRow[], key: readonly string[], on: string): unknown {
  const fits = (row: CrosswalkRow, of: readonly (string | null)[]): boolean =>
    row.keys.every((part, i) => part === null || part === of[i])
  const fitting = all.filter(row => fits(row, key) && row.from <= on && on <= row.until)
  if (fitting.length === 0) return undefined
  const best = fitting.filter(row => fitting.every(other => fits(other, row.keys)))
  return best.length === 1 ? best[0]?.value : "ambiguous"
}

describe.each([1, 2, 3])("rows of %i keys", width => {
  test("contradict each other exactly where a key on some day has no row that decides", () => {
    fc.assert(
      fc.property(rows(width), all => {
        const found = combinations(width).some(key =>
          [firstDay, ...days, lastDay].some(on => decides(all, key, on) === "ambiguous"),
        )
        expect(rowConflicts(all, 100).length > 0).toBe(found)
      }),
      { numRuns: 400 },
    )
  })
  test("without contradiction answer with the row that decides", () => {
    fc.assert(
      fc.property(rows(width), all => {
        fc.pre(rowConflicts(all, 1).length === 0)
        const table = crosswalkTable("T", all)
        for (const key of combinations(width))
          for (const on of [firstDay, ...days, lastDay])
            expect(table.find(crosswalkKey(key), on)).toBe(decides(all, key, on))
      }),
      { numRuns: 300 },
    )
  })
  test("give one snapshot in whatever order, and another for another day", () => {
    fc.assert(
      fc.property(rows(width), all => {
        fc.pre(all.length > 0 && rowConflicts(all, 1).length === 0)
        const { snapshot } = crosswalkTable("T", all)
        expect(crosswalkTable("T", [...all].reverse()).snapshot).toBe(snapshot)
        const [first, ...rest] = all
        const moved = { ...(first as CrosswalkRow), until: "2030-01-01" }
        expect(crosswalkTable("T", [moved, ...rest]).snapshot).not.toBe(snapshot)
      }),
      { numRuns: 50 },
    )
  })
})

test("days without those of rows are the days no row has", () => {
  fc.assert(
    fc.property(rows(1), fc.nat(5), fc.nat(5), (taken, a, b) => {
      const span = { from: day(Math.min(a, b)), until: day(Math.max(a, b)) }
      const left = daysWithout(span, taken)
      for (const on of days) {
        const isLeft = left.some(one => one.from <= on && on <= one.until)
        const within = span.from <= on && on <= span.until
        expect(isLeft).toBe(within && !taken.some(row => row.from <= on && on <= row.until))
      }
    }),
  )
})

test("until next: of the rows of a key that have begun, the last one holds", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(5), { minLength: 1 }), starts => {
      const begun = starts.map(n => ({ keys: ["a"], from: day(n), until: lastDay, value: n }))
      const table = crosswalkTable(
        "T",
        untilNext(begun, row => row.keys.join()),
      )
      for (const [n, on] of days.entries()) {
        const last = Math.max(...starts.filter(start => start <= n))
        expect(table.find("a", on)).toBe(last === -Infinity ? undefined : last)
      }
    }),
  )
})

test("the first and the last day there is end nothing", () => {
  expect(daysWithout({ from: firstDay, until: lastDay }, [{ from: firstDay, until: lastDay }])).toEqual([])
  expect(
    effectiveOn(
      [
        [firstDay, "2026-01-01", 1],
        ["2026-01-02", lastDay, 2],
      ],
      lastDay,
    ),
  ).toBe(2)
  expect(effectiveOn([], firstDay)).toBeUndefined()
})

test("a joined key gives its parts back", () => {
  const part = fc.string({ unit: fc.constantFrom("a", "|", "\\", "") })
  fc.assert(
    fc.property(fc.array(part, { minLength: 1 }), parts => {
      expect(splitKey(crosswalkKey(parts))).toEqual(parts)
    }),
  )
})

describe("a file", () => {
  const text = { kind: "text", min: 0, max: 9, measure: "points", pattern: null, wire: "plain" } as const
  const spec: CrosswalkSpec = {
    name: "Account",
    keyForm: "folded",
    parameters: [
      { name: "family", type: text },
      { name: "region", type: text },
    ],
    result: { kind: "scalar", type: text },
    columns: [],
    where: [],
    dated: { from: "from", until: "until", next: false },
    wildcard: "*",
  }
  const load = (csv: string) => {
    const table = readCsv(`family,region,value,from,until\n${csv}`)
    if ("problems" in table) throw new Error("no csv")
    return loadCrosswalk(spec, table.ok)
  }
  test("of patterns and days answers like rows written in place", () => {
    const loaded = load("Software,*,4000,,\nSoftware,emea,4010,2026-02-01,\n*,*,4900,,2026-01-31\n")
    if (!("ok" in loaded)) throw new Error(JSON.stringify(loaded))
    const find = (family: string, region: string, on: string) =>
      loaded.ok.find(crosswalkKey([family, region]), on)
    expect(find("software", "emea", "2026-02-01")).toBe("4010")
    expect(find("software", "emea", "2026-01-31")).toBe("4000")
    expect(find("goods", "amer", "2026-01-31")).toBe("4900")
    expect(find("goods", "amer", "2026-02-01")).toBeUndefined()
    expect(find("*", "amer", "2026-02-01")).toBeUndefined()
  })
  test("that contradicts itself is not used, and every pair is named by its lines", () => {
    const loaded = load(
      "Software,*,4000,,\nsoftware,*,4000,2026-01-01,\n*,EMEA,4200,,2026-01-31\nGoods,,1,2026-02-02,2026-02-01\n",
    )
    expect("problems" in loaded ? loaded.problems.map(p => [p.row, p.code, p.message]) : []).toEqual([
      [3, "SAME_DAYS", 'The key "software", _ has a row from 2026-01-01 already, in line 2.'],
      [
        4,
        "AMBIGUOUS",
        'This row and line 2 both fit "software", "emea" until 2026-01-31, and neither is more specific.',
      ],
      [5, "EMPTY_KEY", 'The key column "region" is empty.'],
      [5, "ENDS_BEFORE_IT_BEGINS", "The row ends on 2026-02-01, before it begins on 2026-02-02."],
    ])
  })
})
