// The port: what every engine offers, whatever it stands on. Flows in: events, decisions of people. Flows out: acknowledgements that hold.
import type { Inbound } from "./event.ts"
import type { Regions } from "./regions.ts"

export interface Engine {
  /** All or nothing, durable and without duplicates when it resolves. Throws BackPressure, StoreFailed or NotPossible. */
  append(events: readonly Inbound[], options?: AppendOptions): Promise<Appended>
  /** One event per lane at a time, in the order of the lane, each at least once. Ends when the signal does. */
  process(options: ProcessOptions): Promise<void>
  /** Hands what handlers emitted to a transport, in order, each at least once; its `id` tells duplicates. Ends when the signal does. */
  relay(publish: (message: Message) => Promise<void>, options: RelayOptions): Promise<void>
  /** What a person decided about an event; audited. Throws NotPossible where it does not fit. */
  decide(
    eventId: string,
    decision: Decision,
    by: Actor,
    reason: string,
    options?: DecideOptions,
  ): Promise<Decided>
  /** No effect reaches the target until then; null opens it at once. Waiting costs no attempt. Audited. */
  pauseTarget(target: string, until: Date | null, by: Actor, reason: string): Promise<void>
  stats(options?: StatsOptions): Promise<Stats>
  /** Is the chain of audit records unbroken, does it tell what the ledger holds, and is a record still there that was `noted`? */
  verifyAudit(noted?: NotedRecord): Promise<AuditVerdict>
}

export interface RelayOptions {
  readonly signal: AbortSignal
  /** Where the transport is: messages whose event its sender keeps elsewhere stay in the ledger. Absent: nobody judges. */
  readonly place?: { readonly region?: string }
}

export interface AppendOptions {
  /** How far a reader of a source has come: kept in one transaction with the events it read. */
  readonly watermark?: { readonly name: string; readonly value: string }
}

export interface Appended {
  readonly accepted: number
  readonly duplicates: number
  /** The same id with another payload: not taken, and an exception ID_REUSED says so. */
  readonly conflicts: readonly Conflict[]
}

export interface DecideOptions {
  /** The number of the exception somebody had before them. Closed meanwhile: NotPossible, and nothing was decided. */
  readonly exception?: number
}

export interface Conflict {
  readonly source: string
  readonly id: string
  readonly eventId: string
}

export interface ProcessOptions {
  /** Events in flight at most. */
  readonly lanes: number
  readonly signal: AbortSignal
}

export interface Message {
  /** The same for the same message, however often it is published. */
  readonly id: string
  readonly topic: string
  readonly payload: unknown
  readonly correlationId: string
  /** The event it follows from. */
  readonly causationId: string
  readonly traceparent: string | undefined
  /** Where the event it follows from may be, as its sender said; undefined: nothing was said. */
  readonly regions?: Regions | undefined
}

export interface Actor {
  readonly name: string
  readonly role: "operations" | "controller" | "architect" | "system"
}

export type Decision =
  /** Another try, with the same keys. */
  | { readonly kind: "retry" }
  /** It is not done, and the lane goes on. */
  | { readonly kind: "skip" }
  /** Another payload. Effects that were done stay done; one in doubt has to be settled first. */
  | { readonly kind: "edit"; readonly payload: unknown }
  /** All effects once more with new keys. Two people, a controller and one of operations. */
  | { readonly kind: "reissue"; readonly parts?: ReissuedParts }
  /** An exception that stops no event has been looked at: ignored, where `as` says nothing. */
  | { readonly kind: "dismiss"; readonly code: string; readonly as?: "resolved" | "ignored" }
  /** What a person found out about an effect in doubt. */
  | {
      readonly kind: "settle"
      readonly effect: string
      readonly outcome: { readonly kind: "done"; readonly receipt: unknown } | { readonly kind: "not-done" }
    }

/** What a reissue does anew: all else stays done, with its receipts. Both people have to mean the same. */
export interface ReissuedParts {
  /** Names of effects and steps. */
  readonly anew: readonly string[]
  /** The flow's version that does it. */
  readonly version: string
}

export type Decided = { readonly kind: "applied" } | { readonly kind: "awaits-second-person" }

export type EventState = "open" | "done" | "blocked" | "parked" | "skipped" | "superseded"

export interface StatsOptions {
  /** Sums of amounts too: reads every amount there is. */
  readonly amounts: boolean
}

export interface Stats {
  readonly flows: readonly FlowStats[]
  readonly targets: readonly TargetStats[]
  readonly exceptions: readonly { readonly code: string; readonly open: number }[]
  readonly outbox: number
}

export interface FlowStats {
  readonly flow: string
  readonly version: string
  readonly events: Readonly<Record<EventState, number>>
  /** When the oldest open event was accepted. */
  readonly oldestOpen: string | undefined
  /** What is in each state, by currency: decimal text; empty where it was not asked for. */
  readonly amounts: readonly {
    readonly state: EventState
    readonly currency: string
    readonly value: string
  }[]
  /** Events that ended without anything having been done, by the word why. */
  readonly because: readonly { readonly word: string; readonly events: number }[]
}

export interface TargetStats {
  readonly target: string
  readonly pausedUntil: string | undefined
  /** The class of the failure that paused it, `probe` while one call tries it, or `person:` and a name. */
  readonly pausedBy: string | undefined
  readonly failures: number
  /** Effects that stand there: what was done anew counts once, what was taken back not at all; the sums likewise. */
  readonly done: number
  readonly inDoubt: number
  readonly amounts: readonly { readonly currency: string; readonly value: string }[]
}

/** The `records` and `head` of an earlier verdict, kept where nobody who may write the ledger can change it. */
export interface NotedRecord {
  readonly seq: number
  readonly hash: string
}

export type AuditVerdict =
  /** `head`: the hash of the last record, zeros where there is none. */
  | { readonly kind: "unbroken"; readonly records: number; readonly head: string }
  /** `seq`: the first record that is wrong; one behind the last where the chain holds and the ledger tells something else. */
  | { readonly kind: "broken"; readonly seq: number; readonly why: string }
