// After a map is checked: which fields of each payload record does its Plan read? Flows in: the finished Plan expressions.
// Flows out: the reads of every binding (decoded once, where the record is bound), and what nobody read (Law 4).
import { type Child, childrenOf } from "../plan/children.ts"
import type { PlanBinding, PlanExpression, PlanRead, VariableId } from "../plan/index.ts"
import type { BoundField, BoundShape, BoundSystem } from "../resolve/model.ts"
import type { Unit } from "../types/type.ts"
import type { Payload, RowOrigin, State } from "./context.ts"
import { absolute } from "./units.ts"

export interface ReadNode {
  whole: boolean
  elements: boolean
  readonly members: Map<string, ReadNode>
}

export function emptyRead(): ReadNode {
  return { whole: false, elements: false, members: new Map() }
}

/** `v.a.b` over a variable; null for anything else. */
export function chainOf(
  plan: PlanExpression,
): { readonly variable: VariableId; readonly path: readonly string[] } | null {
  const path: string[] = []
  let current = plan
  while (current.kind === "field") {
    path.unshift(current.field)
    current = current.of
  }
  return current.kind === "variable" ? { variable: current.variable, path } : null
}

export function isPayloadList(plan: PlanExpression, state: State): boolean {
  const chain = readChain(plan, state.origins)
  return chain !== null && chain.path.length > 0 && state.payloads.has(chain.variable)
}

type Chain = { readonly variable: VariableId; readonly path: readonly string[] }

/** The same of a group's row: the variable it was read in before it was grouped. */
export function readChain(plan: PlanExpression, origins: ReadonlyMap<VariableId, RowOrigin>): Chain | null {
  const chain = chainOf(plan)
  return chain === null ? null : originOf(chain, origins)
}

export function originOf(chain: Chain, origins: ReadonlyMap<VariableId, RowOrigin>): Chain {
  const origin = origins.get(chain.variable)
  if (origin === undefined) return chain
  if (origin.whole !== null) return originOf({ variable: origin.whole, path: chain.path }, origins)
  const [first, ...rest] = chain.path
  const variable = first === undefined ? undefined : origin.members.get(first)
  return variable === undefined ? chain : originOf({ variable, path: rest }, origins)
}

/** Walks the Plan below the roots and marks what is read of payload variables. */
export function collectReads(
  roots: readonly PlanExpression[],
  payloads: ReadonlyMap<VariableId, unknown>,
  origins: ReadonlyMap<VariableId, RowOrigin>,
): Map<VariableId, ReadNode> {
  const reads = new Map<VariableId, ReadNode>()
  const mark = (chain: Chain, how: "whole" | "elements" | "presence"): void => {
    const several = chain.path.length === 0 ? origins.get(chain.variable) : undefined
    for (const variable of several?.members.values() ?? []) mark({ variable, path: [] }, how)
    if (!payloads.has(chain.variable)) return
    let node = reads.get(chain.variable) ?? emptyRead()
    reads.set(chain.variable, node)
    for (const name of chain.path) {
      const next = node.members.get(name) ?? emptyRead()
      node.members.set(name, next)
      node = next
    }
    if (how === "whole") node.whole = true
    else if (how === "elements") node.elements = true
  }
  const visit = ({ expression, generator }: Omit<Child, "role">): void => {
    const chain = readChain(expression, origins)
    if (chain !== null) {
      // Rows of a payload's list are decoded one by one, by what is read of them.
      mark(chain, generator !== null && generator.element !== null ? "elements" : "whole")
      return
    }
    if (expression.kind === "present") {
      const of = readChain(expression.of, origins)
      if (of !== null && (expression.of.type.kind === "list" || expression.of.type.kind === "record")) {
        mark(of, expression.of.type.kind === "list" ? "elements" : "presence")
        return
      }
    }
    for (const child of childrenOf(expression)) visit(child)
  }
  for (const expression of roots) visit({ expression, generator: null })
  return reads
}

export interface ShapeRules {
  /** Paths each rule of the shape reads. */
  readonly reads: readonly (readonly (readonly string[])[])[]
}

/** Turns marks into the reads of a binding, in the order of the contract. */
export function bindingOf(
  payload: Payload,
  marks: ReadNode | undefined,
  unitArguments: readonly PlanExpression[],
  environment: {
    readonly state: State
    readonly rulesOf: (shape: BoundShape) => ShapeRules
    readonly unitPlan: (unit: Unit) => PlanExpression
    readonly root: number
    readonly path: readonly string[]
  },
): PlanBinding {
  const { shape, system } = payload
  const node = marks ?? emptyRead()
  const rules = environment.rulesOf(shape)
  for (const paths of rules.reads) {
    for (const path of paths) {
      let current = node
      for (const name of path) {
        const next = current.members.get(name) ?? emptyRead()
        current.members.set(name, next)
        current = next
      }
      current.whole = true
    }
  }
  // The units of the rows below are needed where those are decoded.
  const reads: PlanRead[] = []
  for (const field of shape.fields) {
    const mark = node.whole ? { ...emptyRead(), whole: true } : node.members.get(field.name)
    if (mark === undefined) continue
    reads.push(readOf(field, mark, shape, system, payload.arguments, environment))
  }
  return {
    shape: environment.state.shapeId(shape, system),
    reads,
    rules: rules.reads.map((_, index) => index),
    arguments: unitArguments,
  }
}

function readOf(
  field: BoundField,
  mark: ReadNode,
  shape: BoundShape,
  system: BoundSystem | null,
  unitArguments: readonly Unit[],
  environment: Parameters<typeof bindingOf>[3],
): PlanRead {
  if (mark.whole) return { field: field.name, members: null, elements: false }
  if (field.type.kind === "list" && mark.elements) return { field: field.name, members: null, elements: true }
  if (field.type.kind !== "record") return { field: field.name, members: null, elements: false }
  const path = { root: environment.root, rootName: "", path: environment.path }
  const type = absolute(field.type, { path, shape, arguments: unitArguments, system }, environment.state)
  if (type.kind !== "record") return { field: field.name, members: null, elements: false }
  const inner: Payload = { shape: type.shape, system: type.system, arguments: type.arguments }
  const members = bindingOf(inner, mark, type.arguments.map(environment.unitPlan), {
    ...environment,
    path: [...environment.path, field.name],
  })
  return { field: field.name, members, elements: false }
}
