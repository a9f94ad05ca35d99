// What happens to an event whose attempt failed. Flows in: what was thrown, the flow's rules, how many attempts there were. Flows out: an
// outcome for the ledger. It waits for nothing and writes nothing.
import type { Claimed } from "../ledger/claim.ts"
import { instantText } from "../ledger/operation.ts"
import type { Outcome } from "../ledger/settle.ts"
import { BusinessException, CallFailed, NotPossible } from "../port/failures.ts"
import type { Flow } from "../port/flow.ts"
import { backoff, usualRetry } from "./backoff.ts"
import { TargetPaused } from "./perform-effect.ts"

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
  if (error instanceof BusinessException) return stopped(flow, error.code, error.message, error.detail)
  if (error instanceof NotPossible) return stopped(flow, "NOT_POSSIBLE", error.message, null)
  if (error instanceof CallFailed && (error.failure === "rejected" || error.failure === "conflict"))
    return stopped(flow, error.failure === "rejected" ? "REJECTED" : "CONFLICT", error.message, {
      code: error.code,
    })
  const rules = { ...usualRetry, ...flow.retry }
  const told = error instanceof CallFailed ? `${error.failure} ${error.code}` : `failed: ${messageOf(error)}`
  if (event.attempts + 1 >= rules.attempts)
    return stopped(
      flow,
      "ATTEMPTS_EXHAUSTED",
      `${rules.attempts} attempts failed, the last one: ${messageOf(error)}`,
      {
        last: told,
      },
    )
  const dueAt = instantText(now + backoff(rules, event.attempts, random))
  return { kind: "later", dueAt, counts: true, waitingFor: undefined, failure: told }
}

/** A policy of parking is for what the business refuses; what nobody understands, or may have happened, keeps its lane. */
function stopped(flow: Flow, code: string, message: string, detail: unknown): Outcome {
  const keepsLane =
    code === "IN_DOUBT" ||
    code === "REQUEST_CHANGED" ||
    code === "NOT_POSSIBLE" ||
    code === "ATTEMPTS_EXHAUSTED"
  return { kind: "stopped", park: flow.policy === "park" && !keepsLane, code, message, detail }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 500)
}
