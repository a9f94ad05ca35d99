// What people decide about events. Flows in: an event, a decision, who and why. Flows out: the event changed, its lane moved on, and an
// audit record; or a sentence why it cannot be, and nothing changed.

import type { Actor, Decided, Decision, ReissuedParts } from "../port/engine.ts"
import { NotPossible } from "../port/failures.ts"
import { audit } from "./audit.ts"
import { canonicalJson } from "./canonical-json.ts"
import { besideEvents, closeExceptions } from "./exceptions.ts"
import { advance, makeReady } from "./lanes.ts"
import { countOf, lockLane, type Operation, type Row, textOf, textOrNone } from "./operation.ts"
import { sealed } from "./sealed.ts"
import { sql } from "./statement.ts"
import { forgetReads } from "./steps.ts"

export interface DecisionRecord {
  readonly eventId: string
  readonly decision: Decision
  readonly by: Actor
  readonly reason: string
  readonly now: string
  /** Its flow takes back what it did when it is skipped. */
  readonly compensates: boolean
  /** The exception it is about. Another decision may have closed it meanwhile, and the event may have stopped again for another reason. */
  readonly exception?: number | undefined
  /** Of an edited payload; absent: what the sender said stays. */
  readonly amount?: { readonly currency: string | null; readonly amount: string | null } | undefined
}

export function* decide(record: DecisionRecord): Operation<Decided> {
  const { eventId, decision, by, reason, now } = record
  if (reason.trim() === "") throw new NotPossible("FM8604", "A decision needs a reason")
  const [found] = yield sql`SELECT flow, lane FROM inbox WHERE id = ${eventId}`
  if (found === undefined) throw new NotPossible("FM8601", `There is no event ${eventId}`)
  yield lockLane(textOf(found, "flow"), textOf(found, "lane"))
  const [event] =
    yield sql`SELECT id, flow, lane, state, claim, generation, ending FROM inbox WHERE id = ${eventId}`
  if (event === undefined) throw new TypeError("The ledger lost an event")
  if (textOrNone(event, "claim") !== undefined)
    throw new NotPossible("FM8603", `${eventId} is being worked on; decide when it has ended`)
  if (record.exception !== undefined) yield* stillOpen(record.exception, eventId)
  const decided = yield* apply(event, record)
  const state = decided.kind === "applied" ? "applied" : "proposed"
  const detail = detailOf(decision)
  yield sql`INSERT INTO decision (event, kind, actor, role, reason, detail, state, at)
    VALUES (${eventId}, ${decision.kind}, ${by.name}, ${by.role}, ${reason}, ${canonicalJson(detail)}, ${state}, ${now})`
  const told = { state, role: by.role, reason, ...detail }
  yield* audit({ at: now, actor: by.name, action: decision.kind, subject: eventId, detail: told })
  return decided
}

function* stillOpen(exception: number, eventId: string): Operation<void> {
  const [row] = yield sql`SELECT event, state, owner, closed_at FROM exception WHERE seq = ${exception}`
  if (row === undefined || textOf(row, "event") !== eventId)
    throw new NotPossible("FM8601", `${eventId} has no exception ${exception}`)
  const closed = textOrNone(row, "closed_at")
  if (closed === undefined) return
  const who = textOrNone(row, "owner")
  throw new NotPossible(
    "FM8603",
    `Exception ${exception} is ${textOf(row, "state")} since ${closed}${who === undefined ? "" : ` by ${who}`}`,
  )
}

function* apply(event: Row, record: DecisionRecord): Operation<Decided> {
  const { decision, by, now } = record
  switch (decision.kind) {
    case "retry":
      stoppedOnly(event, "retry")
      yield* forgetReads(textOf(event, "id"))
      yield* reopen(event, by, now)
      return { kind: "applied" }
    case "skip":
      yield* skip(event, record)
      return { kind: "applied" }
    case "edit":
      yield* edit(event, decision.payload, record)
      return { kind: "applied" }
    case "reissue":
      return yield* reissue(event, decision, record)
    case "dismiss":
      yield* dismiss(event, decision, by, now)
      return { kind: "applied" }
    case "settle":
      yield* settleDoubt(event, decision, by, now)
      return { kind: "applied" }
  }
}

