// Rows as a tree. Flows in: a generator and the keys of a row and of the row above it. Flows out: nodes that the runtime has put in order,
// undefined where the rows are no tree.
import type { PlanExpression, PlanGenerator } from "../../plan/index.ts"
import { BrokenPlan } from "./context.ts"
import { evaluateValue } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  insideType,
  type KeptOperand,
  type NodesOperand,
  type Operand,
  scaleOf,
  valueOf,
  widened,
} from "./flow.ts"
import {
  array,
  call,
  constant,
  invoke,
  list,
  member,
  name,
  named,
  nothing,
  run,
  union,
  when,
} from "./javascript/build.ts"
import type { Js, TsType } from "./javascript/nodes.ts"
import { maybeFound } from "./joins.ts"
import { type KeptRow, keptRow } from "./kept-row.ts"
import { loops } from "./rows.ts"

type Nesting = Extract<PlanExpression, { kind: "nesting" }>

export function nesting(flow: Flow, node: Nesting, hint: string): Operand {
  const rows = flow.names.fresh(`${hint}Rows`)
  const keys = flow.names.fresh(`${hint}Keys`)
  const parents = flow.names.fresh(`${hint}Parents`)
  let row: KeptRow | null = null
  let keyType: TsType = named("never")
  let absent: Js | null = null
  const collecting = branch(flow, outer => {
    const state = loops(outer, node.generators, node.where, inner => {
      const parent = keyOf(inner, node.parent, node)
      const key = keyOf(inner, node.key, node)
      if (parent === null || key === null) return
      keyType = insideType(inner, node.key.type)
      row = keptRow(
        inner,
        node.generators.map(generator => generator.variable),
        null,
        hint,
      )
      emit(inner, run(invoke(name(parents), "push", parent)))
      emit(inner, run(invoke(name(keys), "push", key)))
      emit(inner, run(invoke(name(rows), "push", row.value)))
    })
    if (state.poisoned !== null) emit(outer, when(state.poisoned, outer.poison()))
    absent = state.absent
  })
  const kept = row as KeptRow | null
  if (kept === null) {
    emit(flow, ...collecting)
    return { kind: "never" }
  }
  emit(flow, constant(rows, array([]), null, list(kept.type, false)))
  emit(flow, constant(keys, array([]), null, list(keyType, false)))
  emit(flow, constant(parents, array([]), null, list(union(keyType, named("undefined")), false)))
  emit(flow, ...collecting)
  const nested = flow.module.call("nestRows", name(rows), name(keys), name(parents))
  const missing = absent as Js | null
  const js: Js =
    missing === null ? nested : { kind: "conditional", test: missing, then: nothing, otherwise: nested }
  const nodes = flow.names.fresh(`${hint}Nodes`)
  emit(flow, constant(nodes, js, node.at))
  const type = flow.module.runtimeType("TreeNode")
  const nodeType: TsType = type.kind === "named" ? { ...type, arguments: [kept.type] } : type
  return { kind: "nodes", js: name(nodes), missing: true, nodeType, row: kept }
}

/** Texts and numbers as they are; numbers of both keys at one scale. */
function keyOf(flow: Flow, key: PlanExpression, { parent, key: own }: Nesting): Js | null {
  const value = evaluateValue(flow, key, "key")
  if (value === null) return null
  const scale = Math.max(scaleOf(parent.type), scaleOf(own.type))
  const scaled = value.type.kind === "number" ? widened(flow, value, scale) : value
  return atom(flow, scaled.js, "key")
}

/** The variables of one node, held by a local. */
export function bindNode(flow: Flow, generator: PlanGenerator, source: NodesOperand, of: string): void {
  const { tree } = generator
  if (tree === undefined) throw new BrokenPlan("A generator over a tree has no names for its parts.")
  const { row } = source
  const local = (key: string): string => {
    const id = flow.names.fresh(key)
    emit(flow, constant(id, member(name(of), key)))
    return id
  }
  const listOf = (js: Js): KeptOperand => ({
    kind: "kept",
    js,
    rowType: row.type,
    open: row.open,
  })
  const parent = local("parent")
  flow.variables.set(generator.variable, row.open(local("row")))
  flow.variables.set(tree.parent, maybeFound(row.open(parent), parent))
  flow.variables.set(tree.children, listOf(member(name(of), "children")))
  flow.variables.set(tree.descendants, listOf(invoke(name(of), "descendants")))
  const depth = member(name(of), "depth")
  const type = { kind: "number", digits: 9, scale: 0, rational: false } as const
  flow.variables.set(
    tree.depth,
    valueOf(flow.mode === "slow" ? call("BigInt", depth) : depth, type, { bound: 999999999n }),
  )
}
