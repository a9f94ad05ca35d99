// An objective, by how quickly its allowance of failures is used up: two windows at a time, a long one that says it matters and a short one that says it
// goes on, as Google's "Site Reliability Workbook" (chapter 5) has it. Flows in: the watch and the time. Flows out: one reading.
import { parseDecimal } from "../../decimal/scaled.ts"
import { countOf, instantText, type Operation, textOrNone } from "../../flow/ledger/operation.ts"
import { sql } from "../../flow/ledger/statement.ts"
import type { ObjectiveReading, Reading, ShareWatch } from "./watch.ts"

const minuteMs = 60_000

const windows = { "5m": 5, "30m": 30, "1h": 60, "6h": 360, "3d": 4320 } as const
type Window = keyof typeof windows

/** Of a period of 30 days: 2 % of the allowance in an hour, 5 % in six, 10 % in three days. */
const alarms: readonly { readonly long: Window; readonly short: Window; readonly rate: number }[] = [
  { long: "1h", short: "5m", rate: 14.4 },
  { long: "6h", short: "30m", rate: 6 },
  { long: "3d", short: "6h", rate: 1 },
]

export function* readShare(watch: ShareWatch, now: number): Operation<readonly Reading[]> {
  const allowed = allowanceOf(watch.share)
  const found: (Judged & ObjectiveReading["windows"][number])[] = []
  for (const [window, minutes] of Object.entries(windows)) {
    const judged = yield* judgedIn(watch, now - minutes * minuteMs, now)
    const events = judged.good + judged.bad
    found.push({ ...judged, window, events, burnRate: events === 0 ? 0 : judged.bad / events / allowed })
  }
  const rateOf = (name: Window): number => found.find(({ window }) => window === name)?.burnRate ?? 0
  const hour = found.find(({ window }) => window === "1h")
  return [
    {
      watch: watch.name,
      group: {},
      alerts: alarms.some(({ long, short, rate }) => rateOf(long) >= rate && rateOf(short) >= rate),
      late: hour?.bad ?? 0,
      waiting: 0,
      oldest: hour?.oldest,
      amounts: [],
      examples: [],
      objective: {
        windows: found.map(({ window, events, bad, burnRate }) => ({ window, events, bad, burnRate })),
      },
    },
  ]
}

interface Judged {
  readonly good: number
  readonly bad: number
  readonly oldest: string | undefined
}

/** Each event is judged once: when it ends in time, or at the moment its time is over. What a newer version took the place of is not judged. */
function* judgedIn({ flow, withinMs }: ShareWatch, from: number, now: number): Operation<Judged> {
  const [good] = yield sql`SELECT count(*) AS n FROM inbox
    WHERE flow = ${flow} AND ended_at >= ${instantText(from)} AND ended_at <= ${instantText(now)} AND state = 'done' AND took_ms <= ${withinMs}`
  const [bad] = yield sql`SELECT count(*) AS n, min(received_at) AS oldest FROM inbox
    WHERE flow = ${flow} AND received_at >= ${instantText(from - withinMs)} AND received_at < ${instantText(now - withinMs)}
    AND state <> 'superseded' AND NOT (state = 'done' AND took_ms <= ${withinMs})`
  return {
    good: good === undefined ? 0 : countOf(good, "n"),
    bad: bad === undefined ? 0 : countOf(bad, "n"),
    oldest: bad === undefined ? undefined : textOrNone(bad, "oldest"),
  }
}

/** The part of the events that may fail: `99.5` allows 0.005. */
export function allowanceOf(share: string): number {
  const decimal = parseDecimal(share)
  const percent = decimal === undefined ? Number.NaN : Number(decimal.unscaled) / 10 ** decimal.scale
  if (!(percent > 0 && percent < 100))
    throw new TypeError(`An objective is above 0 and below 100 percent: ${share.slice(0, 20)}`)
  return (100 - percent) / 100
}
