// One value of one result, explained: plain data for people and programs. Flows in: nothing. Flows out: the types.

export interface Explanation {
  readonly format: "fmap.explanation"
  readonly formatVersion: 1
  readonly map: string
  readonly version: string
  readonly status: "done" | "held" | "rejected" | "dropped"
  /** Of a run over a set: the row it is about, from 1; null: a record of several rows, or no such run. */
  readonly row: number | null
  /** Of a record that rows were collected into; null elsewhere. */
  readonly collected: Collected | null
  /** RFC 6901, in the result. */
  readonly pointer: string
  /** With its currency; "•••" for personal data. */
  readonly value: string
  /** `maps/order.fmap:59:5`; of the nearest assignment around it. */
  readonly at: string
  /** Why the record has no result, or what was remarked of this place. */
  readonly issues: readonly {
    readonly severity: string
    readonly code: string
    readonly message: string
    /** `opp /AccountId` */
    readonly place: string
  }[]
  /** Null: nothing was computed here (the record was stopped before, or the field is left). */
  readonly tree: Explained | null
  readonly sources: readonly SourceValue[]
  readonly crosswalks: readonly CrosswalkAnswer[]
  readonly roundings: readonly Rounding[]
  readonly allocations: readonly Allocation[]
  /** Version of the time zone rules it was explained with; null: they have no say in it. */
  readonly tzdata: string | null
}

/** Of the rows of a group, those that gave the value. */
export interface Collected {
  /** Null: the value is the same in all rows, and told of the first. */
  readonly fold: "sum" | "min" | "max" | "first" | "last" | null
  /** In the group. */
  readonly rows: number
  /** That have a value of the field. */
  readonly values: number
  /** From 1; of many only the first. */
  readonly told: readonly number[]
}

/** One expression, with the value it gave. */
export interface Explained {
  /** As it is written in the map. */
  readonly text: string
  readonly value: string
  readonly at: string
  /** What happened: which arm, which fallback, how it was rounded; empty where the text says it. */
  readonly note: string
  readonly parts: readonly Explained[]
}

export interface SourceValue {
  /** A source or given. */
  readonly root: string
  readonly pointer: string
  readonly value: string
}

export interface CrosswalkAnswer {
  readonly crosswalk: string
  readonly version: string
  readonly keys: readonly string[]
  /** Of a hierarchy, whose keys are a member and a level: from the member to the top, empty when it is no member; "•••" for personal data. */
  readonly path?: readonly string[]
  /** The day it was asked for; null: its rows hold always. */
  readonly day: string | null
  readonly found: boolean
  /** Of the content of a crosswalk from a file; empty for inline rows. */
  readonly snapshot: string
  /** The row that answered, `customers.csv:12`; null: none did, it stands inline (`at`), or the file is not at hand. */
  readonly row: string | null
  readonly at: string
}

/** One row's part of a total that rows divide among themselves. */
export interface Allocation {
  readonly total: string
  readonly weight: string
  /** Of all rows together. */
  readonly weights: string
  readonly share: string
  readonly rule: string
  readonly at: string
}

export interface Rounding {
  readonly before: string
  readonly after: string
  readonly mode: string
  readonly digits: number
  readonly at: string
}
