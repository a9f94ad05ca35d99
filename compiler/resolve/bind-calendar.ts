// A calendar: how its years are cut into periods, which days are no business days, which files hold the rest. Flows in: the declaration
// and the host. Flows out: a BoundCalendar; clauses that are missing, doubled or do not go together are judged here.
import { type CalendarClause, type CalendarDeclaration, diagnostic } from "@fmap/grammar"
import { type CalendarSpec, computedCalendar, type PeriodRules } from "@fmap/runtime"
import type { Host } from "../host/host.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import { calendarFile, checkCalendarFiles } from "./calendar-files.ts"
import { monthNumber, weekdayNumber, wholeWithin } from "./calendar-words.ts"
import type { Declared } from "./collect-names.ts"
import type { BoundCalendar } from "./model.ts"

type Clause<K extends CalendarClause["kind"]> = CalendarClause & { kind: K }

/** What one declaration says, each clause once. */
interface Clauses {
  readonly get: <K extends CalendarClause["kind"]>(kind: K) => Clause<K> | undefined
  readonly file: (of: "periods" | "status" | "holidays") => Clause<"file"> | undefined
}

interface Context {
  readonly name: string
  readonly file: string
  readonly found: Findings
  readonly node: CalendarDeclaration
  readonly clauses: Clauses
}

/** Years a calendar may go over: more would only make it slow. */
const mostYears = 400

export function bindCalendar(
  { node, name, id, file, place }: Declared<CalendarDeclaration>,
  host: Host,
  found: Findings,
): BoundCalendar {
  const before = found.errors()
  const clauses = collect(node, file, found)
  const context: Context = { name, file, found, node, clauses }
  const files = {
    periods: calendarFile(clauses.file("periods"), file, found),
    status: calendarFile(clauses.file("status"), file, found),
    holidays: calendarFile(clauses.file("holidays"), file, found),
  }
  const rules = periodRules(context)
  const weekend = weekendDays(context)
  if (found.errors() === before && rules === null && weekend === null)
    incomplete(context, "has neither periods nor a weekend")
  const spec: CalendarSpec = { name, rules, weekend, ...files }
  if (found.errors() === before) checkCalendarFiles(spec, clauses, files, { file, host, found })
  return {
    kind: "calendar",
    id,
    name,
    node,
    file,
    place,
    spec,
    files,
    table: rules === null || rules.kind === "file" ? null : computedCalendar(spec),
    broken: found.errors() > before,
  }
}

function collect(node: CalendarDeclaration, file: string, found: Findings): Clauses {
  const at = placeIn(file)
  const first = new Map<string, CalendarClause>()
  for (const clause of node.clauses) {
    const slot = clause.kind === "file" ? `file ${clause.of}` : clause.kind
    const before = first.get(slot)
    if (before === undefined) first.set(slot, clause)
    else
      found.report(
        diagnostic("FM6230", { clause: wordsOf(clause) }, at(clause), {
          label: "said again",
          related: [{ place: at(before), text: "said first here" }],
        }),
      )
  }
  return {
    get: <K extends CalendarClause["kind"]>(kind: K) => first.get(kind) as Clause<K> | undefined,
    file: of => first.get(`file ${of}`) as Clause<"file"> | undefined,
  }
}

function wordsOf(clause: CalendarClause): string {
  switch (clause.kind) {
    case "owner":
    case "months":
    case "weeks":
    case "periods":
    case "weekend":
      return clause.kind
    case "yearStarts":
      return "year starts"
    case "yearEnds":
      return "year ends"
    case "yearNamed":
      return "year named by"
    case "longWeek":
      return "week 53"
    case "adjustment":
      return "adjustment periods"
    case "range":
      return "from … until"
    case "file":
      return clause.of === "periods" ? "from csv" : `${clause.of} from csv`
  }
}

/** Null without periods, or after a diagnostic. */
function periodRules(context: Context): PeriodRules | null {
  const { clauses } = context
  const weeks = clauses.get("weeks") ?? clauses.get("periods")
  const months = clauses.get("months")
  const file = clauses.file("periods")
  const ways = [months, weeks, file].filter(one => one !== undefined)
  const [way, other] = ways
  if (way === undefined) {
    const orphan = (["yearStarts", "yearEnds", "yearNamed", "longWeek", "adjustment", "range"] as const)
      .map(kind => clauses.get(kind))
      .find(one => one !== undefined)
    if (orphan !== undefined || clauses.file("status") !== undefined)
      incomplete(
        context,
        "does not say what its periods are: `months`, `weeks 4-4-5`, `periods 13 of 4 weeks` or `from csv`",
      )
    return null
  }
  if (other !== undefined) return contradiction(context, way, other)
  if (clauses.get("weeks") !== undefined && clauses.get("periods") !== undefined)
    return contradiction(context, weeks ?? way, clauses.get("periods") ?? way)
  if (way.kind === "months") return monthRules(context, way)
  return way.kind === "file" ? fileRules(context, way) : weekRules(context, way)
}

