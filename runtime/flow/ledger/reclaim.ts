// Takes back events whose worker is gone. Flows in: claims that nobody holds any more. Flows out: the events, free again, or blocked when
// they were being worked on at too many deaths in a row: one event must not kill every worker.
import { audit } from "./audit.ts"
import { openException } from "./exceptions.ts"
import { advance, makeReady } from "./lanes.ts"
import { countOf, lockLane, type Operation, type Row, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

export const mostCrashes = 5

/** After a start of the only process of a store: every claim is of one that is dead. */
export function* reclaimAll(now: string): Operation<number> {
  const rows = yield sql`SELECT id, flow, lane, crashes FROM inbox WHERE claim IS NOT NULL`
  for (const row of rows) yield* reclaim(row, now)
  return rows.length
}

/** The event one claim held, where it still does. */
export function* reclaimOne(claim: string, now: string): Operation<boolean> {
  const [found] = yield sql`SELECT flow, lane FROM inbox WHERE claim = ${claim}`
  if (found === undefined) return false
  yield lockLane(textOf(found, "flow"), textOf(found, "lane"))
  const [row] = yield sql`SELECT id, flow, lane, crashes FROM inbox WHERE claim = ${claim}`
  if (row === undefined) return false
  yield* reclaim(row, now)
  return true
}

/** What attempts held whose names begin so, save those of the one that asks. */
export function* reclaimJob(prefix: string, own: string, now: string): Operation<number> {
  const rows = yield sql`SELECT claim FROM inbox WHERE claim >= ${prefix} AND claim < ${`${prefix}~`}`
  let taken = 0
  for (const row of rows) {
    const claim = textOf(row, "claim")
    if (!claim.startsWith(own) && (yield* reclaimOne(claim, now))) taken += 1
  }
  return taken
}

function* reclaim(row: Row, now: string): Operation<void> {
  const [id, flow, lane] = [textOf(row, "id"), textOf(row, "flow"), textOf(row, "lane")]
  const crashes = countOf(row, "crashes") + 1
  if (crashes < mostCrashes) {
    yield sql`UPDATE inbox SET claim = NULL, crashes = ${crashes} WHERE id = ${id}`
    yield* makeReady(flow, lane, id, now)
    return
  }
  yield sql`UPDATE inbox SET claim = NULL, crashes = ${crashes}, state = 'blocked', last_failure = 'CRASHED' WHERE id = ${id}`
  const message = `The worker died ${crashes} times in a row while this event was worked on`
  yield* openException({ event: id, code: "CRASHED", message, detail: { crashes } }, now)
  yield* audit({ at: now, actor: "engine", action: "block", subject: id, detail: { code: "CRASHED" } })
  yield* advance(flow, lane, now)
}
