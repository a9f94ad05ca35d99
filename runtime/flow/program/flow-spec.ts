// A flow as the compiler writes it: plain JSON, beside the maps it calls. Flows in: nothing. Flows out: what run-flow walks, the graph shows and
// the diff compares. It names maps and contracts, and holds no expression: whatever a flow computes is a map of its own (a question).

/** A flow of a project. Its maps, and the maps of its questions, stand in the same Plan. */
export interface FlowSpec {
  readonly name: string
  readonly version: string
  readonly owner: string | null
  readonly trigger: TriggerSpec
  /** Is the event wanted? `value` is a bool. Null: every one is. An event that is not wanted ends done, without an effect. */
  readonly when: Question | null
  /** Null: each event is a lane of its own. `key` gives a text; `newest` what orders the versions of one object: an instant or a whole number. */
  readonly lane: { readonly key: Question; readonly newest: Question | null } | null
  /** In an order that the values allow: a step stands behind all that it needs. */
  readonly steps: readonly StepSpec[]
  readonly routes: readonly RouteSpec[]
  readonly slos: readonly SloSpec[]
}

/**
 * Something a flow computes: a map of the Plan with one source, `scope`, whose fields are the binders it reads, in wire form, and
 * whose result has the one field `value` in wire form; absent: it is missing. Its codes are the flow's codes.
 */
export interface Question {
  readonly map: string
  /** Binders: the trigger's and those of steps. */
  readonly reads: readonly string[]
}

/** A contract of a system. `object` is what the platform calls it: `Opportunity`, `salesOrder`, `A_SalesOrder`. */
export interface ObjectSpec {
  readonly system: string
  readonly contract: string
  readonly version: string
  readonly object: string
}

export type TriggerSpec =
  /** A record of a system was made or changed. */
  | {
      readonly kind: "changed"
      readonly binder: string
      readonly from: ObjectSpec
      /** Wire names, one of which must have changed; null: any. */
      readonly fields: readonly string[] | null
      /** Changes that our own writes made are not taken. */
      readonly notByUs: boolean
      /** `x becomes V`: the field (a path of wire names) has this value now and had another, or none, before. */
      readonly becomes: readonly { readonly path: readonly string[]; readonly value: string | boolean }[]
    }
  /** What another flow published, or a topic brings: a contract without a system, or one of `events`. */
  | { readonly kind: "event"; readonly binder: string; readonly event: string; readonly version: string }
  | {
      readonly kind: "schedule"
      readonly cron: string
      readonly zone: string
      readonly misfire: "all" | "latest" | "skip"
      /** The occurrence as an instant; null: nobody asks. */
      readonly binder: string | null
    }
  /** A person or a program starts it, with a payload of this contract; null: without one. */
  | { readonly kind: "manual"; readonly binder: string | null; readonly contract: string | null }
  /** An API call, which is answered with what the flow `answer`s, or with all issues. */
  | {
      readonly kind: "call"
      readonly binder: string
      readonly contract: string
      readonly answer: string | null
    }

export type StepSpec = {
  /** The binder where it has one, else its kind and number: stable over retries, part of the effect's key. */
  readonly name: string
  /** What others may read of it; null: nothing. */
  readonly binder: string | null
  /** Names of the steps that must be done before, by values and by `after`. */
  readonly needs: readonly string[]
  /** `when { … }` around it, outermost first: all must be true, else the step and what needs it are left out. */
  readonly conditions: readonly Question[]
  /** `for each x in xs { … }` around it: runs once an element. Null: once. */
  readonly each: { readonly binder: string; readonly of: string; readonly path: readonly string[] } | null
} & StepBody

export type StepBody =
  | ReadStep
  | MapStep
  | SendStep
  | LoadStep
  | ReconcileStep
  | ControlStep
  | PublishStep
  | AnswerStep

/** Reads records of a system. */
export interface ReadStep {
  readonly kind: "read"
  readonly from: ObjectSpec
  /** Wire name of a field, and what it must equal; all of them. */
  readonly by: readonly { readonly field: string; readonly value: Question }[]
  /** One record, or a list of all. */
  readonly many: boolean
  /** No record where one is wanted; null: the binder is missing. */
  readonly otherwise: ExitSpec | null
}

