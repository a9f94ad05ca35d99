// What ought to happen in a ledger, and by when. Flows in: nothing. Flows out: the types of watches, as data a project keeps in a file, and of what they
// find. A watch knows flows by name and events by their place in the ledger, and no payload but what its groups name.

interface Named {
  /** Of all watches of a ledger: alerts are told apart by it. */
  readonly name: string
  /** Readings apart by these parts of an event's payload: region, business unit. Never personal data: they stand in metrics and alerts. */
  readonly by?: readonly WatchGroup[]
}

export interface WatchGroup {
  readonly name: string
  /** A JSON pointer into the payload; what is not there is the group `-`. */
  readonly pointer: string
}

export type Watch = PendingWatch | FollowsWatch | FreshWatch | ExceptionsWatch | TargetsWatch | ShareWatch

/** Events of a flow end within the time: orders waiting for the ERP. */
export interface PendingWatch extends Named {
  readonly kind: "pending"
  readonly flow: string
  readonly withinMs: number
}

/** What ended in `flow` ends in `to` within the time, by its correlation: invoices that are not in the plan. */
export interface FollowsWatch extends Named {
  readonly kind: "follows"
  readonly flow: string
  readonly to: string
  readonly withinMs: number
  /** Older ones are not looked at; 35 days where absent. */
  readonly sinceMs?: number
}

/** Each of these lanes ended an event within the time: forecast versions that lack actuals. */
export interface FreshWatch extends Named {
  readonly kind: "fresh"
  readonly flow: string
  /** Absent: the flow as a whole, once the ledger is older than the time: a nightly load. */
  readonly lanes?: readonly string[]
  readonly withinMs: number
}

/** Exceptions are closed within the time: `withinMs` 0 alerts on each one. */
export interface ExceptionsWatch extends Named {
  readonly kind: "exceptions"
  /** All flows, codes and queues where absent. */
  readonly flow?: string
  readonly code?: string
  /** Null: those in no queue: dead letters. */
  readonly queue?: string | null
  readonly withinMs: number
}

/** Systems answer: none has failed so often in a row. One that a person paused, or that said it has enough, is shown and does not alert. */
export interface TargetsWatch extends Named {
  readonly kind: "targets"
  /** All where absent. */
  readonly target?: string
  /** In a row, from which on it alerts: as many as open the circuit. */
  readonly failures: number
}

/** An objective: so many of a hundred events of the flow end within the time. It alerts when the allowance of failures is used up too quickly. */
export interface ShareWatch {
  readonly kind: "share"
  readonly name: string
  readonly flow: string
  /** Decimal text of percents, above 0 and below 100: `99.5`. */
  readonly share: string
  readonly withinMs: number
}

/** What a watch found for one group. */
export interface Reading {
  readonly watch: string
  readonly group: Readonly<Record<string, string>>
  /** Is something wrong? Then there is an alert for the watch and its group. */
  readonly alerts: boolean
  /** Events, or lanes, that are too late. */
  readonly late: number
  /** Those that are not there yet, late or not. */
  readonly waiting: number
  /** Since when the oldest of them waits. */
  readonly oldest: string | undefined
  /** Sums of what is late, by currency: decimal text. */
  readonly amounts: readonly { readonly currency: string; readonly value: string }[]
  /** Some of what is late, the oldest first: ids of events, or names of lanes. */
  readonly examples: readonly string[]
  /** Of an objective only. */
  readonly objective?: ObjectiveReading
  /** Of a system only. */
  readonly circuit?: { readonly failures: number; readonly pausedUntil: string | undefined }
}

export interface ObjectiveReading {
  readonly windows: readonly {
    readonly window: string
    readonly events: number
    readonly bad: number
    /** How much quicker than allowed the allowance is used: 1 uses it up exactly at the end of the period. */
    readonly burnRate: number
  }[]
}
