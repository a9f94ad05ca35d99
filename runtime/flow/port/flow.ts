// A flow as a value: what emitted code, or a program by hand, gives to an engine. Flows in: events, lane by lane. Flows out: effects at
// targets. A flow knows nothing of stores, retries or processes.
import type { EventAmount, Figures, FlowEvent, Inbound, LinkRow, Outbound } from "./event.ts"
import type { BusinessException, Route } from "./failures.ts"
import type { Regions } from "./regions.ts"

export interface Flow {
  readonly name: string
  /** Events finish under the version they were accepted with: an engine may know several versions of one flow. */
  readonly version: string
  /** Part of every idempotency key; the flow's name where absent. Keep it when a flow is renamed. */
  readonly contract?: string
  /** The business key whose events are handled one by one, in order: an order number, an account. */
  readonly lane: (event: Inbound) => string
  /** The version of the object, and which object it is, for events whose sender does not say it. */
  readonly newest?: (event: Inbound) => Pick<Inbound, "version" | "object">
  /** What an event is worth, where its sender does not say it: for sums by state and currency. */
  readonly amount?: (event: Inbound) => EventAmount | undefined
  readonly handler: (event: FlowEvent, ctx: Ctx) => Promise<void> | void
  /**
   * As `handler`, where nothing is to happen: it waits for no limit. Absent: the handler itself is rehearsed, up to the first thing nobody knows.
   */
  readonly rehearse?: (event: FlowEvent, ctx: Ctx, unknown: UnknownSteps) => Promise<void>
  /**
   * What a business exception does to the events behind it. block: they wait. park: they go on, and the gap is counted. supersede: as
   * block, but a newer version of the object takes the place of older ones that were not begun.
   */
  readonly policy?: "block" | "park" | "supersede"
  /** What becomes of an event that the engine stops: REJECTED, ATTEMPTS_EXHAUSTED … */
  readonly routeOf?: (code: string) => Route
  /** An event that is given up is handed to the handler once more, `ending`, to take back what it did. */
  readonly compensates?: boolean
  /** Sentences about a payload a person edited; none: it is taken. */
  readonly validate?: (payload: unknown) => readonly string[]
  readonly retry?: Partial<RetryRules>
  /** Where a ledger has to be that keeps its events; absent: anywhere. */
  readonly regions?: Regions
  /** Open events beyond which `append` says BackPressure; 100,000 where absent. */
  readonly maxOpen?: number
}

/** What a rehearsal cannot tell. */
export interface UnknownSteps {
  /** True: what a step threw is nothing that anybody knows now, and steps that do not need it are walked all the same. */
  isUnknown(error: unknown): boolean
  /** A step was not walked, because one that it needs is unknown. */
  leftOut(step: string): void
}

export interface RetryRules {
  /** Attempts that failed before the event is blocked. */
  readonly attempts: number
  /** The first wait is between 0 and this; each next one may be twice as long. */
  readonly baseMs: number
  readonly longestMs: number
}

/** A system effects go to, and how it can be asked twice without doing it twice. */
export interface Target {
  readonly name: string
  readonly idempotency: Idempotency
  /** Where it is; absent: nobody knows, and what must stay somewhere is not sent there. */
  readonly region?: string
  /** Failures in a row that open the circuit; 5 where absent. */
  readonly failures?: number
  /** The first pause of an open circuit; twice as long each time, up to `longestPauseMs`. */
  readonly pauseMs?: number
  readonly longestPauseMs?: number
}

/** What a target offers, used in this order. A target with none of them leaves a lost answer to a person. */
export interface Idempotency {
  /** It remembers a key of ours for some time and answers the same again. */
  readonly nativeKey?: { readonly windowMs: number }
  /** Create and update are one call by our own id. */
  readonly upsert?: true
  /** It can be asked whether it was done: the effect says how. */
  readonly lookUp?: true
}

/** The journal of one event. Handlers do the same again after a crash; what is in the journal is not done again. */
export interface Ctx {
  /** Runs `work` once; later runs get what it gave. */
  step<T>(name: string, work: () => Promise<T> | T, options?: StepOptions<T>): Promise<T>
  /** What a step gave, if it was run. Runs nothing. */
  kept<T>(name: string): Promise<{ readonly result: T } | undefined>
  /** The receipt of an effect, if it was done. Does nothing. */
  receipt<T>(name: string): Promise<{ readonly receipt: T } | undefined>
  /** Intent, call, receipt. Gives the receipt. */
  effect<T>(effect: Effect<T>): Promise<T>
  /** Sent on when the handler has ended well. */
  emit(event: Outbound): void
  raise(exception: BusinessException): never
  /** The event is done without anything having been done for it: why, in a word that is counted. */
  ended(because: string): void
  /** When the event was accepted: the same in every attempt. */
  now(): Date
  /** The same sequence in every attempt. */
  uuid(): string
  readonly signal: AbortSignal
}

export interface StepOptions<T> {
  /** The step asks this target something: not while it is paused, and a failure says something about it. */
  readonly target?: Target
  /** Where the target has to be; absent: anywhere the event may be. */
  readonly regions?: Regions
  /** What it asks, as data: the answer to another question is not used again. */
  readonly asked?: unknown
  /** It asks nobody: it may be computed at any time. */
  readonly pure?: true
  /** Written in one transaction with the result. */
  with?(result: T): { readonly following?: readonly Outbound[]; readonly links?: readonly LinkRow[] }
}

export interface Effect<T> {
  /** Tells the effects of one handler apart; stable over retries. */
  readonly name: string
  readonly target: Target
  /** What is sent, as data: a retry with another request is refused. */
  readonly request: unknown
  readonly amount?: EventAmount
  /** Where the target has to be; absent: anywhere the event may be. */
  readonly regions?: Regions
  /** What is known of the request's values. */
  readonly figures?: Figures
  /** Its failures are counted for it alone; absent: with those of the event, by the flow's rules. */
  readonly retry?: RetryRules
  /** The name of the effect that it takes back. */
  readonly undoes?: string
  readonly send: (call: Call) => Promise<T>
  /** Asks by business key whether it was done. Needed where the target says `lookUp`. */
  readonly find?: (call: Call) => Promise<T | undefined>
  /** Events that follow from the receipt, written with it. */
  following?(receipt: T): readonly Outbound[]
}

export interface Call {
  /** The idempotency key: the same for every try of this effect. */
  readonly key: string
  /** Past its window a native key is no longer to be sent. */
  readonly sendKey: boolean
  readonly signal: AbortSignal
  /** Of the event: connectors send both on. */
  readonly correlationId?: string
  readonly traceparent?: string
}
