// Small questions about events. Flows in: a flow or an event. Flows out: how many are open; which flow an event belongs to.
import { countOf, type Operation, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

/** Open and not yet begun or ended: what back-pressure counts. */
export function* openEvents(flow: string): Operation<number> {
  const [row] = yield sql`SELECT count(*) AS n FROM inbox WHERE flow = ${flow} AND state = 'open'`
  return row === undefined ? 0 : countOf(row, "n")
}

/** Of which flow an event is, and what it is called at its source. */
export interface EventOrigin {
  readonly flow: string
  readonly version: string
  readonly source: string
  readonly sourceId: string
}

export function* originOfEvent(eventId: string): Operation<EventOrigin | undefined> {
  const [row] = yield sql`SELECT flow, flow_version, source, source_id FROM inbox WHERE id = ${eventId}`
  return row === undefined
    ? undefined
    : {
        flow: textOf(row, "flow"),
        version: textOf(row, "flow_version"),
        source: textOf(row, "source"),
        sourceId: textOf(row, "source_id"),
      }
}
