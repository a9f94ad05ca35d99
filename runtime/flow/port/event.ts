// What goes into a flow and what comes out of it. Flows in: events of sources. Flows out: events for other flows and transports.
import type { Regions } from "./regions.ts"

/** An amount beside an event, so that sums can be compared without opening payloads. `value` is decimal text. */
export interface EventAmount {
  readonly value: string
  readonly currency: string
}

/** How events belong together over systems: on every row, header and log line. */
export interface Correlation {
  /** One business transaction from quote to actuals. The event's own id where nobody gave one. */
  readonly correlationId?: string
  /** The event that caused this one. */
  readonly causationId?: string
  /** W3C trace context. */
  readonly traceparent?: string
}

/** An event as a source hands it over. `source` and `id` together name it for ever: the same again is a duplicate. */
export interface Inbound extends Correlation {
  readonly flow: string
  readonly source: string
  readonly id: string
  readonly payload: unknown
  /** What orders the versions of one business object, where a flow keeps only the newest: an instant, or a whole number, as text. */
  readonly version?: string
  /** The object whose versions these are; absent: the lane is the object. */
  readonly object?: string
  readonly amount?: EventAmount
  /** Where it may be kept and sent, and what follows from it; absent: wherever its flow's events may. */
  readonly regions?: Regions
}

/** An event in the ledger, as a handler sees it. */
export interface FlowEvent {
  /** The ledger's own name for it: the same on every engine. */
  readonly id: string
  readonly flow: string
  readonly flowVersion: string
  readonly source: string
  readonly sourceId: string
  readonly payload: unknown
  readonly lane: string
  readonly laneSeq: number
  /** 0, and one more for each edit or reissue. */
  readonly generation: number
  /** Attempts that counted, before this one. */
  readonly attempts: number
  readonly receivedAt: string
  readonly correlationId: string
  readonly causationId: string | undefined
  readonly traceparent: string | undefined
  /** Where its sender lets it be; undefined: nothing was said. */
  readonly regions: Regions | undefined
  /** A person gave it up: what it did is to be taken back, and nothing else to be done. */
  readonly ending: "skipped" | undefined
}

/** A row of a crosswalk that a receipt filled. */
export interface LinkRow {
  readonly crosswalk: string
  /** As `crosswalkKey` writes it. */
  readonly key: string
  readonly value: unknown
}

/** An event a handler sends on. It is written in one transaction with what it follows from. */
export interface Outbound {
  /** Tells the events of one handler apart; stable over retries. */
  readonly name: string
  /** The next flow of this ledger, or a topic that a transport takes from the outbox. */
  readonly to:
    | { readonly kind: "flow"; readonly flow: string }
    | { readonly kind: "topic"; readonly topic: string }
  readonly payload: unknown
  readonly version?: string
  readonly amount?: EventAmount
  /** What is known of the payload's values. */
  readonly figures?: Figures
}

/** What is personal in a document, and what is money. Paths are names on the wire; `*` stands for every element of a list. */
export interface Figures {
  readonly masked: readonly (readonly string[])[]
  readonly money: readonly MoneyPlace[]
}

export interface MoneyPlace {
  readonly path: readonly string[]
  /** `path`: where its currency stands; each `*` of it is the element that the amount is in. */
  readonly currency: { readonly code: string } | CurrencyPlace
}

export interface CurrencyPlace {
  readonly path: readonly string[]
  /** What stands there is no code, but a system's own name for a currency: it is told as `currency.id 1`. */
  readonly called?: string
}
