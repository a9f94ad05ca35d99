// The mark of a ledger that is on its way, or went. Flows in: the ledger. Flows out: the mark; a refusal for who would work on it.
import type { MoveMark } from "../move/ledger-end.ts"
import { NotPossible } from "../port/failures.ts"
import { audit } from "./audit.ts"
import { makeReady } from "./lanes.ts"
import { type Operation, type Row, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

export function* moveMark(): Operation<MoveMark | undefined> {
  const [row] = yield sql`SELECT id, state, place, at FROM move`
  return row === undefined ? undefined : markOf(row)
}

export function markOf(row: Row): MoveMark {
  const state = textOf(row, "state")
  return {
    id: textOf(row, "id"),
    state: state === "moved" ? "moved" : "arriving",
    place: textOf(row, "place"),
    at: textOf(row, "at"),
  }
}

export function refuseMarked(place: string, mark: MoveMark | undefined): void {
  if (mark === undefined) return
  throw new NotPossible(
    "FM8408",
    mark.state === "moved"
      ? `The ledger ${place} was moved to ${mark.place} at ${mark.at}; its work goes on there`
      : `The ledger ${place} was not filled to the end from ${mark.place}; move it again`,
  )
}

/** The ledger is whole here, and may be worked on: its lanes are told of, and the move is audited. */
export function* arrive(mark: MoveMark, by: string, detail: unknown, now: string): Operation<void> {
  yield sql`DELETE FROM move`
  const ready = yield sql`SELECT flow, lane, head, due_at FROM lane WHERE state = 'ready'`
  for (const row of ready)
    yield* makeReady(textOf(row, "flow"), textOf(row, "lane"), textOf(row, "head"), textOf(row, "due_at"))
  yield* audit({ at: now, actor: by, action: "move", subject: mark.id, detail })
}
