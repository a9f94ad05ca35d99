// What an answer means: one table of rules for each platform, as data. Flows in: status, codes and the table. Flows out: the class of the failure. The
// first rule that fits decides; behind a platform's own rules come those of HTTP.
import type { FailureClass } from "../../flow/port/failures.ts"

/** Fits when everything it names does. */
export interface ErrorRule {
  readonly status?: number
  /** One of the codes the answer tells. */
  readonly code?: string
  /** Part of what the answer says, where a platform has no code for it. */
  readonly says?: RegExp
  readonly failure: FailureClass
  /** How long to leave the platform alone where it does not say so itself. */
  readonly retryAfterMs?: number
}

export interface FailedAnswer {
  readonly status: number
  readonly codes: readonly string[]
  readonly message: string
  readonly hasRetryAfter: boolean
}

export type Verdict = Pick<ErrorRule, "failure" | "retryAfterMs">

export function verdictOf(rules: readonly ErrorRule[], answer: FailedAnswer): Verdict {
  return rules.find(rule => fits(rule, answer)) ?? { failure: byStatus(answer) }
}

function fits(rule: ErrorRule, { status, codes, message }: FailedAnswer): boolean {
  return (
    (rule.status === undefined || rule.status === status) &&
    (rule.code === undefined || codes.includes(rule.code)) &&
    (rule.says === undefined || rule.says.test(message))
  )
}

/** A server, or a proxy before it, that failed on the way may have done it: 5xx is in doubt, unless it names a time to come back. */
function byStatus({ status, hasRetryAfter }: FailedAnswer): FailureClass {
  if (status === 429) return "throttled"
  if (status === 503 && hasRetryAfter) return "throttled"
  if (status === 401 || status === 407) return "auth"
  if (status === 409 || status === 412) return "conflict"
  if (status === 423 || status === 425) return "transient"
  if (status === 408) return "in-doubt"
  if (status === 501 || status === 505) return "rejected"
  if (status >= 500) return "in-doubt"
  // whoever says no under a status of success has read the request
  return "rejected"
}
