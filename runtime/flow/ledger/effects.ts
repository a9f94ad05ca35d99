// Intents and receipts. Flows in: an attempt that wants an effect, and how its call ended. Flows out: what it may do. The intent is durable
// before the call, the receipt before anything that follows from it.
import type { Target } from "../port/flow.ts"
import type { Claimed } from "./claim.ts"
import { Fenced } from "./fenced.ts"
import { countOf, instantText, lockLane, type Operation, type Row, textOf, textOrNone } from "./operation.ts"
import { type EffectRow, type Way, wayOf } from "./recovery.ts"
import { refuseUnreadable, sealed } from "./sealed.ts"
import { type Following, follow } from "./settle.ts"
import { sql, write } from "./statement.ts"
import { admitFrom, type CallEnd, noteFailure, noteSuccess } from "./targets.ts"

export interface EffectIntent {
  readonly key: string
  readonly name: string
  readonly target: Target
  readonly requestHash: string
  /** Canonical JSON; null: it is too long to be kept. */
  readonly request: string | null
  readonly canFind: boolean
  /** The target is where the request may be. */
  readonly isAllowed: boolean
  readonly undoes: string | null
  readonly currency: string | null
  readonly amount: string | null
}

export type Begun =
  /** `wasDoubt`: an earlier call may have been made, and stays possible whatever this one says. */
  | {
      readonly kind: "go"
      readonly way: Way
      readonly key: string
      readonly wasDoubt: boolean
      readonly failures: number
    }
  | { readonly kind: "paused"; readonly until: string }
  /** The request must not be where the target is: no intent was written. */
  | { readonly kind: "elsewhere" }

/** `absent`: the target was asked and does not have it, so a look-up is answered and it may be sent. */
export function* beginEffect(
  event: Claimed,
  intent: EffectIntent,
  absent: boolean,
  now: number,
): Operation<Begun> {
  yield lockLane(event.flow, event.lane)
  const [row] =
    yield sql`SELECT inbox.claim, effect.key, effect.target, effect.request_hash, effect.state, effect.first_sent_at, effect.event, effect.name,
      effect.receipt, target.name AS circuit, target.failures, target.paused_until, target.paused_by
    FROM inbox
    LEFT JOIN effect ON effect.event = inbox.id AND effect.generation = ${event.generation} AND effect.name = ${intent.name}
    LEFT JOIN target ON target.name = ${intent.target.name}
    WHERE inbox.id = ${event.id}`
  if (row === undefined || textOrNone(row, "claim") !== event.claim) throw new Fenced(event.id)
  const known = textOrNone(row, "key") === undefined ? undefined : effectOf(row)
  const found = wayOf(known, intent.requestHash, intent.target.idempotency, intent.canFind, now)
  const way: Way = found.kind === "look-up" && absent ? { kind: "send", sendKey: false } : found
  const key = known?.key ?? intent.key
  const wasDoubt = known?.state === "doubt"
  if (way.kind !== "send" && way.kind !== "look-up") return { kind: "go", way, key, wasDoubt, failures: 0 }
  if (!intent.isAllowed)
    return wasDoubt
      ? { kind: "go", way: { kind: "in-doubt" }, key, wasDoubt, failures: 0 }
      : { kind: "elsewhere" }
  const { pausedUntil, failures } = absent
    ? { pausedUntil: undefined, failures: 0 }
    : yield* admitFrom(textOrNone(row, "circuit") === undefined ? undefined : row, intent.target.name, now)
  if (pausedUntil !== undefined) return { kind: "paused", until: pausedUntil }
  if (way.kind === "send") yield* writeIntent(event, intent, key, known, now)
  return { kind: "go", way, key, wasDoubt, failures }
}

function* writeIntent(
  event: Claimed,
  intent: EffectIntent,
  key: string,
  known: EffectRow | undefined,
  now: number,
): Operation<void> {
  const at = instantText(now)
  const row = { event: event.id, name: intent.name }
  const hash = sealed("request_hash", row, intent.requestHash)
  const request = sealed("request", row, intent.request)
  if (known === undefined)
    yield write`INSERT INTO effect (key, event, generation, name, target, request_hash, request, state, sends, first_sent_at, currency,
        amount, undoes, number)
      SELECT ${key}, ${event.id}, generation, ${intent.name}, ${intent.target.name}, ${hash}, ${request}, 'doubt', 1,
        ${at}, ${intent.currency}, ${intent.amount}, ${intent.undoes},
        (SELECT count(*) FROM step WHERE step.event = inbox.id AND step.generation = inbox.generation)
        + (SELECT count(*) FROM effect WHERE effect.event = inbox.id AND effect.generation = inbox.generation)
      FROM inbox WHERE id = ${event.id}`
  else if (known.state === "clean")
    yield write`UPDATE effect SET state = 'doubt', sends = sends + 1, first_sent_at = ${at}, request_hash = ${hash},
      request = ${request}, currency = ${intent.currency}, amount = ${intent.amount} WHERE key = ${key}`
  else yield write`UPDATE effect SET sends = sends + 1 WHERE key = ${key}`
}

