// Counts rows by what became of them, and adds up what they carry. Flows in: figures of rows, now or when their group is judged. Flows
// out: counts and totals, and the meters that controls look at.
import { formatScaled } from "../decimal/scaled.ts"
import { createMeter, type Figures, type Meter, type Outcome, type Share, type Sum } from "./meter.ts"
import type { RowCounts, RowTotal, SetSummary } from "./set-result.ts"
import type { SetSpec } from "./set-spec.ts"

export interface Tally {
  /** The row was read: it counts among all rows. */
  row(figures: Figures): void
  /** What became of it. */
  count(outcome: Outcome, rows: number, shares: readonly Share[]): void
  /** A row's figures, added to what its group has. */
  share(figures: Figures, shares: Share[]): void
  /** Of a control, by its number. */
  meters(control: number): readonly Meter[]
  summary(): Pick<SetSummary, "counts" | "totals" | "unknown">
}

export function createTally(spec: SetSpec): Tally {
  const counts: { -readonly [O in keyof RowCounts]: number } = {
    rows: 0,
    out: 0,
    rejected: 0,
    held: 0,
    dropped: 0,
  }
  const totals = spec.totals.map(({ figure, currency }) =>
    createMeter({ figure, by: currency === null ? [] : [currency] }),
  )
  const controls = spec.controls.map(control => control.meters.map(createMeter))
  const all = [...totals, ...controls.flat()]
  return {
    row(figures) {
      counts.rows++
      for (const meter of all) meter.row(figures)
    },
    count(outcome, rows, shares) {
      counts[outcome] += rows
      for (const { meter, keys, sum } of shares) meter.add(outcome, keys, sum)
    },
    share(figures, shares) {
      for (const meter of all) meter.share(figures, shares)
    },
    meters: control => controls[control] ?? [],
    summary: () => ({
      counts,
      totals: spec.totals.flatMap(({ path, figure }, i) =>
        [...(totals[i]?.buckets() ?? [])].map(({ keys, ...sums }): RowTotal => {
          const text = (sum: Sum): string => formatScaled(BigInt(sum), spec.figures[figure] ?? 0)
          const { rows, out, rejected, held, dropped } = sums
          return {
            path,
            currency: keys[0] ?? null,
            rows: text(rows),
            out: text(out),
            rejected: text(rejected),
            held: text(held),
            dropped: text(dropped),
          }
        }),
      ),
      unknown: spec.totals.flatMap(({ path }, i) => {
        const rows = totals[i]?.unknown() ?? 0
        return rows === 0 ? [] : [{ path, rows }]
      }),
    }),
  }
}
