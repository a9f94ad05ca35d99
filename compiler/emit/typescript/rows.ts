// Loops over rows. Flows in: generators over payload rows or lists already made, and what is done with a row. Flows out: statements that do it. Slow: every row
// runs although another failed.
import type { PlanExpression, PlanGenerator } from "../../plan/index.ts"
import { BrokenPlan } from "./context.ts"
import { evaluate, evaluateValue } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  giveUp,
  insideType,
  type Operand,
  type Place,
  pointerTo,
  poisonType,
  present,
  settled,
  valueOf,
} from "./flow.ts"
import {
  add,
  assign,
  binary,
  cast,
  concat,
  constant,
  index,
  member,
  name,
  named,
  no,
  not,
  nothing,
  number,
  string,
  union,
  variable,
  when,
  yes,
} from "./javascript/build.ts"
import type { Js, JsStatement } from "./javascript/nodes.ts"
import { enterJoin, indexJoin, type JoinIndex } from "./joins.ts"
import { readRecord } from "./reads.ts"
import { indexedRows } from "./set-index.ts"
import type { Counters } from "./sharing.ts"
import { bindNode } from "./trees.ts"

export type Of<K extends PlanExpression["kind"]> = Extract<PlanExpression, { kind: K }>

/** What a set of generators leaves behind: flags that are set while its loops run. */
export interface Loops {
  /** A list was missing: the whole is. Null: cannot happen. */
  readonly absent: Js | null
  /** Something was poison (slow). */
  readonly poisoned: Js | null
}

/** Says that the list is poison. */
export type Mark = () => readonly JsStatement[]

/** What is done with a row, in a flow whose poison drops the row and marks the list. */
export type RowBody = (row: Flow, mark: Mark, label: string) => void

/** A row of a join ends by a way out. */
export type RowExit = (row: Flow, mark: Mark, label: string, exit: PlanExpression) => void

export interface LoopParts {
  readonly leave?: RowExit
  readonly counters?: Counters
}

/** Nested loops; `body` runs for each kept row. */
export function loops(
  flow: Flow,
  generators: readonly PlanGenerator[],
  where: PlanExpression | null,
  body: RowBody,
  more: LoopParts = {},
): Loops {
  const { leave = noWayOut, counters = new Map() } = more
  const poisoned = flow.names.fresh("poisoned")
  const absent = flow.names.fresh("absent")
  const state = { poisons: 0, absences: 0 }
  const mark = (): readonly JsStatement[] => {
    state.poisons++
    return [assign(name(poisoned), yes)]
  }
  const build = (outer: Flow, depth: number, label: string): void => {
    const generator = generators[depth]
    if (generator === undefined) {
      if (where !== null) {
        const kept = evaluateValue(outer, where, "kept")
        if (kept === null) return
        if (!(kept.js.kind === "word" && kept.js.word === "true"))
          emit(outer, when(not(kept.js), [{ kind: "continue", label }]))
      }
      body(outer, outer.mode === "slow" ? mark : () => [], label)
      return
    }
    const declared = outer.declared[generator.variable]?.name ?? "row"
    const rowPoison = (own: string) => (): readonly JsStatement[] =>
      outer.mode === "fast" ? [giveUp] : [...mark(), { kind: "continue", label: own }]
    const joined = joins.get(generator)
    if (joined !== undefined) {
      const counter = counters.get(depth)
      if (counter !== undefined) emit(outer, add(name(counter), number(1)))
      const marking = outer.mode === "slow" ? mark : () => []
      enterJoin(outer, joined, {
        build: (row, own) => build(row, depth + 1, own),
        poison: rowPoison,
        label,
        fail: () => {
          state.absences++
          return [assign(name(absent), yes), { kind: "continue", label }]
        },
        leave: (row, exit) => leave(row, marking, label, exit),
      })
      return
    }
    const source = sourceOf(outer, generator.source, declared)
    if (source === null) return
    const loop = (inner: Flow): void => {
      const counter = counters.get(depth)
      if (counter !== undefined) emit(inner, add(name(counter), number(1)))
      const own = inner.names.fresh(`${declared}Row`)
      const at = inner.names.fresh("i")
      const isLast = depth === generators.length - 1
      const found = isLast ? indexedRows(inner, generator, where, source) : null
      const rows = found ?? atom(inner, source.js, `${declared}List`)
      const statements = branch({ ...inner, poison: rowPoison(own) }, row => {
        bindRow(row, generator, source, rows, at, declared)
        build(row, depth + 1, own)
      })
      emit(inner, {
        kind: "loop",
        label: own,
        index: at,
        limit: member(rows, "length"),
        body: statements,
        at: generator.source.at,
      })
    }
    if (source.kind === "kept" || !source.missing) {
      loop(outer)
      return
    }
    state.absences++
    emit(outer, when(binary("===", source.js, nothing), [assign(name(absent), yes)], branch(outer, loop)))
  }
  const joins = new Map<PlanGenerator, JoinIndex>()
  const statements = branch(flow, inner => {
    for (const generator of generators) {
      if (generator.join === undefined) continue
      const joined = indexJoin(inner, generator, generator.join)
      if (joined === null) return
      joins.set(generator, joined)
    }
    build(inner, 0, "")
  })
  if (state.absences > 0) emit(flow, variable(absent, named("boolean"), no))
  if (state.poisons > 0) emit(flow, variable(poisoned, named("boolean"), no))
  emit(flow, ...statements)
  return {
    absent: state.absences > 0 ? name(absent) : null,
    poisoned: state.poisons > 0 ? name(poisoned) : null,
  }
}

