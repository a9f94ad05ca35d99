// The queue of exceptions: what people have to look at. One open exception of a code for an event.
import { canonicalJson } from "./canonical-json.ts"
import type { Operation } from "./operation.ts"
import { sql } from "./statement.ts"

/** Told beside an event that goes its way: only a person closes it. */
export const besideEvents = "ID_REUSED"

export interface NewException {
  readonly event: string
  readonly code: string
  readonly message: string
  readonly detail: unknown
}

export function* openException({ event, code, message, detail }: NewException, now: string): Operation<void> {
  yield sql`INSERT INTO exception (event, code, message, detail, state, opened_at)
    VALUES (${event}, ${code}, ${message}, ${canonicalJson(detail)}, 'open', ${now}) ON CONFLICT DO NOTHING`
}

/** Closes what stopped an event: somebody decided, or a newer one took its place. */
export function* closeExceptions(
  event: string,
  state: "resolved" | "ignored",
  owner: string | null,
  now: string,
): Operation<void> {
  yield sql`UPDATE exception SET state = ${state}, owner = coalesce(${owner}, owner), closed_at = ${now}
    WHERE event = ${event} AND closed_at IS NULL AND code <> ${besideEvents}`
}
