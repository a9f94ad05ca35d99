// The queue of exceptions: what people have to look at. One open exception of a code for an event.
import type { Route } from "../port/failures.ts"
import { canonicalJson } from "./canonical-json.ts"
import type { Operation } from "./operation.ts"
import { sealed } from "./sealed.ts"
import { sql } from "./statement.ts"

/** Told beside an event that goes its way: only a person closes it. */
export const besideEvents = "ID_REUSED"

export interface NewException {
  readonly event: string
  readonly code: string
  readonly message: string
  readonly detail: unknown
  readonly route?: Route | undefined
}

export function* openException(exception: NewException, now: string): Operation<void> {
  const { event, code, message, detail, route } = exception
  const row = { event, code }
  yield sql`INSERT INTO exception (event, code, message, detail, state, owner, opened_at, kind, queue, lane)
    VALUES (${event}, ${code}, ${sealed("message", row, message)}, ${sealed("detail", row, canonicalJson(detail))}, 'open', ${route?.owner ?? null}, ${now}, ${route?.kind ?? null},
      ${route?.queue ?? null}, ${route?.lane ?? null}) ON CONFLICT DO NOTHING`
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