/** Payloads and receipts are in the ledger's own rows; the audit names their effect only. */
function detailOf(decision: Decision): Readonly<Record<string, unknown>> {
  if (decision.kind === "settle") return { effect: decision.effect, outcome: decision.outcome.kind }
  if (decision.kind === "reissue") return decision.parts === undefined ? {} : { parts: decision.parts }
  if (decision.kind !== "dismiss") return {}
  return decision.as === undefined ? { code: decision.code } : { code: decision.code, as: decision.as }
}

function stoppedOnly(event: Row, what: string): void {
  const state = textOf(event, "state")
  if (state !== "blocked" && state !== "parked")
    throw new NotPossible(
      "FM8603",
      `${textOf(event, "id")} is ${state}; only what is blocked or parked can ${what}`,
    )
}

function* reopen(
  event: Row,
  by: Actor,
  now: string,
  as: "resolved" | "ignored" = "resolved",
): Operation<void> {
  const [id, flow, lane] = [textOf(event, "id"), textOf(event, "flow"), textOf(event, "lane")]
  yield sql`UPDATE inbox SET state = 'open', attempts = 0, crashes = 0, waiting_for = NULL, ended_at = NULL, took_ms = NULL WHERE id = ${id}`
  yield sql`UPDATE effect SET failures = 0 WHERE event = ${id}`
  yield* closeExceptions(id, as, by.name, now)
  yield* advance(flow, lane, now)
  const [head] =
    yield sql`SELECT head FROM lane WHERE flow = ${flow} AND lane = ${lane} AND state = 'ready' AND head = ${id}`
  if (head !== undefined) yield* makeReady(flow, lane, id, now)
}

function* skip(event: Row, { by, now, compensates }: DecisionRecord): Operation<void> {
  const state = textOf(event, "state")
  if (state !== "blocked" && state !== "parked" && state !== "open")
    throw new NotPossible("FM8603", `${textOf(event, "id")} is ${state} already`)
  const id = textOf(event, "id")
  if (compensates && textOrNone(event, "ending") === undefined && (yield* hasDone(event))) {
    yield sql`UPDATE inbox SET ending = 'skipped' WHERE id = ${id}`
    yield* reopen(event, by, now, "ignored")
    return
  }
  yield sql`UPDATE inbox SET state = 'skipped', waiting_for = NULL, ended_at = ${now} WHERE id = ${id}`
  yield* closeExceptions(id, "ignored", by.name, now)
  yield* advance(textOf(event, "flow"), textOf(event, "lane"), now)
}

function* hasDone(event: Row): Operation<boolean> {
  const [done] = yield sql`SELECT 1 AS one FROM effect WHERE event = ${textOf(event, "id")}
    AND generation = ${countOf(event, "generation")} AND state = 'done' LIMIT 1`
  return done !== undefined
}

/** Receipts go along into the new generation. */
function* edit(event: Row, payload: unknown, { by, now, amount }: DecisionRecord): Operation<void> {
  stoppedOnly(event, "be edited")
  yield* refuseDoubt(event)
  const id = textOf(event, "id")
  const next = countOf(event, "generation") + 1
  yield* keepDone(id, next)
  yield sql`UPDATE inbox SET payload = ${sealed("payload", { id }, canonicalJson(payload))}, generation = ${next}, ending = NULL WHERE id = ${id}`
  if (amount !== undefined)
    yield sql`UPDATE inbox SET currency = ${amount.currency}, amount = ${amount.amount} WHERE id = ${id}`
  yield* reopen(event, by, now)
}

function* refuseDoubt(event: Row): Operation<void> {
  const [doubt] =
    yield sql`SELECT name FROM effect WHERE event = ${textOf(event, "id")} AND generation = ${countOf(event, "generation")}
    AND state = 'doubt' ORDER BY name LIMIT 1`
  if (doubt !== undefined)
    throw new NotPossible(
      "FM8603",
      `Nobody knows whether ${textOf(doubt, "name")} was done; settle it first, then decide about the event`,
    )
}

