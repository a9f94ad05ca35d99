// The circuit of each target, kept in the ledger so that all nodes and the next start know it. Flows in: who wants to call, how calls
// ended. Flows out: go, or wait until when. Failures in a row open it; when its pause ends one call goes first as a probe. A target that said
// when to come back is taken at its word: when that time has come all go on.
import type { FailureClass } from "../port/failures.ts"
import type { Target } from "../port/flow.ts"
import { countOf, instantText, type Operation, type Row, textOf, textOrNone } from "./operation.ts"
import { sql } from "./statement.ts"

/** What a failed call does to a circuit: chance and time come from outside. */
export interface CallEnd {
  readonly failure: FailureClass
  readonly retryAfterMs: number | undefined
  readonly now: number
  readonly random: number
}

export interface Admission {
  /** Undefined: go. */
  readonly pausedUntil: string | undefined
  /** Failures in a row before this call: a success has to clear them. */
  readonly failures: number
}

/** How long a probe may take before another is let through. */
const probeMs = 30_000
const authPauseMs = 60_000

export function* admit(target: string, now: number): Operation<Admission> {
  const [row] = yield sql`SELECT failures, paused_until, paused_by FROM target WHERE name = ${target}`
  return yield* admitFrom(row, target, now)
}

/** `row`: failures, paused_until and paused_by of the target, where it has a row. */
export function* admitFrom(row: Row | undefined, target: string, now: number): Operation<Admission> {
  if (row === undefined) return { pausedUntil: undefined, failures: 0 }
  const failures = countOf(row, "failures")
  const until = textOrNone(row, "paused_until")
  if (until === undefined) return { pausedUntil: undefined, failures }
  if (until > instantText(now)) return { pausedUntil: until, failures }
  const probes = failures > 0 && textOrNone(row, "paused_by") !== "throttled"
  const probeUntil = probes ? instantText(now + probeMs) : null
  const [first] =
    yield sql`UPDATE target SET paused_until = ${probeUntil}, paused_by = ${probes ? "probe" : null}
    WHERE name = ${target} AND paused_until = ${until} RETURNING name`
  // Another node was quicker: its call is the probe.
  if (first === undefined && probes) return { pausedUntil: instantText(now + probeMs), failures }
  return { pausedUntil: undefined, failures }
}

/** What a person paused stays paused, and what the target asked for, whatever a call says that was under way. */
const endsWithSuccess: ReadonlySet<string> = new Set(["probe", "transient", "in-doubt"])

export function* noteSuccess(target: string, now: number): Operation<void> {
  const [row] = yield sql`SELECT failures, paused_by FROM target WHERE name = ${target}`
  if (row === undefined || countOf(row, "failures") === 0) return
  const by = textOrNone(row, "paused_by")
  if (by !== undefined && endsWithSuccess.has(by)) {
    yield sql`UPDATE target SET failures = 0, paused_until = NULL, paused_by = NULL WHERE name = ${target}`
    yield* wakeWaiting(target, now)
  } else yield sql`UPDATE target SET failures = 0 WHERE name = ${target}`
}

/** Until when the target is paused after this; undefined when it is not. */
export function* noteFailure(target: Target, end: CallEnd): Operation<string | undefined> {
  if (end.failure === "rejected" || end.failure === "conflict") {
    // It answered: it is alive.
    yield* noteSuccess(target.name, end.now)
    return undefined
  }
  const [row] = yield sql`INSERT INTO target (name, failures) VALUES (${target.name}, 1)
    ON CONFLICT (name) DO UPDATE SET failures = target.failures + 1 RETURNING failures, paused_until, paused_by`
  if (row === undefined) throw new TypeError("The ledger lost a target")
  const pause = pauseAfter(target, end, countOf(row, "failures"))
  const before = textOrNone(row, "paused_until")
  const probing = textOrNone(row, "paused_by") === "probe"
  if (pause === undefined) {
    if (probing) {
      yield sql`UPDATE target SET paused_until = NULL, paused_by = NULL WHERE name = ${target.name}`
      yield* wakeWaiting(target.name, end.now)
    }
    return undefined
  }
  const until = instantText(end.now + pause)
  if (before !== undefined && before >= until && !probing) return before
  yield sql`UPDATE target SET paused_until = ${until}, paused_by = ${end.failure} WHERE name = ${target.name}`
  return until
}

function pauseAfter(target: Target, end: CallEnd, failures: number): number | undefined {
  const { pauseMs = 1_000, longestPauseMs = 300_000 } = target
  const over = failures - (target.failures ?? 5)
  switch (end.failure) {
    case "throttled":
      return end.retryAfterMs ?? fullPause(pauseMs, longestPauseMs, Math.max(failures - 1, 0), end.random)
    case "auth":
      return authPauseMs
    default:
      return over < 0 ? undefined : fullPause(pauseMs, longestPauseMs, over, end.random)
  }
}

/** Between half and all of a time that doubles: a pause of nothing would not be one. */
function fullPause(first: number, longest: number, doublings: number, random: number): number {
  const whole = Math.min(longest, first * 2 ** Math.min(doublings, 30))
  return Math.ceil(whole / 2 + (whole / 2) * random)
}

export function* pause(target: string, until: string | null, actor: string, now: number): Operation<void> {
  const by = until === null ? null : `person:${actor}`
  yield sql`INSERT INTO target (name, paused_until, paused_by) VALUES (${target}, ${until}, ${by})
    ON CONFLICT (name) DO UPDATE SET paused_until = excluded.paused_until, paused_by = excluded.paused_by`
  if (until === null) {
    yield sql`UPDATE target SET failures = 0 WHERE name = ${target}`
    yield* wakeWaiting(target, now)
  }
}

/** Lanes that wait for a target that is open again need not wait for the time they were told. */
function* wakeWaiting(target: string, now: number): Operation<void> {
  const at = instantText(now)
  const rows = yield sql`UPDATE lane SET due_at = ${at} WHERE state = 'ready' AND due_at > ${at}
    AND EXISTS (SELECT 1 FROM inbox WHERE inbox.id = lane.head AND inbox.waiting_for = ${target}) RETURNING flow, lane`
  for (const row of rows)
    yield { kind: "wake", flow: textOf(row, "flow"), lane: textOf(row, "lane"), dueAt: at }
}
