// How things go wrong, in the words of the engine. Flows in: what a connector or a handler found. Flows out: errors with a class that
// decides what happens next.
import type { ProblemCode } from "../../problems/catalogue.ts"

/**
 * transient: not done, may work in a moment. throttled: not done, the target asks for time. auth: not done, credentials are refused.
 * rejected: not done and never will be as it stands. conflict: the target has something in its place. in-doubt: nobody knows
 * whether it was done: an answer was lost, or a server failed on the way.
 */
export type FailureClass = "transient" | "throttled" | "auth" | "rejected" | "conflict" | "in-doubt"

/** What a call to a target throws. Anything else it throws counts as in doubt. */
export class CallFailed extends Error {
  override readonly name = "CallFailed"
  readonly failure: FailureClass
  /** The target's own code, for people. */
  readonly code: string
  /** How long the target wants to be left alone. */
  readonly retryAfterMs: number | undefined

  constructor(failure: FailureClass, code: string, message: string, retryAfterMs?: number) {
    super(message)
    this.failure = failure
    this.code = code
    this.retryAfterMs = retryAfterMs
  }
}

/** What becomes of an event that stops. */
export interface Route {
  readonly kind: "hold" | "reject" | "failure"
  /** Whose work it is; null: it is a dead letter. */
  readonly queue: string | null
  readonly owner: string | null
  /** See `Flow.policy`. What may have happened keeps its lane, whatever stands here. */
  readonly lane: "block" | "park" | "supersede"
}

/** Something a person has to decide about: the event stops, with this in the queue of exceptions. */
export class BusinessException extends Error {
  override readonly name = "BusinessException"
  readonly code: string
  /** JSON a person is shown beside the message. Personal data is masked before it gets here. */
  readonly detail: unknown
  /** Undefined: as the flow says. */
  readonly route: Route | undefined

  constructor(code: string, message: string, detail: unknown = null, route?: Route) {
    super(message)
    this.code = code
    this.detail = detail
    this.route = route
  }
}

/** More events are open than the flow allows: the source has to wait. */
export class BackPressure extends Error {
  override readonly name = "BackPressure"
  readonly retryAfterMs: number

  constructor(flow: string, open: number, retryAfterMs: number) {
    super(`${flow} has ${open} open events; it takes more when some are done`)
    this.retryAfterMs = retryAfterMs
  }
}

/** The store could not keep what it was given: nothing of it happened. The same may work later. */
export class StoreFailed extends Error {
  override readonly name = "StoreFailed"

  constructor(cause: unknown) {
    super(`The store failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

/** A call of ours that cannot be: an unknown flow, an event that is not there, a decision that does not fit. Nothing was changed. */
export class NotPossible extends Error {
  override readonly name: string = "NotPossible"
  /** Of its page: `fmap explain FM8603`. */
  readonly code: ProblemCode

  constructor(code: ProblemCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** An event, or a ledger, that must not be in a region. Nothing was kept. */
export class RegionRefused extends NotPossible {
  override readonly name = "RegionRefused"

  constructor(message: string) {
    super("FM8412", message)
  }
}

/** Another process works on the ledger. */
export class LedgerHeld extends NotPossible {
  override readonly name = "LedgerHeld"

  constructor(message: string) {
    super("FM8403", message)
  }
}
