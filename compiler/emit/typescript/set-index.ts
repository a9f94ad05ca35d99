// Lookups in the lists of a run: where the rows of a `set` source are filtered by a key first, only those with the key are walked. Flows in: a
// generator and its condition. Flows out: an expression that gives the rows to walk, from an index made once a run; null: all must be
// walked. The condition is still asked of each, so that an index can leave rows out but never let one in.
import type { PlanExpression, PlanGenerator, PlanMap, ValueType, VariableId } from "../../plan/index.ts"
import { evaluateValue } from "./expression.ts"
import { atom, branch, emit, type Flow, insideType, type Operand, poisonType, valueOf } from "./flow.ts"
import { cast, conditional, constant, give, list, name, named, union } from "./javascript/build.ts"
import type { Js, TsType } from "./javascript/nodes.ts"
import { variablesIn } from "./variables-in.ts"

/** The indexes of a run. Null: the rows cannot be told apart by this key. */
export interface SetIndexes {
  readonly sets: ReadonlySet<VariableId>
  readonly by: (set: VariableId, key: KeyOfRow, element: ValueType) => Js | null
}

type KeyOfRow = Extract<PlanExpression, { kind: "field" }>

/** `outer`: where the lists stand, outside of the function of the row; indexes are declared there. */
export function setIndexes(outer: Flow, map: PlanMap): SetIndexes {
  const made = new Map<string, Js | null>()
  const make = (set: VariableId, key: KeyOfRow, element: ValueType): Js | null => {
    const rows = outer.variables.get(set)
    if (rows?.kind !== "value" || key.of.kind !== "variable") return null
    const row = outer.names.fresh("row")
    const variables = new Map(outer.variables)
    const isSlow = outer.mode === "slow"
    variables.set(key.of.variable, valueOf(name(row), element, { poison: isSlow }))
    let read: Js | null = null
    const statements = branch({ ...outer, variables }, inner => {
      read = evaluateValue(inner, key, "key")?.js ?? null
    })
    const value = read as Js | null
    // Slow: no row of the list is poison, or the run had ended; only types do not know it.
    if (value === null || (statements.length > 0 && !isSlow)) return null
    const orNot = (type: TsType, other: TsType): TsType => (isSlow ? union(type, other) : type)
    const rowType = orNot(insideType(outer, element), poisonType(outer))
    const keyOf = outer.names.fresh(`${key.field}Of`)
    const id = outer.names.fresh(`${outer.declared[set]?.name ?? "rows"}By${key.field}`)
    emit(
      outer,
      {
        kind: "inner",
        name: keyOf,
        parameters: [{ name: row, type: rowType }],
        returns: orNot(insideType(outer, key.type), named("undefined")),
        body: [...statements, give(value)],
        at: null,
      },
      constant(id, outer.module.call("indexBy", cast(rows.js, list(rowType, false)), name(keyOf))),
    )
    return name(id)
  }
  return {
    sets: new Set(map.set?.sets.map(({ variable }) => variable)),
    by: (set, key, element) => {
      const identity = JSON.stringify([set, key.field])
      const known = made.has(identity) ? (made.get(identity) ?? null) : make(set, key, element)
      made.set(identity, known)
      return known
    },
  }
}

/** Of the last generator. What is left out fails the condition at its first part, before anything else of it is looked at. */
export function indexedRows(
  flow: Flow,
  { source, variable }: PlanGenerator,
  where: PlanExpression | null,
  rows: Operand,
): Js | null {
  const { indexes } = flow
  if (indexes === undefined || where === null || source.kind !== "variable") return null
  if (rows.kind !== "value" || rows.type.kind !== "list" || !indexes.sets.has(source.variable)) return null
  const equal = leadingEquality(where, variable)
  const { value: wanted, container } = equal === null ? unread : plainValue(flow, equal.outer)
  if (equal === null || wanted?.kind !== "value" || wanted.missing || wanted.clear) return null
  const by = indexes.by(source.variable, equal.inner, rows.type.of)
  if (by === null) return null
  const key = wanted.poison ? cast(wanted.js, insideType(flow, wanted.type)) : wanted.js
  const found: Js = { kind: "call", callee: by, arguments: [key] }
  // A key that is not known is compared with every row, as it would be without an index.
  const doubtful = [container, wanted.poison ? wanted.js : null]
    .filter(one => one !== null)
    .map(one => flow.module.call("isPoison", one))
  const js = doubtful.reduce((rest, test) => conditional(test, rows.js, rest), found)
  return atom(flow, js, "found")
}

interface Equality {
  readonly inner: KeyOfRow
  readonly outer: PlanExpression
}

/** `row.field == value and …`, the value being known before the row is. */
function leadingEquality(where: PlanExpression, row: VariableId): Equality | null {
  if (where.kind === "logic") return where.operator === "and" ? leadingEquality(where.left, row) : null
  if (where.kind !== "compare" || where.operator !== "==") return null
  const { left, right } = where
  for (const [inner, outer] of [
    [left, right],
    [right, left],
  ] as const) {
    if (inner.kind !== "field" || inner.of.kind !== "variable" || inner.of.variable !== row) continue
    if (inner.maybe || outer.maybe || variablesIn(outer).has(row)) continue
    if (isEqualByForm(inner.type, outer.type)) return { inner, outer }
  }
  return null
}

/** Equal values have one form: texts and days are canonical inside; figures where both have the same scale. */
function isEqualByForm(a: ValueType, b: ValueType): boolean {
  if (a.kind === "number" && b.kind === "number") return a.scale === b.scale && !a.rational && !b.rational
  return a.kind === b.kind && (a.kind === "text" || a.kind === "date" || a.kind === "period")
}

/** `container`: the payload object it is read from, where that may be poison. */
interface PlainValue {
  readonly value: Operand | undefined
  readonly container: Js | null
}

const unread: PlainValue = { value: undefined, container: null }

/** A name or a member of one, which is read without saying anything. */
function plainValue(flow: Flow, node: PlanExpression): PlainValue {
  if (node.kind === "variable") return { value: flow.variables.get(node.variable), container: null }
  if (node.kind !== "field" || node.of.kind !== "variable") return unread
  const of = flow.variables.get(node.of.variable)
  if (of?.kind !== "record" || of.missing) return unread
  return { value: of.members(node.field), container: flow.mode === "slow" ? of.container : null }
}