function monthRules(context: Context, months: Clause<"months">): PeriodRules | null {
  const { clauses } = context
  if (refused(context, months, ["yearEnds", "longWeek"])) return null
  const starts = clauses.get("yearStarts")
  if (starts === undefined)
    return incomplete(context, "does not say when its year starts: `year starts January 1`")
  const start = startOf(starts, context)
  const years = yearRange(context)
  const namedBy = start === null ? null : yearNamed(start, starts, context)
  const adjustments = adjustmentCount(context)
  if (start === null || years === null || namedBy === null || adjustments === null) return null
  return { kind: "months", ...start, ...years, namedBy, adjustments }
}

function weekRules(context: Context, way: Clause<"weeks"> | Clause<"periods">): PeriodRules | null {
  const { clauses, file, found } = context
  if (refused(context, way, ["yearStarts"])) return null
  const ends = clauses.get("yearEnds")
  if (ends === undefined)
    return incomplete(context, "does not say when its year ends: `year ends last Saturday of January`")
  const long = clauses.get("longWeek")
  if (long === undefined)
    return incomplete(
      context,
      "does not say which period takes the last week of a long year: `week 53 in period 12`",
    )
  const lengths = periodLengths(way, file, found)
  const which = ends.which.text
  if (which !== "last" && which !== "nearest") return wrong(context, ends.which, which, "last or nearest")
  const weekday = weekdayNumber(ends.weekday, file, found)
  const month = monthNumber(ends.month, file, found)
  wholeWithin(long.week, 53, 53, "the last week of a long year, 53", file, found)
  const longPeriod =
    lengths === null
      ? null
      : wholeWithin(long.period, 1, lengths.length, `a period, 1 to ${lengths.length}`, file, found)
  const years = yearRange(context)
  const adjustments = adjustmentCount(context)
  if (lengths === null || weekday === null || month === null || longPeriod === null) return null
  if (years === null || adjustments === null) return null
  // `year ends … of January` says itself which year it means: the one it ends in.
  const named = clauses.get("yearNamed")
  const namedBy = named === undefined ? "end" : startOrEnd(named, context)
  return namedBy === null
    ? null
    : { kind: "weeks", ends: which, weekday, month, lengths, longPeriod, ...years, namedBy, adjustments }
}

function fileRules(context: Context, from: Clause<"file">): PeriodRules | null {
  const { clauses } = context
  if (refused(context, from, ["yearEnds", "longWeek", "adjustment", "range"])) return null
  const status = clauses.file("status")
  if (status !== undefined) return contradiction(context, from, status)
  const names = new Set(from.source.columns.map(column => column.name.text))
  const starts = clauses.get("yearStarts")
  if (names.has("year") !== names.has("number"))
    return incomplete(context, "names only one of the columns year and number of its file")
  if (names.has("year")) {
    if (starts !== undefined) return contradiction(context, from, starts)
    return { kind: "file", month: 1, day: 1, namedBy: "start" }
  }
  if (starts === undefined)
    return incomplete(
      context,
      "does not say when its years start: `year starts January 1`, or columns for year and number",
    )
  const start = startOf(starts, context)
  const namedBy = start === null ? null : yearNamed(start, starts, context)
  return start === null || namedBy === null ? null : { kind: "file", ...start, namedBy }
}

function startOf(
  starts: Clause<"yearStarts">,
  { file, found }: Context,
): { readonly month: number; readonly day: number } | null {
  const month = monthNumber(starts.month, file, found)
  const day = wholeWithin(starts.day, 1, 28, "a day that every month has, 1 to 28", file, found)
  return month === null || day === null ? null : { month, day }
}

/** A year that begins on January 1 lies in one calendar year and needs no further name. */
function yearNamed(
  { month, day }: { readonly month: number; readonly day: number },
  starts: Clause<"yearStarts">,
  context: Context,
): "start" | "end" | null {
  const named = context.clauses.get("yearNamed")
  if (named !== undefined) return startOrEnd(named, context)
  if (month === 1 && day === 1) return "start"
  context.found.report(
    diagnostic("FM6234", { name: context.name }, placeIn(context.file)(starts), {
      label: "spans two calendar years",
      help: "Add `year named by end` or `year named by start`.",
    }),
  )
  return null
}

