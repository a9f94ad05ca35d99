// What a rehearsal of an event found. Data alone: for reports, and for whoever delivers again.

export interface FieldChange {
  /** `record.lines.0.amount`. */
  readonly field: string
  /** Undefined: it is not there; "•••" where it is personal. */
  readonly before: unknown
  readonly now: unknown
}

/** Money of one field in one currency: decimal text. */
export interface MoneyChange {
  readonly field: string
  readonly currency: string
  readonly before: string
  readonly now: string
}

export type PartKind =
  /** What would be sent is what was sent. */
  | "equal"
  | "differs"
  /** It was not sent before. */
  | "new"
  /** It was sent, and would not be now. */
  | "gone"
  /** It was sent; whether it would be now depends on what nobody knows, or on steps that are not reached now. */
  | "unknown"

/** One effect, or one event or message that is sent on. */
export interface RehearsedPart {
  readonly kind: PartKind
  readonly what: "effect" | "message"
  readonly name: string
  /** The step that makes it, where that has another name. */
  readonly step: string
  /** The system, the flow or the topic. */
  readonly target: string
  /** Of an effect: clean: it was tried and certainly not done; doubt: nobody knows; undefined: it was never begun. */
  readonly state: "clean" | "doubt" | "done" | undefined
  /** Nothing but the hash of what was sent was kept: it differs, and nobody can tell where. */
  readonly byHash: boolean
  /** Where it differs; of what is new or gone: nothing. */
  readonly fields: readonly FieldChange[]
  readonly money: readonly MoneyChange[]
  /** Of what is new: what would be sent, without what is personal. */
  readonly request: unknown
}

export type RehearsedEnd =
  /** `because`: without an effect, by the word why. */
  | { readonly kind: "done"; readonly because: string | undefined }
  | { readonly kind: "stopped"; readonly code: string; readonly message: string }
  /** What the event needs was not read then. */
  | { readonly kind: "needs-read"; readonly steps: readonly string[] }

/**
 * equal: nothing to do. redeliver: something new would be done, and what was done stays as it is. reissue: what was sent would be sent otherwise; that takes two people. person: it depends on what
 * the text says. history: a newer version of its object was done. open: it is being worked on, or was given up.
 */
export type Verdict = "equal" | "redeliver" | "reissue" | "person" | "history" | "open"

export interface RehearsedEvent {
  readonly id: string
  readonly flow: string
  /** It was worked on under this version … */
  readonly versionBefore: string
  /** … and rehearsed under this one. */
  readonly version: string
  readonly source: string
  readonly sourceId: string
  readonly lane: string
  readonly state: string
  readonly generation: number
  readonly before: RehearsedEnd
  readonly now: RehearsedEnd
  readonly parts: readonly RehearsedPart[]
  /** Steps behind what is new: what they send depends on its answer. */
  readonly behind: readonly string[]
  readonly verdict: Verdict
  /** Why a person has to look; else undefined. */
  readonly why: string | undefined
}
