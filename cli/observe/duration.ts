// Times as people write them: `30s`, `15min`, `26h`, `35d`. Flows in: text of a configuration. Flows out: milliseconds.
import * as z from "zod/mini"

const units = { s: 1_000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const

export function duration(meaning: string) {
  return z
    .string()
    .check(
      z.regex(/^\d{1,6}(?:s|min|h|d)$/u, "write a time such as 30s, 15min, 26h or 35d"),
      z.describe(meaning),
    )
}

/** Of a text that the schema took. */
export function millisecondsOf(text: string): number {
  const unit = text.replace(/^\d+/u, "")
  return Number.parseInt(text, 10) * units[unit as keyof typeof units]
}

/** The shortest exact way to say it. */
export function durationText(ms: number): string {
  const [unit, length] = Object.entries(units)
    .toReversed()
    .find(([, one]) => ms >= one && ms % one === 0) ?? ["s", 1_000]
  return `${Math.round(ms / length)}${unit}`
}