function* reissue(
  event: Row,
  { parts, ...decision }: Decision & { kind: "reissue" },
  { by, now }: DecisionRecord,
): Operation<Decided> {
  const id = textOf(event, "id")
  const state = textOf(event, "state")
  if (state === "open" || state === "superseded")
    throw new NotPossible("FM8603", `${id} is ${state}; there is nothing to reissue`)
  if (by.role !== "controller" && by.role !== "operations")
    throw new NotPossible("FM8602", "A reissue is decided by a controller and one of operations")
  if (parts !== undefined) yield* refuseDoubt(event)
  const next = countOf(event, "generation") + 1
  const meant = canonicalJson(detailOf({ ...decision, ...(parts === undefined ? {} : { parts }) }))
  const proposals =
    yield sql`SELECT actor, role FROM decision WHERE event = ${id} AND kind = 'reissue' AND state = 'proposed' AND detail = ${meant}
    AND seq > coalesce((SELECT max(seq) FROM decision WHERE event = ${id} AND state = 'applied'), 0)`
  const second = proposals.some(row => textOf(row, "actor") !== by.name && textOf(row, "role") !== by.role)
  if (!second) return { kind: "awaits-second-person" }
  if (parts !== undefined) yield* takeAlong(event, parts, next)
  yield sql`UPDATE inbox SET generation = ${next}, ending = NULL, because = NULL WHERE id = ${id}`
  yield* reopen(event, by, now)
  return { kind: "applied" }
}

/** The journal goes along into the new generation, save for what is to be done anew. */
function* takeAlong(event: Row, { anew, version }: ReissuedParts, next: number): Operation<void> {
  const id = textOf(event, "id")
  yield* keepDone(id, next)
  yield sql`UPDATE step SET generation = ${next} WHERE event = ${id} AND generation = ${next - 1}`
  for (const name of anew) {
    yield sql`UPDATE effect SET generation = ${next - 1} WHERE event = ${id} AND generation = ${next} AND name = ${name}`
    yield sql`UPDATE step SET generation = ${next - 1} WHERE event = ${id} AND generation = ${next} AND name = ${name}`
  }
  yield sql`UPDATE inbox SET flow_version = ${version} WHERE id = ${id}`
}

/** What was done stays done, unless it was taken back. What was only tried gets a new key. */
function* keepDone(id: string, next: number): Operation<void> {
  yield sql`UPDATE effect SET generation = ${next} WHERE event = ${id} AND generation = ${next - 1} AND state = 'done'
    AND undoes IS NULL AND name NOT IN (SELECT other.undoes FROM effect AS other WHERE other.event = ${id}
      AND other.generation = ${next - 1} AND other.state = 'done' AND other.undoes IS NOT NULL)`
}

/** For exceptions that stop nothing: the others end with a decision about their event. */
function* dismiss(
  event: Row,
  { code, as = "ignored" }: Decision & { kind: "dismiss" },
  by: Actor,
  now: string,
): Operation<void> {
  const id = textOf(event, "id")
  if (code !== besideEvents) throw new NotPossible("FM8603", `${code} stops an event; decide about the event`)
  const [row] = yield sql`UPDATE exception SET state = ${as}, owner = ${by.name}, closed_at = ${now}
    WHERE event = ${id} AND code = ${code} AND closed_at IS NULL RETURNING seq`
  if (row === undefined) throw new NotPossible("FM8603", `${id} has no open ${code}`)
}

function* settleDoubt(
  event: Row,
  decision: Decision & { kind: "settle" },
  by: Actor,
  now: string,
): Operation<void> {
  stoppedOnly(event, "have an effect settled")
  const { effect, outcome } = decision
  const receipt = outcome.kind === "done" ? canonicalJson(outcome.receipt) : null
  const [row] =
    yield sql`UPDATE effect SET state = ${outcome.kind === "done" ? "done" : "clean"}, receipt = ${sealed("receipt", { event: textOf(event, "id"), name: effect }, receipt)},
      done_at = ${receipt === null ? null : now}, done_by = ${receipt === null ? null : by.name}
    WHERE event = ${textOf(event, "id")} AND generation = ${countOf(event, "generation")} AND name = ${effect} AND state = 'doubt'
    RETURNING key`
  if (row === undefined)
    throw new NotPossible("FM8603", `${effect} of ${textOf(event, "id")} is not in doubt`)
  yield* reopen(event, by, now)
}
