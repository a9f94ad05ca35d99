// Calendars from files: what NetSuite exports, and what is refused. The rows of the first part are those of the public seeds.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { type CalendarSpec, calendarRuns, loadCalendar } from "@fmap/runtime"
import { readCsv } from "@fmap/runtime/formats"
import fc from "fast-check"
import { describe, expect, test } from "vitest"

const seeds = join(import.meta.dirname, "../../../../shared/data/netsuite/seeds")
const tableOf = (text: string) => {
  const table = readCsv(text)
  if ("problems" in table) throw new Error(JSON.stringify(table.problems))
  return table.ok
}
const seed = (name: string) => tableOf(readFileSync(join(seeds, name), "utf8"))
const columns = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([name, column]) => ({ name, column }))

const netsuite: CalendarSpec = {
  name: "Ledger",
  rules: { kind: "file", month: 1, day: 1, namedBy: "start" },
  weekend: null,
  periods: {
    columns: columns({ id: "id", start: "startdate", end: "enddate", adjust: "isadjust", closed: "closed" }),
    where: [
      { column: "isquarter", operator: "==", value: "F" },
      { column: "isyear", operator: "==", value: "F" },
    ],
  },
  status: null,
  holidays: null,
}

describe("NetSuite's accounting periods", () => {
  const table = seed("netsuite2_accounting_period_data.csv")

  test("the seed is a sample: its repeated row and its missing months are told with row and column", () => {
    const loaded = loadCalendar(netsuite, { periods: table })
    expect(
      "problems" in loaded && loaded.problems.map(({ row, column, code }) => [row, column, code]),
    ).toEqual([
      [7, "id", "DUPLICATE_KEY"],
      [2, "startdate", "GAP"],
      [3, "startdate", "GAP"],
    ])
  })

  test("without the repeated row and up to its first gap it is a calendar", () => {
    const id = table.columns.indexOf("id")
    const rows = ["20", "21"].map(wanted => table.rows.find(row => row.cells[id] === wanted)!)
    const loaded = loadCalendar(netsuite, { periods: { ...table, rows } })
    if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems))
    expect(loaded.ok.ofId("21")?.text).toBe("2001-02")
    expect(calendarRuns.period_of(loaded.ok, "2001-02-28")).toBe("2001-02")
    expect(calendarRuns.open_period_of(loaded.ok, "2001-02-28")).toBeUndefined()
    expect(calendarRuns.format_period(loaded.ok, "2001-02", "MMM yyyy")).toBe(
      rows[1]?.cells[table.columns.indexOf("periodname")],
    )
  })

  test("a fiscal calendar names its periods: joined to them it counts by its own year", () => {
    const fiscal = seed("netsuite2_accounting_period_fiscal_cal_data.csv")
    const of = (row: (typeof fiscal.rows)[number], name: string) =>
      row.cells[fiscal.columns.indexOf(name)] ?? ""
    const own = fiscal.rows.filter(row => of(row, "fiscalcalendar") === "3")
    expect(own.map(row => of(row, "accountingperiod")).sort()).toEqual(["20", "21"])
    const rows = own.map((row, i) => {
      const period = table.rows.find(
        one => one.cells[table.columns.indexOf("id")] === of(row, "accountingperiod"),
      )!
      const year = /^FY(\d{4})/.exec(of(row, "fullname"))?.[1] ?? ""
      return { line: i + 2, cells: [...period.cells, year, period.cells[0] === "20" ? "5" : "6"] }
    })
    const joined = { columns: [...table.columns, "year", "number"], rows }
    const numbered: CalendarSpec = {
      ...netsuite,
      periods: {
        ...netsuite.periods!,
        columns: [...netsuite.periods!.columns, ...columns({ year: "year", number: "number" })],
      },
    }
    const loaded = loadCalendar(numbered, { periods: joined })
    if ("problems" in loaded) throw new Error(JSON.stringify(loaded.problems))
    expect(loaded.ok.regular.map(period => [period.id, period.text])).toEqual([
      ["20", "2022-05"],
      ["21", "2022-06"],
    ])
  })
})

