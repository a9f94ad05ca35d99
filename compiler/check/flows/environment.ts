// What checking a flow stands on: the project around it, and what it makes on its way. Flows in: nothing. Flows out: the vocabulary of
// check/flows.
import type { Diagnostic, LetStatement, Place, Span } from "@fmap/grammar"
import type { At, PlanCode, PlanMap, PlanShape } from "../../plan/index.ts"
import type { BoundCrosswalk, BoundField, BoundFlow, BoundMap, BoundShape } from "../../resolve/model.ts"
import type { Type } from "../../types/type.ts"
import type { Context, State } from "../context.ts"
import type { MapEnvironment } from "../map.ts"

export interface FlowEnvironment {
  readonly flow: BoundFlow
  /** The second namespace of its file: contracts, maps, calendars. */
  readonly names: Context["names"]
  readonly fileIndex: number
  readonly at: (place: Place) => At
  readonly report: (diagnostic: Diagnostic) => void
  readonly errors: () => number
  readonly newState: (owner: string) => State
  readonly rulesOf: MapEnvironment["rulesOf"]
  /** Null: it has errors of its own. */
  readonly planOf: (map: BoundMap) => PlanMap | null
  /** Crosswalks that receipts fill. */
  readonly links: readonly Linked[]
  readonly made: FlowMade
}

/** A crosswalk that receipts fill: the key of a record of `from`, and what `to` answers when it is written. */
export interface Linked {
  readonly crosswalk: BoundCrosswalk
  readonly from: BoundShape
  readonly key: BoundField
  readonly to: BoundShape
  readonly answer: string
}

/** Filled while the flow is checked. */
export interface FlowMade {
  readonly questions: PlanMap[]
  /** By id. */
  readonly shapes: Map<string, PlanShape>
  readonly codes: FlowCode[]
  /** Crosswalks that a step looks up, in its maps and questions, by the step's name. */
  readonly lookups: Map<string, Set<string>>
  /** A map it calls has errors of its own: which codes there are is not known. */
  shaky: boolean
}

/** A code an event can stop with, and what of the flow gives it. */
export interface FlowCode {
  readonly code: string
  readonly verb: "hold" | "reject"
  readonly origin: PlanCode["origin"]
  /** "the map BookOrder", "the step account". */
  readonly from: string
  readonly place: Place
}

/** A name of a flow: its trigger's record, or what a step gives. */
export interface Binder {
  readonly name: string
  readonly type: Type
  readonly maybe: boolean
  /** Not null: it has no value; completes "… has no value: ". */
  readonly valueless: string | null
  /** The step that gives it; null: the trigger, or an element of a list. */
  readonly step: string | null
  readonly place: Place
  /** Shared by what the same name stands for in groups. */
  readonly use: { seen: boolean }
}

/** What may be named at a place of a flow. */
export interface Visible {
  readonly binders: ReadonlyMap<string, Binder>
  readonly lets: ReadonlyMap<string, FlowLet>
}
export interface FlowLet {
  readonly node: LetStatement
  used: boolean
}

export function looksUp(part: string, crosswalks: readonly string[], { made }: FlowEnvironment): void {
  const [step = part] = part.split(".")
  const known = made.lookups.get(step) ?? new Set()
  made.lookups.set(step, known)
  for (const crosswalk of crosswalks) known.add(crosswalk)
}

export function placeOf(env: { readonly flow: { readonly file: string } }, span: Span): Place {
  return { file: env.flow.file, span }
}
