// Where an event stands: its lane, its state and that of the lane, and when the lane may go on. Flows in: its id. Flows out: the place; none where there is no such event.
import { type Operation, textOf, textOrNone } from "./operation.ts"
import { sql } from "./statement.ts"

export interface PlaceOfEvent {
  readonly flow: string
  /** Of the lane. */
  readonly name: string
  readonly state: string
  /** The lane's state. */
  readonly lane: string
  readonly dueAt: string
}

export function* placeOfEvent(eventId: string): Operation<PlaceOfEvent | undefined> {
  const [row] =
    yield sql`SELECT inbox.flow, inbox.lane, inbox.state, lane.state AS lane_state, lane.due_at FROM inbox
    JOIN lane ON lane.flow = inbox.flow AND lane.lane = inbox.lane WHERE inbox.id = ${eventId}`
  if (row === undefined || textOrNone(row, "due_at") === undefined) return undefined
  return {
    flow: textOf(row, "flow"),
    name: textOf(row, "lane"),
    state: textOf(row, "state"),
    lane: textOf(row, "lane_state"),
    dueAt: textOf(row, "due_at"),
  }
}
