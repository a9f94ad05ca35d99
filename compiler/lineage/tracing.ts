// What tracing the lineage of a map needs at hand and collects on its way. Flows in: nothing. Flows out: types and small builders.
// Traces nothing itself.
import type { At, PlanCrosswalk, PlanShape, ShapeId, VariableId } from "../plan/index.ts"
import { decidingEdges, type Edge, joinEdges } from "./edge.ts"
import { edgesOf, type Provenance } from "./provenance.ts"

/** A way out, a check or a control: what a record may end or be remarked with, and all that has a say in it. */
export interface Stop {
  readonly verb: "reject" | "hold" | "warn" | "skip"
  readonly code: string
  /** The target field it stands at; empty: the record. For a rule of a contract, where the contract's record is read. */
  readonly path: string
  readonly edges: readonly Edge[]
  readonly at: At
}

export interface Tracing {
  readonly shape: (id: ShapeId) => PlanShape
  readonly crosswalk: (id: string) => PlanCrosswalk
  readonly variables: Map<VariableId, Provenance>
  /** What decided that this expression is reached at all. */
  readonly decisions: readonly Edge[]
  /** What decides that the innermost row is dropped is added here. */
  readonly skips: Edge[]
  readonly stops: Stop[]
  /** Of the target: `lines[].amount`. */
  readonly path: string
}

export function decided(tracing: Tracing, by: readonly Edge[]): Tracing {
  return by.length === 0 ? tracing : { ...tracing, decisions: joinEdges([...tracing.decisions, ...by]) }
}

export function atPath(tracing: Tracing, step: string): Tracing {
  const { path } = tracing
  return { ...tracing, path: path === "" || step === "[]" ? `${path}${step}` : `${path}.${step}` }
}

/** The edges of a condition, as what it decides sees them. */
export function conditionEdges(of: Provenance): readonly Edge[] {
  return decidingEdges(edgesOf(of), "condition")
}
