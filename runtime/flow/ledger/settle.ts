// Ends an attempt. Flows in: the claim and how it went. Flows out: the event's new state, what follows from it, and its lane moved on; all
// in one transaction. An attempt whose claim is gone changes nothing.
import type { Route } from "../port/failures.ts"
import { accept, type NewEvent } from "./accept.ts"
import { audit } from "./audit.ts"
import type { Claimed } from "./claim.ts"
import { openException } from "./exceptions.ts"
import { Fenced } from "./fenced.ts"
import { advance, advanceFrom, lookAtLane, makeReady } from "./lanes.ts"
import { inOneGo, lockLane, type Operation } from "./operation.ts"
import { type OutboxRow, writeOutbox } from "./outbox.ts"
import { sealed } from "./sealed.ts"
import { sql, write } from "./statement.ts"

/** What follows from an event: work for other flows of this ledger, and messages for transports. */
export interface Following {
  readonly events: readonly NewEvent[]
  readonly messages: readonly OutboxRow[]
}

export type Outcome =
  | { readonly kind: "done"; readonly following: Following; readonly because: string | undefined }
  /** Again later. `counts`: it was an attempt that failed, not a wait. */
  | {
      readonly kind: "later"
      readonly dueAt: string
      readonly counts: boolean
      readonly waitingFor: string | undefined
      readonly failure: string
    }
  /** For a person. `park`: the lane goes on without it. */
  | {
      readonly kind: "stopped"
      readonly park: boolean
      readonly code: string
      readonly message: string
      readonly detail: unknown
      readonly route: Route | undefined
    }

/** False: nothing of the lane may run now, and whoever changes that sends word. */
export function* settle(event: Claimed, outcome: Outcome, now: string): Operation<boolean> {
  yield lockLane(event.flow, event.lane)
  switch (outcome.kind) {
    case "done":
      return yield* settleDone(event, outcome, now)
    case "later":
      return yield* settleLater(event, outcome)
    case "stopped":
      return yield* settleStopped(event, outcome, now)
  }
}

function* settleDone(
  event: Claimed,
  { following, because }: Outcome & { kind: "done" },
  now: string,
): Operation<boolean> {
  const { flow, lane } = event
  const took = Date.parse(now) - Date.parse(event.receivedAt)
  const end = sql`UPDATE inbox SET state = coalesce(ending, 'done'), claim = NULL, crashes = 0, last_failure = NULL, ended_at = ${now},
      took_ms = ${took}, because = ${because ?? null}
    WHERE id = ${event.id} AND claim = ${event.claim} RETURNING id`
  const [own, seen] = yield* inOneGo([end, lookAtLane(flow, lane)])
  if (own?.[0] === undefined) throw new Fenced(event.id)
  yield* follow(event.id, following, now)
  // What follows may be in the same lane.
  return following.events.length === 0
    ? yield* advanceFrom(seen?.[0], flow, lane, now)
    : yield* advance(flow, lane, now)
}

export function* follow(eventId: string, following: Following, now: string): Operation<void> {
  yield* accept(following.events, undefined, now)
  yield* writeOutbox(eventId, following.messages, now)
}

function* settleLater(event: Claimed, outcome: Outcome & { kind: "later" }): Operation<boolean> {
  const attempt = outcome.counts ? 1 : 0
  const [own] = yield sql`UPDATE inbox SET claim = NULL, crashes = 0, attempts = attempts + ${attempt},
      waiting_for = ${outcome.waitingFor ?? null}, last_failure = ${sealed("last_failure", { id: event.id }, outcome.failure)}
    WHERE id = ${event.id} AND claim = ${event.claim} RETURNING id`
  if (own === undefined) throw new Fenced(event.id)
  yield* makeReady(event.flow, event.lane, event.id, outcome.dueAt)
  return true
}

function* settleStopped(
  event: Claimed,
  { park, code, message, detail, route }: Outcome & { kind: "stopped" },
  now: string,
): Operation<boolean> {
  const [own] =
    yield sql`UPDATE inbox SET state = ${park ? "parked" : "blocked"}, claim = NULL, crashes = 0, last_failure = ${code}
    WHERE id = ${event.id} AND claim = ${event.claim} RETURNING id`
  if (own === undefined) throw new Fenced(event.id)
  yield* openException({ event: event.id, code, message, detail, route }, now)
  yield* audit({
    at: now,
    actor: "engine",
    action: park ? "park" : "block",
    subject: event.id,
    detail: { code },
  })
  if (park) yield write`UPDATE lane SET gaps = gaps + 1 WHERE flow = ${event.flow} AND lane = ${event.lane}`
  return yield* advance(event.flow, event.lane, now)
}