function startOrEnd(named: Clause<"yearNamed">, context: Context): "start" | "end" | null {
  const { text } = named.by
  return text === "start" || text === "end" ? text : wrong(context, named.by, text, "start or end")
}

function yearRange(context: Context): { readonly from: number; readonly until: number } | null {
  const { clauses, file, found } = context
  const range = clauses.get("range")
  if (range === undefined)
    return incomplete(context, "does not say over which fiscal years it goes: `from 2020 until 2035`")
  const from = wholeWithin(range.from, 1900, 2999, "a year, 1900 to 2999", file, found)
  if (from === null) return null
  const most = Math.min(2999, from + mostYears - 1)
  const until = wholeWithin(range.until, from, most, `a year, ${from} to ${most}`, file, found)
  return until === null ? null : { from, until }
}

function adjustmentCount({ clauses, file, found }: Context): number | null {
  const clause = clauses.get("adjustment")
  return clause === undefined ? 0 : wholeWithin(clause.count, 1, 12, "1 to 12", file, found)
}

/** Weeks of each period of a year of 52. */
function periodLengths(
  way: Clause<"weeks"> | Clause<"periods">,
  file: string,
  found: Findings,
): readonly number[] | null {
  if (way.kind === "periods") {
    const count = wholeWithin(way.count, 1, 52, "1 to 52", file, found)
    const weeks = wholeWithin(way.weeks, 1, 52, "1 to 52", file, found)
    if (count === null || weeks === null) return null
    if (count * weeks === 52) return Array.from({ length: count }, () => weeks)
    found.report(
      diagnostic(
        "FM6233",
        { what: `${count} periods of ${weeks} weeks`, wanted: "a year, which has 52 weeks" },
        placeIn(file)(way),
      ),
    )
    return null
  }
  const quarter = way.lengths.map(length => wholeWithin(length, 1, 13, "1 to 13 weeks", file, found))
  const known = quarter.filter(length => length !== null)
  if (known.length < quarter.length) return null
  if (known.reduce((sum, length) => sum + length, 0) === 13) return [...known, ...known, ...known, ...known]
  found.report(
    diagnostic(
      "FM6233",
      { what: `"${known.join("-")}"`, wanted: "a quarter, which has 13 weeks" },
      placeIn(file)(way),
      { help: "Write weeks 4-4-5, 4-5-4 or 5-4-4." },
    ),
  )
  return null
}

function weekendDays(context: Context): readonly number[] | null {
  const { clauses, file, found } = context
  const weekend = clauses.get("weekend")
  if (weekend === undefined) {
    if (clauses.file("holidays") !== undefined)
      incomplete(
        context,
        "lists holidays and does not say which days are the weekend: `weekend Saturday, Sunday`",
      )
    return null
  }
  const days = weekend.days.map(day => weekdayNumber(day, file, found)).filter(day => day !== null)
  if (new Set(days).size < 7) return [...new Set(days)].sort()
  return wrong(context, weekend, "A week of weekends", "a weekend: no day is left")
}

/** Reports the first clause that has no meaning beside the other. */
function refused(context: Context, way: CalendarClause, kinds: readonly CalendarClause["kind"][]): boolean {
  const clause = kinds.map(kind => context.clauses.get(kind)).find(one => one !== undefined)
  if (clause === undefined) return false
  contradiction(context, way, clause)
  return true
}

function contradiction({ file, found }: Context, one: CalendarClause, other: CalendarClause): null {
  const at = placeIn(file)
  const [first, second] = one.span.start < other.span.start ? [one, other] : [other, one]
  found.report(
    diagnostic("FM6232", { first: wordsOf(first), second: wordsOf(second) }, at(second), {
      label: "and this",
      related: [{ place: at(first), text: "said here" }],
      help: "Keep one of them.",
    }),
  )
  return null
}

function incomplete({ name, file, node, found }: Context, problem: string): null {
  found.report(diagnostic("FM6231", { name, problem }, placeIn(file)(node.name)))
  return null
}

function wrong(
  { file, found }: Context,
  node: Parameters<ReturnType<typeof placeIn>>[0],
  what: string,
  wanted: string,
): null {
  found.report(
    diagnostic("FM6233", { what: what.includes(" ") ? what : `"${what}"`, wanted }, placeIn(file)(node)),
  )
  return null
}
