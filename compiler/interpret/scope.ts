// What an expression may see and where it reports: the run, the variables, and the place in a document that the value
// being computed belongs to. Flows in: nothing. Flows out: the types and small builders. Evaluates nothing.
import { type Crosswalk, type Issue, type MissingRow, pointer as pointerTo } from "@fmap/runtime"
import type { PlanCrosswalk, PlanExpression, PlanGenerator, PlanStep, VariableId } from "../plan/index.ts"
import type { Calendars } from "./calendars.ts"
import type { PlanIndex } from "./plan-index.ts"
import { BrokenPlan, type Outcome } from "./value.ts"

/** What happens while a record is run, in order: what `fmap explain` is made of. An expression is left with the value it gave. */
export type TraceEvent =
  | { readonly kind: "enter"; readonly expression: PlanExpression; readonly scope: Scope }
  | { readonly kind: "leave"; readonly expression: PlanExpression; readonly value: Outcome }
  | {
      readonly kind: "step"
      readonly step: Extract<PlanStep, { readonly value: PlanExpression }>
      readonly scope: Scope
      readonly value: Outcome
    }
  /** A generator takes the next row of its source, the expression left just before the first of them. */
  | {
      readonly kind: "row"
      readonly generator: PlanGenerator
      readonly index: number
      readonly scope: Scope
    }
  | {
      readonly kind: "lookup"
      readonly crosswalk: PlanCrosswalk
      readonly keys: readonly string[]
      /** The day it was asked for, of a dated crosswalk. */
      readonly day: string | null
      readonly snapshot: string
      readonly found: boolean
      /** Of a hierarchy: from the member to the top; empty when it is no member. Asked only by who tells it. */
      readonly path?: () => readonly string[]
    }
  /** A row has its part of a total; figures are scaled as the step says, parts null where the weights have no proportion. */
  | {
      readonly kind: "share"
      readonly step: Extract<PlanStep, { readonly kind: "share" }>
      readonly scope: Scope
      readonly total: bigint
      readonly weights: readonly bigint[]
      readonly parts: readonly bigint[] | null
      /** Of this row among them. */
      readonly index: number
    }
export type Trace = (event: TraceEvent) => void

export interface Run {
  readonly index: PlanIndex
  readonly crosswalk: (name: string) => Crosswalk
  readonly calendars: Calendars
  readonly trace: Trace | null
}

/** Where issues of the value being computed are reported. */
export interface Place {
  readonly root: string
  readonly pointer: string
  /** The value is personal or confidential: issues show "•••". */
  readonly masked: boolean
  /** The rows of a list that stands here have this member between them and the list; null: none. */
  readonly under: string | null
}

export interface Scope {
  readonly run: Run
  readonly variables: Map<VariableId, Outcome>
  readonly nameOf: (id: VariableId) => string
  readonly place: Place
  readonly report: (issue: Issue) => void
  /** While the way out of a lookup runs: the row that is not there. */
  readonly missed?: MissingRow
}

export function variable(scope: Scope, id: VariableId): Outcome {
  const value = scope.variables.get(id)
  if (value === undefined) throw new BrokenPlan(`variable ${id} is read before its step`)
  return value
}

/** The same scope, reporting at a member of the record. */
export function atMember(scope: Scope, name: string, masked = false, under: string | null = null): Scope {
  const { root, pointer } = scope.place
  return {
    ...scope,
    place: { root, pointer: pointerTo(pointer, name), masked: masked || scope.place.masked, under },
  }
}

/** The same scope, reporting at a row of the list. */
export function atRow(scope: Scope, index: number): Scope {
  const { root, pointer, masked, under } = scope.place
  const rows = under === null ? pointer : pointerTo(pointer, under)
  return { ...scope, place: { root, pointer: pointerTo(rows, index), masked, under: null } }
}