const file = (lines: readonly string[]) => tableOf(`id,start,end,adjust,closed\n${lines.join("\n")}\n`)
const simple: CalendarSpec = {
  ...netsuite,
  periods: { columns: columns({ adjust: "adjust", closed: "closed" }), where: [] },
}
const problems = (lines: readonly string[]) => {
  const loaded = loadCalendar(simple, { periods: file(lines) })
  return "ok" in loaded ? [] : loaded.problems.map(({ row, column, code }) => `${row} ${column} ${code}`)
}
const january = "a,2025-01-01,2025-01-31,F,T"

describe("a file of periods", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["in any order", ["b,2025-02-01,2025-02-28,F,F", january], []],
    ["with a midnight behind the days", ["a,2025-01-01T00:00:00.000Z,2025-01-31 0:00:00,no,yes"], []],
    ["that begins in the middle of a year", ["b,2025-02-01,2025-02-28,F,F"], ["2 start GAP"]],
    ["with an overlap", [january, "b,2025-01-31,2025-02-28,F,F"], ["3 start OVERLAP"]],
    ["with a gap", [january, "b,2025-02-02,2025-02-28,F,F"], ["3 start GAP"]],
    ["with an id twice", [january, "a,2025-02-01,2025-02-28,F,F"], ["3 id DUPLICATE_KEY"]],
    ["that ends before it begins", ["a,2025-01-31,2025-01-01,F,F"], ["2 end BAD_CELL"]],
    ["with a time of day", ["a,2025-01-01 08:00:00,2025-01-31,F,F"], ["2 start BAD_CELL"]],
    ["with a flag nobody knows", ["a,2025-01-01,2025-01-31,F,open"], ["2 closed BAD_BOOLEAN"]],
    ["without an id", [",2025-01-01,2025-01-31,F,F"], ["2 id BAD_CELL"]],
    ["with an adjustment outside of every period", [january, "x,2025-02-28,2025-02-28,T,F"], ["3 end GAP"]],
    ["without rows", [], ["1  NO_ROWS"]],
  ])("%s", (_, lines, expected) => expect(problems(lines)).toEqual(expected))

  test("names a column it lacks", () => {
    const loaded = loadCalendar(simple, { periods: tableOf("id,start,adjust,closed\na,2025-01-01,F,F\n") })
    expect("problems" in loaded && loaded.problems.map(one => one.message)).toEqual([
      'The file has no column "end".',
    ])
  })

  test("names its content by its snapshot", () => {
    const snapshot = (lines: readonly string[]) => {
      const loaded = loadCalendar(simple, { periods: file(lines) })
      return "ok" in loaded ? loaded.ok.snapshot : ""
    }
    expect(snapshot([january])).toMatch(/^[0-9a-f]{64}$/)
    expect(snapshot([january])).toBe(snapshot([january]))
    expect(snapshot([january])).not.toBe(snapshot([january.replace("F,T", "F,F")]))
  })

  test("never throws, whatever its cells are", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom("a", "b", "", "__proto__"),
            fc.oneof(fc.constantFrom("2025-01-01", "2025-02-01", "2024-12-31", "x", ""), fc.string()),
            fc.oneof(fc.constantFrom("2025-01-31", "2025-02-28"), fc.string()),
            fc.constantFrom("T", "F", "maybe"),
            fc.constantFrom("T", "F", ""),
          ),
          { maxLength: 6 },
        ),
        rows => {
          const table = {
            columns: ["id", "start", "end", "adjust", "closed"],
            rows: rows.map((cells, i) => ({ line: i + 2, cells })),
          }
          const loaded = loadCalendar(simple, { periods: table })
          if ("problems" in loaded) {
            expect(loaded.problems.length).toBeGreaterThan(0)
            return
          }
          const { regular } = loaded.ok
          expect(regular.length).toBeLessThanOrEqual(rows.length)
          for (const [i, period] of regular.entries())
            if (i > 0) expect(period.start).toBe(regular[i - 1]!.end + 1)
        },
      ),
    ))
})