/** A call of a map: an argument a source or given of it. Nothing is written anywhere. */
export interface MapStep {
  readonly kind: "map"
  readonly call: MapCall
}
export interface MapCall {
  readonly map: string
  readonly version: string
  /** Whole binders go in as they are; everything else is a question. */
  readonly arguments: readonly (
    | { readonly name: string; readonly binder: string }
    | { readonly name: string; readonly value: Question }
  )[]
  /** It runs over a set of rows and gives a list. */
  readonly set: boolean
}

/** An effect: one record at one system. Gives what the contract `answers`. */
export interface SendStep {
  readonly kind: "send"
  /** What is sent: a call, or a binder that is a record of the contract. */
  readonly what: { readonly call: MapCall } | { readonly binder: string }
  readonly to: ObjectSpec
  /** `ensure`: look up by the key, create where it is not there, else leave it. */
  readonly verb: "create" | "update" | "upsert" | "delete" | "ensure"
  /** Wire name of the field that tells the record apart. */
  readonly key: string
  readonly effect: EffectRules
  /** `compensate with`: done when a later step of the flow stops for good. */
  readonly compensate: MapCall | null
  /** Crosswalks filled by the receipt. */
  readonly links: readonly {
    readonly crosswalk: string
    readonly keys: readonly Question[]
    readonly value: Question
  }[]
}

export interface EffectRules {
  /** Null: the flow's default. Durations in milliseconds. */
  readonly retry: { readonly attempts: number; readonly baseMs: number; readonly longestMs: number } | null
  readonly timeoutMs: number | null
  readonly limit: { readonly count: number; readonly perMs: number } | null
  /** By the target's own code; `null` is otherwise. In order, the first that fits. */
  readonly refused: readonly { readonly code: string | null; readonly then: ExitSpec }[]
  /** What becomes of an effect of which nobody knows whether it was done; absent: the engine's own exception. */
  readonly inDoubt?: ExitSpec
}

/** Many records at once. Gives counts: sent, loaded, ignored, rejected. */
export interface LoadStep {
  readonly kind: "load"
  readonly what: { readonly call: MapCall } | { readonly binder: string }
  readonly to: ObjectSpec
  /** replace: what stands at the same values of `over` goes first. add: beside what is there. */
  /** `over`: wire names. */
  readonly mode: { readonly kind: "replace"; readonly over: readonly string[] } | { readonly kind: "add" }
  readonly effect: EffectRules
}

/** sent == loaded + ignored + rejected, and none was ignored or rejected. */
export interface ReconcileStep {
  readonly kind: "reconcile"
  readonly load: string
  readonly otherwise: ExitSpec
}

/** `value` is a bool: false leaves by `otherwise`. A control over totals is judged inside the question, which then holds or rejects with the same code itself. */
export interface ControlStep {
  readonly kind: "control"
  readonly title: string
  readonly holds: Question
  readonly otherwise: ExitSpec
}

/** An event for other flows and transports, written with what it follows from. */
export interface PublishStep {
  readonly kind: "publish"
  readonly event: string
  readonly version: string
  readonly what: { readonly call: MapCall } | { readonly binder: string }
}

/** What a call is answered with. */
export interface AnswerStep {
  readonly kind: "answer"
  readonly what: { readonly call: MapCall } | { readonly binder: string }
}

export interface ExitSpec {
  readonly verb: "hold" | "reject" | "deadLetter"
  readonly code: string | null
  readonly message: Question | null
}

/** What becomes of an event that stops; the first that fits, most specific first. */
export interface RouteSpec {
  readonly on: "hold" | "reject" | "failure"
  /** Null: every code. */
  readonly codes: readonly string[] | null
  readonly to:
    | { readonly kind: "queue"; readonly queue: string; readonly assign: string | null }
    | { readonly kind: "deadLetter" }
  /** What happens to the lane meanwhile. */
  readonly lane: "block" | "park" | "supersede"
}

/** So many of a hundred events reach the end of step `of` (or of the flow) within the time. */
export interface SloSpec {
  readonly name: string
  /** Decimal text of percents: `99.5`. */
  readonly share: string
  readonly withinMs: number
  /** An instant; null: when the event was accepted. */
  readonly from: Question | null
}
