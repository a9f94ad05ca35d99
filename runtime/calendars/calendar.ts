// A calendar ready to answer. Flows in: its periods in order and its days without business. Flows out: one object that finds a
// period by day, by canonical text, by the id of its file and by any written form. Knows no files and no wire.
import { formatPeriod } from "./period-pattern.ts"

/** Days are day numbers since 1970-01-01, both ends included. */
export interface CalendarPeriod {
  /** `2025-03`: fiscal year and number; sorts by time within its calendar. */
  readonly text: string
  readonly year: number
  readonly number: number
  readonly start: number
  readonly end: number
  readonly adjustment: boolean
  /** Its name in the file the calendar was read from. */
  readonly id: string | null
  /** Null: nobody said. */
  readonly closed: boolean | null
}

export interface Calendar {
  readonly kind: "calendar"
  readonly name: string
  /** Names the content: equal for equal declarations and files. */
  readonly snapshot: string
  /** Regular periods by time, without gaps; then the adjustment periods of each year. */
  readonly regular: readonly CalendarPeriod[]
  readonly find: (text: string) => CalendarPeriod | undefined
  readonly ofId: (id: string) => CalendarPeriod | undefined
  /** The period written so; undefined when there is none, or more than one. */
  readonly written: (text: string, pattern: string) => CalendarPeriod | undefined
  /** Where the regular period stands that this one belongs to. */
  readonly indexOf: (period: CalendarPeriod) => number
  readonly isWeekend: (weekday: number) => boolean
  readonly isHoliday: (day: number) => boolean
  /** The days the list of holidays speaks about; null: there is no list, every day is known. */
  readonly known: { readonly first: number; readonly last: number } | null
}

export interface CalendarParts {
  readonly name: string
  readonly snapshot: string
  readonly regular: readonly CalendarPeriod[]
  readonly adjustments: readonly CalendarPeriod[]
  readonly weekend: readonly number[]
  readonly holidays: readonly number[]
  readonly known: Calendar["known"]
}

export function calendarOf(parts: CalendarParts): Calendar {
  const { name, snapshot, regular, known } = parts
  const all = [...regular, ...parts.adjustments]
  const byText = new Map(all.map(period => [period.text, period]))
  const byId = new Map(all.flatMap(period => (period.id === null ? [] : [[period.id, period] as const])))
  const places = new Map(regular.map((period, index) => [period, index]))
  for (const period of parts.adjustments)
    places.set(period, regular.filter(one => one.start <= period.end).length - 1)
  const weekend = new Set(parts.weekend)
  const holidays = new Set(parts.holidays)
  const tables = new Map<string, ReadonlyMap<string, CalendarPeriod | undefined>>()
  return Object.freeze({
    kind: "calendar",
    name,
    snapshot,
    regular,
    find: (text: string) => byText.get(text),
    ofId: (id: string) => byId.get(id),
    written: (text: string, pattern: string) => {
      const table = tables.get(pattern) ?? writtenForms(all, pattern)
      tables.set(pattern, table)
      return table.get(text)
    },
    indexOf: (period: CalendarPeriod) => places.get(period) ?? -1,
    isWeekend: (weekday: number) => weekend.has(weekday),
    isHoliday: (day: number) => holidays.has(day),
    known,
  })
}

/** `2025-03`. */
export function periodText(year: number, number: number): string {
  return `${String(year).padStart(4, "0")}-${String(number).padStart(2, "0")}`
}

function writtenForms(
  periods: readonly CalendarPeriod[],
  pattern: string,
): ReadonlyMap<string, CalendarPeriod | undefined> {
  const forms = new Map<string, CalendarPeriod | undefined>()
  for (const period of periods) {
    const text = formatPeriod(period, pattern)
    if (text !== undefined) forms.set(text, forms.has(text) ? undefined : period)
  }
  return forms
}