function noWayOut(): void {
  throw new BrokenPlan("A join has a way out where none can stand.")
}

type Source = Extract<Operand, { kind: "rows" | "value" | "kept" | "groups" | "nodes" }>

function sourceOf(flow: Flow, node: PlanExpression, hint: string): Source | null {
  const operand = settled(flow, evaluate(flow, node, hint))
  if (operand.kind === "never") return null
  if (operand.kind === "kept") return operand
  if (operand.kind === "nodes") return operand
  if (operand.kind === "groups") return { ...operand, js: atom(flow, operand.js, hint) }
  if (operand.kind === "rows" || operand.kind === "value") {
    const js = atom(flow, operand.js, hint)
    return present(flow, { ...operand, js }, node) as Source
  }
  throw new BrokenPlan("A generator's source is no list.")
}

/** The loop variable: a payload row is read here, an element of a list is there already. */
function bindRow(
  flow: Flow,
  generator: PlanGenerator,
  source: Source,
  rows: Js,
  at: string,
  hint: string,
): void {
  const element = index(rows, name(at))
  if (source.kind === "kept") {
    const id = flow.names.fresh(hint)
    emit(flow, constant(id, cast(element, source.rowType)))
    flow.variables.set(generator.variable, source.open(id))
    return
  }
  if (source.kind === "nodes") {
    const id = flow.names.fresh(`${hint}Node`)
    emit(flow, constant(id, cast(element, source.nodeType)))
    bindNode(flow, generator, source, id)
    return
  }
  if (source.kind === "groups") {
    if (generator.rows === undefined)
      throw new BrokenPlan("A generator over groups has no name for their rows.")
    const id = flow.names.fresh(hint)
    emit(flow, constant(id, cast(element, source.groupType)))
    flow.variables.set(generator.variable, source.keys(id))
    flow.variables.set(generator.rows, source.rows(id))
    return
  }
  if (source.kind === "value") {
    if (source.type.kind !== "list") throw new BrokenPlan("A generator's source is no list.")
    const id = flow.names.fresh(hint)
    const type = insideType(flow, source.type.of)
    const poison = flow.mode === "slow"
    emit(flow, constant(id, cast(element, poison ? union(type, poisonType(flow)) : type)))
    flow.variables.set(generator.variable, valueOf(name(id), source.type.of, { poison }))
    return
  }
  const { element: binding } = generator
  if (binding === null) throw new BrokenPlan("A generator over payload rows says not what it reads of them.")
  const shape = flow.module.index.shape(binding.shape)
  const units = binding.arguments.map(argument => softly(flow, argument))
  const id = flow.names.fresh(hint)
  const place = rowPlace(source, at)
  const inner: Flow = { ...flow, place }
  if (flow.mode === "slow") {
    emit(
      flow,
      constant(
        id,
        flow.module.call(
          "readPresent",
          name("report"),
          element,
          string(place.root),
          place.pointer,
          place.masked ? yes : no,
          flow.module.position(source.at),
        ),
      ),
    )
  } else {
    emit(flow, constant(id, element))
    emit(flow, when(not(flow.module.call("isPayloadObject", name(id))), [giveUp]))
  }
  const reading = {
    shape,
    reads: binding.reads,
    rules: binding.rules,
    unit: (parameter: string) => units[shape.parameters.indexOf(parameter)] ?? null,
  }
  flow.variables.set(generator.variable, readRecord(inner, name(id), false, reading))
}

/** A unit that is poison poisons the amounts that need it, not the row. */
function softly(flow: Flow, node: PlanExpression): Operand {
  if (node.kind === "variable") return flow.variables.get(node.variable) ?? { kind: "never" }
  if (node.kind === "field" && node.of.kind === "variable") {
    const of = flow.variables.get(node.of.variable)
    if (of?.kind === "record") return of.members(node.field)
  }
  return evaluate(flow, node, "unit")
}

function rowPlace(source: Extract<Source, { kind: "rows" }>, at: string): Place {
  const { wire } = source.type
  const under =
    typeof wire === "object" && "under" in wire
      ? pointerTo(source.place.pointer, wire.under)
      : source.place.pointer
  return { ...source.place, pointer: concat(concat(under, string("/")), name(at)) }
}
