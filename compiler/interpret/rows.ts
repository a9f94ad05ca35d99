// The rows of generators, flat, outermost first. Flows in: generators and a condition. Flows out: each kept row, visited with its
// loop variables bound; and whether the rows are known at all. Elements of payload lists are decoded here, one row at a time.
import type { PlanExpression, PlanGenerator, VariableId } from "../plan/index.ts"
import { decodeElement } from "./decode-element.ts"
import { evaluate } from "./evaluate.ts"
import { type JoinedRows, joinedRows, keyOf } from "./joined-rows.ts"
import type { Scope } from "./scope.ts"
import { asBoolean, BrokenPlan, isStopped, MISSING, type Outcome } from "./value.ts"

/** The loop variables of one row. */
export type Row = readonly (readonly [VariableId, Outcome])[]

/** `poisoned`: which rows there are is not known, so what is made of them is poison. `missing`: a list was. */
export interface RowsFound {
  readonly missing: boolean
  readonly poisoned: boolean
  /** The outermost list itself is poison: nothing that is made of its rows is even begun. */
  readonly unread: boolean
}

/** `leave`: a row of a join ends by this way out, where it stands; without one such rows end nothing. */
export function visitRows(
  generators: readonly PlanGenerator[],
  where: PlanExpression | null,
  scope: Scope,
  visit: (row: Row) => void,
  leave: (exit: PlanExpression) => void = noWayOut,
): RowsFound {
  let missing = false
  let poisoned = false
  let unread = false
  const joined = new Map<PlanGenerator, JoinedRows>()
  for (const generator of generators) {
    const { join } = generator
    if (join === undefined) continue
    const rows = joinedRows(
      { ...generator, join },
      source => elementsOf(source, generator, scope),
      row => enterRow(row, scope),
      scope,
    )
    // Which row belongs to which is not known.
    if (rows === null) return { missing: false, poisoned: true, unread: true }
    joined.set(generator, rows)
  }
  const descend = (depth: number, bound: Row): void => {
    const generator = generators[depth]
    if (generator === undefined) {
      const kept = where === null ? true : evaluate(where, scope)
      if (isStopped(kept)) poisoned = true
      else if (asBoolean(kept)) visit(bound)
      return
    }
    const enter = (element: Row): void => {
      const row: Row = [...bound, ...element]
      enterRow(row, scope)
      descend(depth + 1, row)
    }
    const rows = joined.get(generator)
    if (rows !== undefined) {
      const found = matchesOf(generator, rows, scope)
      if (found === null) poisoned = true
      else if (found === "fails") missing = true
      else if ("kind" in found) leave(found)
      else for (const element of found) enter(element)
      return
    }
    const source = evaluate(generator.source, scope)
    if (source === MISSING) missing = true
    else if (isStopped(source)) {
      poisoned = true
      if (depth === 0) unread = true
    } else {
      let index = 0
      for (const element of elementsOf(source, generator, scope)) {
        scope.run.trace?.({ kind: "row", generator, index, scope })
        index++
        enter(element)
      }
    }
  }
  descend(0, [])
  return { missing, poisoned, unread }
}

/** The rows that match, a way out, or a failure of the whole; null where the keys are poison. */
function matchesOf(
  { variable }: PlanGenerator,
  { join, matching }: JoinedRows,
  scope: Scope,
): readonly Row[] | PlanExpression | "fails" | null {
  const id = keyOf(
    join.keys.map(key => key.outer),
    scope,
  )
  if (id === null) return null
  const rows = matching(id)
  const [first] = rows
  const last = rows.at(-1)
  if (first === undefined || last === undefined) {
    if (join.matches === "optional") return [[[variable, MISSING]]]
    return join.otherwise ?? (join.matches === "one" ? "fails" : [])
  }
  if (rows.length === 1 || join.matches === "many") return rows
  if (join.conflict === "first") return [first]
  if (join.conflict === "last") return [last]
  return join.conflict ?? join.otherwise ?? "fails"
}

function noWayOut(): void {
  throw new BrokenPlan("a join has a way out where none can stand")
}

/** Binds the loop variables to a row again. */
export function enterRow(row: Row, scope: Scope): void {
  for (const [id, value] of row) scope.variables.set(id, value)
}

function* elementsOf(source: Outcome, generator: PlanGenerator, scope: Scope): Iterable<Row> {
  const { variable } = generator
  if (typeof source === "object" && source.kind === "list")
    for (const element of source.elements) yield [[variable, element]]
  else if (typeof source === "object" && source.kind === "rows") {
    if (generator.element === null)
      throw new BrokenPlan("a generator over payload rows says not what it reads of them")
    for (const [i, row] of source.rows.entries())
      yield [[variable, decodeElement(row, i, source, generator.element, scope)]]
  } else if (typeof source === "object" && source.kind === "groups") {
    if (generator.rows === undefined)
      throw new BrokenPlan("a generator over groups has no name for their rows")
    for (const { keys, rows } of source.groups)
      yield [
        [variable, keys],
        [generator.rows, rows],
      ]
  } else if (typeof source === "object" && source.kind === "nodes") {
    const { tree } = generator
    if (tree === undefined) throw new BrokenPlan("a generator over a tree has no names for its parts")
    for (const node of source.nodes)
      yield [
        [variable, node.row],
        [tree.parent, node.parent],
        [tree.children, node.children],
        [tree.descendants, node.descendants],
        [tree.depth, node.depth],
      ]
  } else throw new BrokenPlan("a generator's source is no list")
}
