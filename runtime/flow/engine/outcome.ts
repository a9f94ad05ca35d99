// What happens to an event whose attempt failed. Flows in: what was thrown, the flow's rules, how many attempts there were. Flows out: an
// outcome for the ledger. It waits for nothing and writes nothing.
import type { Claimed } from "../ledger/claim.ts"
import { instantText } from "../ledger/operation.ts"
import { keyMissing, notAuthentic } from "../ledger/sealed.ts"
import type { Outcome } from "../ledger/settle.ts"
import { BusinessException, CallFailed, NotPossible, type Route } from "../port/failures.ts"
import type { Flow } from "../port/flow.ts"
import { backoff, usualRetry } from "./backoff.ts"
import { EffectFailed, TargetPaused } from "./perform-effect.ts"

export function outcomeOfFailure(
  error: unknown,
  event: Pick<Claimed, "attempts">,
  flow: Flow,
  now: number,
  random: number,
): Outcome {
  if (error instanceof TargetPaused) {
    // A little later than the target opens, so that what waits does not come all at once.
    const dueAt = instantText(Date.parse(error.until) + Math.floor(250 * random))
    return {
      kind: "later",
      dueAt,
      counts: false,
      waitingFor: error.target,
      failure: `PAUSED ${error.target}`,
    }
  }
  if (error instanceof BusinessException)
    return stopped(flow, error.code, error.message, error.detail, error.route)
  if (error instanceof NotPossible) return stopped(flow, "NOT_POSSIBLE", error.message, null)
  if (error instanceof CallFailed && (error.failure === "rejected" || error.failure === "conflict"))
    return stopped(flow, error.failure === "rejected" ? "REJECTED" : "CONFLICT", error.message, {
      code: error.code,
    })
  const own = error instanceof EffectFailed
  if (!own && !(error instanceof CallFailed) && event.attempts + 1 >= triesOfDefects(flow))
    return stopped(
      flow,
      "DEFECT",
      `${flow.name} itself failed, not the record and no target: ${messageOf(error)}`,
      { error: error instanceof Error ? error.name : typeof error, at: placeOf(error) },
    )
  const rules = own ? error.rules : { ...usualRetry, ...flow.retry }
  const failures = own ? error.failures : event.attempts + 1
  const failed = own ? error.failed : error
  const told =
    failed instanceof CallFailed ? `${failed.failure} ${failed.code}` : `failed: ${messageOf(error)}`
  if (failures >= rules.attempts) {
    const certain = failed instanceof CallFailed && failed.failure === "transient"
    const route = flow.routeOf?.("ATTEMPTS_EXHAUSTED")
    return stopped(
      flow,
      "ATTEMPTS_EXHAUSTED",
      `${rules.attempts} attempts failed, the last one: ${messageOf(error)}`,
      { last: told },
      route === undefined || certain ? route : { ...route, lane: "block" },
    )
  }
  const dueAt = instantText(now + backoff(rules, failures - 1, random))
  return { kind: "later", dueAt, counts: !own, waitingFor: undefined, failure: told }
}

/** What nobody understands, or may have happened. */
const keepsItsLane: ReadonlySet<string> = new Set([
  "IN_DOUBT",
  "REQUEST_CHANGED",
  "NOT_POSSIBLE",
  "DEFECT",
  keyMissing,
  notAuthentic,
])

/** A policy of parking is for what the business refuses; what nobody understands, or may have happened, keeps its lane. */
function stopped(flow: Flow, code: string, message: string, detail: unknown, own?: Route): Outcome {
  const route = own ?? flow.routeOf?.(code)
  const keepsLane = keepsItsLane.has(code)
  const lane = route?.lane ?? (code === "ATTEMPTS_EXHAUSTED" ? "block" : flow.policy)
  return { kind: "stopped", park: lane === "park" && !keepsLane, code, message, detail, route }
}

/** What is thrown and is no failure of a call is a defect of the flow: it may be one of a moment, but hardly gets better by waiting. */
function triesOfDefects({ retry }: Flow): number {
  return Math.min(3, retry?.attempts ?? usualRetry.attempts)
}

/** Where in the code: its lines without what was thrown, which may hold a record's values. */
function placeOf(error: unknown): readonly string[] {
  const lines = error instanceof Error ? (error.stack ?? "").split("\n") : []
  return lines.flatMap(line => (/^\s+at /u.test(line) ? [line.trim()] : [])).slice(0, 4)
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500)
}