function sealedReceipt({ id }: Claimed, { name }: Pick<EffectIntent, "name">, receipt: string) {
  return sealed("receipt", { event: id, name }, receipt)
}

/** For a receipt that nothing follows from: nobody asks whether it is the first. */
export function* writeReceipt(
  event: Claimed,
  intent: Pick<EffectIntent, "name">,
  key: string,
  receipt: string,
  now: number,
): Operation<void> {
  yield lockLane(event.flow, event.lane)
  yield write`UPDATE effect SET state = 'done', receipt = ${sealedReceipt(event, intent, receipt)}, done_at = ${instantText(now)}, done_by = 'engine'
    WHERE key = ${key} AND state <> 'done'`
}

/**
 * A receipt counts whoever brings it: the effect has happened. The first one stays, and is given back. What follows from it is written
 * with it.
 */
export function* keepReceipt(
  event: Claimed,
  intent: Pick<EffectIntent, "name" | "target">,
  key: string,
  receipt: string,
  following: Following,
  hadFailures: boolean,
  now: number,
): Operation<string> {
  yield lockLane(event.flow, event.lane)
  const at = instantText(now)
  const [first] =
    yield sql`UPDATE effect SET state = 'done', receipt = ${sealedReceipt(event, intent, receipt)}, done_at = ${at}, done_by = 'engine'
    WHERE key = ${key} AND state <> 'done' RETURNING key`
  if (hadFailures) yield* noteSuccess(intent.target.name, now)
  if (first !== undefined) {
    yield* follow(event.id, following, at)
    return receipt
  }
  const [row] = yield sql`SELECT event, name, receipt FROM effect WHERE key = ${key}`
  if (row === undefined) throw new TypeError("The ledger lost an intent")
  return textOf(row, "receipt")
}

export interface KeptFailure {
  readonly pausedUntil: string | undefined
  /** Of this effect, that count. */
  readonly failures: number
}

/** A call that failed: certainly not done, it leaves the effect as it was; else it leaves it in doubt. */
export function* keepFailure(
  event: Claimed,
  target: Target,
  key: string,
  wasDoubt: boolean,
  end: CallEnd,
): Operation<KeptFailure> {
  yield lockLane(event.flow, event.lane)
  if (!wasDoubt && end.failure !== "in-doubt")
    yield write`UPDATE effect SET state = 'clean' WHERE key = ${key} AND state = 'doubt'
      AND EXISTS (SELECT 1 FROM inbox WHERE inbox.id = ${event.id} AND inbox.claim = ${event.claim})`
  const counts = end.failure === "transient" || end.failure === "in-doubt" ? 1 : 0
  const [row] =
    yield sql`UPDATE effect SET failures = failures + ${counts} WHERE key = ${key} RETURNING failures`
  const pausedUntil = yield* noteFailure(target, end)
  return { pausedUntil, failures: row === undefined ? counts : countOf(row, "failures") }
}

/** What was done, in this generation. */
export function* receiptOf(event: Claimed, name: string): Operation<string | undefined> {
  yield lockLane(event.flow, event.lane)
  const [row] = yield sql`SELECT event, name, receipt FROM effect
    WHERE event = ${event.id} AND generation = ${event.generation} AND name = ${name} AND state = 'done'`
  return row === undefined ? undefined : textOf(row, "receipt")
}

function effectOf(row: Row): EffectRow {
  const state = textOf(row, "state")
  if (state !== "clean" && state !== "doubt" && state !== "done")
    throw new TypeError("The ledger has an effect in no known state")
  refuseUnreadable(textOf(row, "request_hash"))
  return {
    key: textOf(row, "key"),
    target: textOf(row, "target"),
    requestHash: textOf(row, "request_hash"),
    state,
    firstSentAt: Date.parse(textOf(row, "first_sent_at")),
    receipt: textOrNone(row, "receipt"),
  }
}
