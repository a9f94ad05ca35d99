// The day of the week. Flows in: a day number since 1970-01-01, a Thursday. Flows out: 1 for Monday to 7 for Sunday.

export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1
}
