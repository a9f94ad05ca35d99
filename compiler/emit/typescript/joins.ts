// Rows of another list found by their keys. Flows in: a generator with a join. Flows out: a map from key to row, made once before the
// loops, and in the loop the row that matches, all of them, or what is to be done without one.
import type { PlanExpression, PlanGenerator, PlanJoin } from "../../plan/index.ts"
import { BrokenPlan } from "./context.ts"
import { evaluateValue } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  insideType,
  type Operand,
  scaleOf,
  type ValueOperand,
  widened,
} from "./flow.ts"
import { oneKey } from "./groups.ts"
import {
  array,
  binary,
  cast,
  conditional,
  constant,
  index,
  invoke,
  list,
  member,
  name,
  named,
  nil,
  nothing,
  run,
  string,
  union,
  when,
} from "./javascript/build.ts"
import type { Js, JsStatement, TsType } from "./javascript/nodes.ts"
import { type KeptRow, keptRow } from "./kept-row.ts"
import { loops } from "./rows.ts"

export interface JoinIndex {
  readonly generator: PlanGenerator
  readonly join: PlanJoin
  /** The map. */
  readonly known: string
  readonly row: KeptRow
  readonly hint: string
}

/** How several rows of one key are kept: all, one of them, or only that there are several (null). */
type Keeping = "all" | "first" | "last" | "single"

function keepingOf({ matches, conflict }: PlanJoin): Keeping {
  if (matches === "many") return "all"
  return conflict === "first" || conflict === "last" ? conflict : "single"
}

/** Reads the list and puts its rows in order. Null: it never has a value. */
export function indexJoin(flow: Flow, generator: PlanGenerator, join: PlanJoin): JoinIndex | null {
  const hint = flow.declared[generator.variable]?.name ?? "row"
  const known = flow.names.fresh(`${hint}ByKey`)
  const keeping = keepingOf(join)
  const alone: PlanGenerator = {
    variable: generator.variable,
    source: generator.source,
    element: generator.element,
  }
  let row: KeptRow | null = null
  let keyType: TsType = named("never")
  const collecting = branch(flow, outer => {
    const state = loops(outer, [alone], null, inner => {
      const key = keyOf(inner, join, "inner")
      if (key === null) return
      row = keptRow(inner, [generator.variable], null, hint)
      keyType = key.type
      put(inner, known, key.js, row, keeping)
    })
    if (state.poisoned !== null) emit(outer, when(state.poisoned, outer.poison()))
  })
  const kept = row as KeptRow | null
  if (kept === null) {
    emit(flow, ...collecting)
    return null
  }
  const { type } = kept
  const value =
    keeping === "all" ? list(type, false) : keeping === "single" ? union(type, named("null")) : type
  const mapType: TsType = { kind: "named", name: "Map", arguments: [keyType, value] }
  emit(flow, constant(known, flow.module.call("groupIndex"), null, mapType))
  emit(flow, ...collecting)
  return { generator, join, known, row: kept, hint }
}

/** One value that is equal where all keys are. Numbers of both sides are brought to one scale. */
function keyOf(
  flow: Flow,
  { keys }: PlanJoin,
  side: "inner" | "outer",
): { readonly js: Js; readonly type: TsType } | null {
  const parts: ValueOperand[] = []
  for (const key of keys) {
    const value = evaluateValue(flow, key[side], "key")
    if (value === null) return null
    const scale = Math.max(scaleOf(key.inner.type), scaleOf(key.outer.type))
    const scaled = value.type.kind === "number" ? widened(flow, value, scale) : value
    parts.push({ ...scaled, js: atom(flow, scaled.js, "key") })
  }
  const [only, ...others] = parts
  if (only === undefined) throw new BrokenPlan("A join without keys.")
  if (others.length === 0) return { js: only.js, type: insideType(flow, only.type) }
  return { js: atom(flow, oneKey(flow, parts), "joinKey"), type: named("string") }
}

