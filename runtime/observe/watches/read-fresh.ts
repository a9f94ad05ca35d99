// Lanes that should have ended something lately. Flows in: the watch and the time. Flows out: one reading.
import { type Operation, textOf, textOrNone } from "../../flow/ledger/operation.ts"
import { sql } from "../../flow/ledger/statement.ts"
import type { FreshWatch, Reading } from "./watch.ts"

export function* readFresh(watch: FreshWatch, now: number): Operation<readonly Reading[]> {
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
