// Who looks on while an engine works: metrics, logs, traces. Flows in: facts, after they happened. Flows out: nothing; an engine does the same with and
// without it. Facts hold names, ids and codes, never payloads and never texts of failures: those may repeat what a payload says.
import type { FailureClass } from "./failures.ts"

export interface Observer {
  accepted?(fact: AcceptedFact): void
  attempt?(fact: AttemptFact): void
  called?(fact: CallFact): void
}

/** What one `append` did. */
export interface AcceptedFact {
  readonly flows: readonly string[]
  readonly accepted: number
  readonly duplicates: number
  readonly conflicts: number
}

/** Of which event; its correlation is on every fact. */
export interface EventNames {
  readonly event: string
  readonly flow: string
  readonly flowVersion: string
  readonly lane: string
  readonly correlationId: string
  readonly causationId: string | undefined
  readonly traceparent: string | undefined
}

/** One attempt at an event. */
export interface AttemptFact extends EventNames {
  readonly outcome: "done" | "later" | "blocked" | "parked" | "lost"
  /** Of an exception; of a failure its class and code. */
  readonly code: string | undefined
  /** The first is 1. */
  readonly attempt: number
  readonly startedAt: number
  readonly endedAt: number
}

/** One call of a target. */
export interface CallFact extends EventNames {
  readonly effect: string
  readonly target: string
  readonly key: string
  readonly outcome: "done" | FailureClass
  /** The target's own. */
  readonly code: string | undefined
  readonly startedAt: number
  readonly endedAt: number
}

/** Several as one. One that breaks harms neither the others nor the engine. */
export function observers(all: readonly Observer[]): Observer {
  const each = (tell: (one: Observer) => void): void => {
    for (const one of all) {
      try {
        tell(one)
      } catch {
        // whoever looks on has no say in what happens
      }
    }
  }
  return {
    accepted: fact => each(one => one.accepted?.(fact)),
    attempt: fact => each(one => one.attempt?.(fact)),
    called: fact => each(one => one.called?.(fact)),
  }
}
