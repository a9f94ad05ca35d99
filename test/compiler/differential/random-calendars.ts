// Calendars of random plans: one that follows from its declaration, one whose periods stand in a file, and random questions to both.
// Flows in: choices. Flows out: Plan calendars, reference data, expressions.
import { type Calendar, loadCalendar } from "@fmap/runtime"
import { calendarSpec } from "../../../compiler/lower/calendars.ts"
import type {
  CalendarOperation,
  PlanCalendar,
  PlanExpression,
  ValueType,
} from "../../../compiler/plan/index.ts"
import { bool, here, numeric, text, wirePeriod } from "../interpret/plan-builders.ts"
import type { Draw } from "./draw.ts"

const declared = { file: 0, docs: "", at: here, owner: null, status: null, holidays: null }

export const corp: PlanCalendar = {
  ...declared,
  id: "Corp",
  name: "Corp",
  rules: { kind: "months", month: 2, day: 1, namedBy: "end", adjustments: 2, from: 2020, until: 2030 },
  weekend: [6, 0],
  periods: null,
}
export const ledger: PlanCalendar = {
  ...declared,
  id: "Ledger",
  name: "Ledger",
  rules: { kind: "file", month: 1, day: 1, namedBy: "start" },
  weekend: null,
  periods: {
    format: "csv",
    path: "periods.csv",
    columns: ["id", "start", "end", "adjust", "closed"].map(name => ({ name, column: name })),
    where: [],
  },
}

export const ledgerData: Calendar = loaded()

function loaded(): Calendar {
  const months = Array.from({ length: 36 }, (_, i) => {
    const month = String((i % 12) + 1).padStart(2, "0")
    const year = 2024 + Math.floor(i / 12)
    const last = new Date(Date.UTC(year, (i % 12) + 1, 0)).getUTCDate()
    return [`p${i}`, `${year}-${month}-01`, `${year}-${month}-${last}`, "F", i < 25 || i === 27 ? "T" : "F"]
  })
  const rows = [...months, ["adj", "2025-12-31", "2025-12-31", "T", "F"]]
  const table = {
    columns: ["id", "start", "end", "adjust", "closed"],
    rows: rows.map((cells, i) => ({ line: i + 2, cells })),
  }
  const result = loadCalendar(calendarSpec(ledger), { periods: table })
  if ("problems" in result) throw new Error(JSON.stringify(result.problems))
  return result.ok
}

export type Wire = ReturnType<typeof wirePeriod>
export function randomPeriodType(draw: Draw): Wire {
  return draw.chance(50)
    ? wirePeriod("Corp", draw.pick(["plain", "plain", { pattern: "PPP.YYYY" }, { pattern: "MMM yy" }]))
    : wirePeriod("Ledger", draw.pick(["plain", "id", "id", { pattern: "yyyyMM" }]))
}

/** As a payload holds it; now and then one that there is not. */
export function randomPeriodText({ calendar, wire }: Wire, draw: Draw): string {
  if (draw.chance(2)) return draw.pick(["2031-01", "2025-99", "p99", "Mar 99", "", "003.2019"])
  if (calendar === "Ledger") {
    if (wire === "id") return draw.pick(["p0", "p25", "p26", "p27", "p35", "adj"])
    return wire === "plain"
      ? draw.pick(["2025-12", "2026-01", "2026-04", "2025-13"])
      : draw.pick(["202512", "202604"])
  }
  if (wire === "plain") return draw.pick(["2026-02", "2027-01", "2026-13", "2020-01", "2030-14"])
  return typeof wire === "object" && wire.pattern.startsWith("P")
    ? draw.pick(["002.2026", "014.2030"])
    : draw.pick(["Mar 26", "Feb 19", "Jan 30"])
}

/** Of what the operand makers give: a date, a whole number, a period of the calendar. */
export interface Operands {
  readonly date: () => PlanExpression
  readonly count: () => PlanExpression
  readonly period: (calendar: string) => PlanExpression
}

const periodType = (calendar: string): ValueType => ({ kind: "period", calendar })

function ask(
  operation: CalendarOperation,
  calendar: string,
  type: ValueType,
  maybe: boolean,
  ...values: readonly PlanExpression[]
): PlanExpression {
  return { kind: "calendar", operation, calendar, arguments: values, type, maybe, at: here }
}

export function periodLiteral(calendar: string): PlanExpression {
  const value = calendar === "Corp" ? "2026-05" : "2026-03"
  return { kind: "literal", value, type: periodType(calendar), maybe: false, at: here }
}

export function askPeriod(calendar: string, operands: Operands, draw: Draw): PlanExpression {
  const type = periodType(calendar)
  switch (draw.int(0, calendar === "Ledger" ? 8 : 4)) {
    case 0:
    case 1:
      return ask("period_of", calendar, type, true, operands.date())
    case 2:
      return ask("add_periods", calendar, type, true, operands.period(calendar), operands.count())
    case 3:
      return ask("period_at", calendar, type, true, operands.count(), operands.count())
    case 4:
      return ask("regular", calendar, type, false, operands.period(calendar))
    case 5:
      return ask("open_period_of", calendar, type, true, operands.date())
    default:
      return ask("next_open_period_of", calendar, type, true, operands.date())
  }
}

export function askDate(operands: Operands, draw: Draw): PlanExpression {
  if (draw.chance(40)) {
    const day = operands.date()
    return draw.chance(50)
      ? ask(draw.pick(["next_business_day", "previous_business_day"]), "Corp", { kind: "date" }, true, day)
      : ask("add_business_days", "Corp", { kind: "date" }, true, day, operands.count())
  }
  const calendar = draw.pick(["Corp", "Ledger"])
  return ask(draw.pick(["start_of", "end_of"]), calendar, { kind: "date" }, false, operands.period(calendar))
}

export function askNumber(operands: Operands, draw: Draw): PlanExpression {
  if (draw.chance(25))
    return ask("business_days_between", "Corp", numeric(0), true, operands.date(), operands.date())
  const calendar = draw.pick(["Corp", "Ledger"])
  const period = operands.period(calendar)
  return draw.chance(40)
    ? ask("periods_between", calendar, numeric(0), false, period, operands.period(calendar))
    : ask(draw.pick(["year_of", "number_of"]), calendar, numeric(0), false, period)
}

export function askCondition(operands: Operands, draw: Draw): PlanExpression {
  if (draw.chance(25)) {
    const is = ask("is_business_day", "Corp", bool, true, operands.date())
    const no: PlanExpression = { kind: "literal", value: false, type: bool, maybe: false, at: here }
    return { kind: "else", value: is, fallback: no, type: bool, maybe: false, at: here }
  }
  const calendar = draw.pick(["Corp", "Ledger"])
  const operation = calendar === "Ledger" && draw.chance(50) ? "is_open" : "is_adjustment"
  return ask(operation, calendar, bool, false, operands.period(calendar))
}

export function askText(operands: Operands, draw: Draw): PlanExpression {
  const calendar = draw.pick(["Corp", "Ledger"])
  const pattern: PlanExpression = {
    kind: "literal",
    value: draw.pick(["MMM yy", "'FY'YY P", "PPP.YYYY"]),
    type: text,
    maybe: false,
    at: here,
  }
  return ask("format_period", calendar, text, true, operands.period(calendar), pattern)
}
