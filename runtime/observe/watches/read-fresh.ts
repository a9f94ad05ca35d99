// Lanes that should have ended something lately. Flows in: the watch and the time. Flows out: one reading.
import { type Operation, textOf, textOrNone } from "../../flow/ledger/operation.ts"
import { sql } from "../../flow/ledger/statement.ts"
import type { FreshWatch, Reading } from "./watch.ts"

export function* readFresh(watch: FreshWatch, now: number): Operation<readonly Reading[]> {
  if (watch.lanes === undefined) return yield* readWhole(watch, now)
  const rows =
    yield sql`SELECT lane, max(ended_at) AS last FROM inbox WHERE flow = ${watch.flow} AND state = 'done' AND because IS NULL GROUP BY lane`
  const lasts = new Map(rows.map(row => [textOf(row, "lane"), textOrNone(row, "last")]))
  const late = watch.lanes
    .map(lane => ({ lane, last: lasts.get(lane) }))
    .filter(({ last }) => last === undefined || now - Date.parse(last) > watch.withinMs)
    // one that never ended anything is the oldest of all
    .toSorted((a, b) => ((a.last ?? "") < (b.last ?? "") ? -1 : (a.last ?? "") > (b.last ?? "") ? 1 : 0))
  return [
    {
      watch: watch.name,
      group: {},
      alerts: late.length > 0,
      late: late.length,
      waiting: late.length,
      oldest: late[0]?.last,
      amounts: [],
      examples: late.map(({ lane }) => lane),
    },
  ]
}

/** A flow that never ended anything is late from the ledger's first event on: before, nobody expected it. */
function* readWhole(watch: FreshWatch, now: number): Operation<readonly Reading[]> {
  const [ended] =
    yield sql`SELECT ended_at AS last FROM inbox WHERE flow = ${watch.flow} AND state = 'done' AND because IS NULL AND ended_at IS NOT NULL
      ORDER BY ended_at DESC LIMIT 1`
  const [first] = yield sql`SELECT received_at FROM inbox ORDER BY seq LIMIT 1`
  const last = ended === undefined ? undefined : textOrNone(ended, "last")
  const since = last ?? (first === undefined ? undefined : textOf(first, "received_at"))
  const late = since !== undefined && now - Date.parse(since) > watch.withinMs
  return [
    {
      watch: watch.name,
      group: {},
      alerts: late,
      late: late ? 1 : 0,
      waiting: late ? 1 : 0,
      oldest: late ? since : undefined,
      amounts: [],
      examples: late ? [watch.flow] : [],
    },
  ]
}