function put(flow: Flow, known: string, key: Js, row: KeptRow, keeping: Keeping): void {
  const before = flow.names.fresh("before")
  const set = (value: Js): JsStatement => run(invoke(name(known), "set", key, value))
  const isNew = binary("===", name(before), nothing)
  if (keeping !== "last") emit(flow, constant(before, invoke(name(known), "get", key)))
  switch (keeping) {
    case "all":
      emit(flow, when(isNew, [set(array([row.value]))], [run(invoke(name(before), "push", row.value))]))
      return
    case "first":
      emit(flow, when(isNew, [set(row.value)]))
      return
    case "last":
      emit(flow, set(row.value))
      return
    case "single":
      emit(flow, set(conditional(isNew, row.value, nil)))
  }
}

export interface JoinBody {
  readonly build: (row: Flow, label: string) => void
  /** Goes on with the next row of a loop. */
  readonly poison: (label: string) => () => readonly JsStatement[]
  /** Of the loop around. */
  readonly label: string
  /** Leaves the row out: the whole is missing. */
  readonly fail: () => readonly JsStatement[]
  readonly leave: (row: Flow, exit: PlanExpression) => void
}

/** The rows that match the row of the loops around. */
export function enterJoin(flow: Flow, joined: JoinIndex, body: JoinBody): void {
  const { join, hint, row, generator } = joined
  const key = keyOf(flow, join, "outer")
  if (key === null) return
  const found = flow.names.fresh(hint)
  emit(flow, constant(found, invoke(name(joined.known), "get", key.js)))
  const without = (test: Js, exit: PlanExpression | null): void =>
    emit(
      flow,
      when(
        test,
        branch(flow, inner => {
          if (exit === null) emit(inner, ...body.fail())
          else body.leave(inner, exit)
        }),
      ),
    )
  const isMissing = binary("===", name(found), nothing)
  if (join.matches === "one" || (join.matches === "many" && join.otherwise !== null))
    without(isMissing, join.otherwise)
  if (join.matches === "many") {
    const statements = branch(flow, inner => everyMatch(inner, joined, found, body))
    emit(
      flow,
      ...(join.otherwise === null ? [when(binary("!==", name(found), nothing), statements)] : statements),
    )
    return
  }
  if (keepingOf(join) === "single")
    without(
      binary("===", name(found), nil),
      typeof join.conflict === "object" && join.conflict !== null ? join.conflict : join.otherwise,
    )
  const operand = row.open(found)
  flow.variables.set(generator.variable, join.matches === "optional" ? maybeFound(operand, found) : operand)
  body.build(flow, body.label)
}

function everyMatch(flow: Flow, { hint, row, generator }: JoinIndex, found: string, body: JoinBody): void {
  const own = flow.names.fresh(`${hint}Row`)
  const at = flow.names.fresh("i")
  const statements = branch({ ...flow, poison: body.poison(own) }, inner => {
    const id = inner.names.fresh(hint)
    emit(inner, constant(id, cast(index(name(found), name(at)), row.type)))
    inner.variables.set(generator.variable, row.open(id))
    body.build(inner, own)
  })
  emit(flow, {
    kind: "loop",
    label: own,
    index: at,
    limit: member(name(found), "length"),
    body: statements,
    at: generator.source.at,
  })
}

/** A row that may not have been found: everything of it is missing then. */
export function maybeFound(operand: Operand, found: string): Operand {
  const isMissing = binary("===", name(found), nothing)
  const there = (js: Js): Js => conditional(isMissing, nothing, js)
  switch (operand.kind) {
    case "value": {
      const bare = operand.js.kind === "name" && operand.js.name === found
      return {
        ...operand,
        js: bare ? operand.js : there(operand.js),
        missing: true,
        wire: operand.wire === null ? null : there(operand.wire),
        // What stands beside the value is looked for in the same row.
        written: operand.written === null ? null : { ...operand.written, text: there(operand.written.text) },
      }
    }
    case "record":
      return {
        ...operand,
        missing: true,
        container: operand.container === null ? name(found) : there(operand.container),
        members: key => maybeFound(operand.members(key), found),
      }
    case "rows":
      return {
        ...operand,
        js: there(operand.js),
        missing: true,
        place: { ...operand.place, pointer: conditional(isMissing, string(""), operand.place.pointer) },
      }
    default:
      throw new BrokenPlan("A joined row holds only values.")
  }
}
