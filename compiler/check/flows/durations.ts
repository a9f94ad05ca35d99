// Lengths of time as written: `15min`. Flows in: the text of a duration. Flows out: milliseconds, exact below 2^53.
const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 }

/** Null: longer than a hundred years, or nothing. */
export function millisecondsOf(text: string): number | null {
  const [, figure = "", unit = ""] = /^(\d+)([a-z]+)$/.exec(text) ?? []
  const length = Number(figure) * (units[unit] ?? Number.NaN)
  return figure.length <= 13 && length > 0 && length <= 36_525 * 86_400_000 ? length : null
}
