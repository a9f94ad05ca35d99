// What became of one event, for whoever waits for it. Flows in: its id. Flows out: its answer, or why it stopped; undefined while it is open.
import { parseExact } from "../../formats/json/parse-exact.ts"
import type { EventState } from "../port/engine.ts"
import { NotPossible } from "../port/failures.ts"
import { besideEvents } from "./exceptions.ts"
import { countOf, type Operation, textOf, textOrNone } from "./operation.ts"
import { shownText, shownWords, unreadable } from "./sealed.ts"
import { sql } from "./statement.ts"

export type EventEnd =
  /** `answer`: what the step of that name gave; undefined: there was none. `because`: nothing was done, and why. */
  | { readonly kind: "done"; readonly answer: unknown; readonly because: string | undefined }
  | {
      readonly kind: "stopped"
      readonly state: Exclude<EventState, "open" | "done">
      readonly code: string
      readonly message: string
      readonly detail: unknown
    }

export function* endOfEvent(eventId: string, answerStep: string): Operation<EventEnd | undefined> {
  const [event] = yield sql`SELECT state, generation, because FROM inbox WHERE id = ${eventId}`
  if (event === undefined) return undefined
  const state = textOf(event, "state")
  if (state === "open") return undefined
  if (state === "done") {
    const [row] = yield sql`SELECT event, name, result FROM step
      WHERE event = ${eventId} AND generation = ${countOf(event, "generation")} AND name = ${answerStep}`
    if (row !== undefined) refuseUnread(textOf(row, "result"))
    const answer = row === undefined ? undefined : valueOf(textOf(row, "result"))
    return { kind: "done", answer, because: textOrNone(event, "because") }
  }
  const [row] =
    yield sql`SELECT event, code, message, detail FROM exception WHERE event = ${eventId} AND code <> ${besideEvents}
    ORDER BY seq DESC LIMIT 1`
  return {
    kind: "stopped",
    state: state as Exclude<EventState, "open" | "done">,
    code: row === undefined ? state.toUpperCase() : textOf(row, "code"),
    message: row === undefined ? `The event was ${state}` : shownWords(textOf(row, "message")),
    detail: row === undefined ? null : valueOf(textOf(row, "detail")),
  }
}

/** Who waits for an answer is not given something else in its place. */
function refuseUnread(text: string): void {
  const told = unreadable(text)
  if (told !== undefined) throw new NotPossible("FM8605", told.why)
}

function valueOf(text: string): unknown {
  const read = parseExact(shownText(text))
  if ("refused" in read) throw new TypeError("The ledger has what is no JSON")
  return read.ok
}
