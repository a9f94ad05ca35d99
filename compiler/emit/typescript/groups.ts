// Rows put together by equal keys. Flows in: generators and keys. Flows out: an array of groups, each with its keys and with
// what was kept of its rows; a map from key to group finds the group of a row. Keys are texts, numbers and truths: equal in JavaScript.
import type { PlanExpression } from "../../plan/index.ts"
import { nothingCaptured, store } from "./captured.ts"
import { BrokenPlan } from "./context.ts"
import { evaluateValue } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  insideType,
  type KeptOperand,
  type Operand,
  type RecordOperand,
  type ValueOperand,
  valueOf,
} from "./flow.ts"
import {
  array,
  assign,
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
  nothing,
  object,
  run,
  variable,
  when,
} from "./javascript/build.ts"
import type { Js, TsType } from "./javascript/nodes.ts"
import { declaredType, type KeptRow, keptRow } from "./kept-row.ts"
import { materialised } from "./records.ts"
import { loops } from "./rows.ts"

type Grouping = Extract<PlanExpression, { kind: "grouping" }>

export function grouping(flow: Flow, node: Grouping, hint: string): Operand {
  const groups = flow.names.fresh(`${hint}Groups`)
  const known = flow.names.fresh(`${hint}ByKey`)
  const keys: ValueOperand[] = []
  let rows: KeptRow | null = null
  let groupType: TsType = named("never")
  let indexType: TsType = named("never")
  let absent: Js | null = null
  const collecting = branch(flow, outer => {
    const state = loops(outer, node.generators, node.where, row => {
      const found: ValueOperand[] = []
      for (const { field, value } of node.keys) {
        const key = evaluateValue(row, value, field)
        if (key === null) return
        found.push({ ...key, js: atom(row, key.js, field), wire: null, written: null })
      }
      keys.push(...found)
      rows = keptRow(
        row,
        node.generators.map(generator => generator.variable),
        node.members,
        hint,
      )
      const [only, ...others] = found
      if (only === undefined) throw new BrokenPlan("A grouping without keys.")
      const keyType = others.length === 0 ? insideType(row, only.type) : named("string")
      groupType = typeOfGroup(row, found, rows.type, hint)
      indexType = { kind: "named", name: "Map", arguments: [keyType, groupType] }
      putInto(row, { groups, known, groupType }, found, rows)
    })
    if (state.poisoned !== null) emit(outer, when(state.poisoned, outer.poison()))
    absent = state.absent
  })
  const kept = rows as KeptRow | null
  // No row can ever be kept: its key never has a value.
  if (kept === null) {
    emit(flow, ...collecting)
    return { kind: "never" }
  }
  emit(flow, constant(groups, array([]), null, list(groupType, false)))
  emit(flow, constant(known, flow.module.call("groupIndex"), null, indexType))
  emit(flow, ...collecting)
  const missing = absent as Js | null
  return {
    kind: "groups",
    js: missing === null ? name(groups) : conditional(missing, nothing, name(groups)),
    missing: missing !== null,
    groupType,
    keys: of => keysOf(node, keys, of),
    rows: (of): KeptOperand => ({
      kind: "kept",
      js: member(name(of), "rows"),
      rowType: kept.type,
      open: kept.open,
    }),
  }
}

function typeOfGroup(flow: Flow, keys: readonly ValueOperand[], rowType: TsType, hint: string): TsType {
  const members = nothingCaptured()
  keys.forEach((key, i) => {
    store(members, `k${i}`, nothing, insideType(flow, key.type))
  })
  store(members, "rows", nothing, list(rowType, false))
  return declaredType(flow, `${hint}Group`, members.types)
}

/** One value for all keys. From the right: no text is measured again as part of a longer one. */
export function oneKey(flow: Flow, keys: readonly ValueOperand[]): Js {
  const [last, ...others] = keys.map(key => key.js).reverse()
  if (last === undefined) throw new BrokenPlan("No keys.")
  return others.reduce<Js>((right, left) => flow.module.call("keyPair", left, right), last)
}

function putInto(
  row: Flow,
  into: { readonly groups: string; readonly known: string; readonly groupType: TsType },
  keys: readonly ValueOperand[],
  kept: KeptRow,
): void {
  const id = atom(row, oneKey(row, keys), "groupKey")
  const group = row.names.fresh("group")
  emit(row, variable(group, null, invoke(name(into.known), "get", id)))
  const fresh = object(
    [
      ...keys.map((key, i) => ({ key: `k${i}`, value: key.js, at: null })),
      { key: "rows", value: array([]), at: null },
    ],
    false,
  )
  emit(
    row,
    when(binary("===", name(group), nothing), [
      assign(name(group), cast(fresh, into.groupType)),
      run(invoke(name(into.known), "set", id, name(group))),
      run(invoke(name(into.groups), "push", name(group))),
    ]),
  )
  emit(row, run(invoke(member(name(group), "rows"), "push", kept.value)))
}

function keysOf(node: Grouping, keys: readonly ValueOperand[], of: string): RecordOperand {
  const names = node.keys.map(key => key.field)
  return {
    kind: "record",
    shape: node.type.kind === "list" && node.type.of.kind === "record" ? node.type.of.shape : "",
    names,
    container: null,
    missing: false,
    members: field => {
      const at = names.indexOf(field)
      const key = keys[at]
      if (key === undefined) throw new BrokenPlan(`A group has no key ${JSON.stringify(field)}.`)
      return { ...key, js: member(name(of), `k${at}`) }
    },
  }
}

/** The rows of a group as one list of values. */
export function keptAsValue(flow: Flow, kept: KeptOperand, node: PlanExpression): ValueOperand {
  if (node.type.kind !== "list") throw new BrokenPlan("The rows of a group are a list.")
  const element = insideType(flow, node.type.of)
  const values = flow.names.fresh("rows")
  const at = flow.names.fresh("i")
  const rows = atom(flow, kept.js, "groupRows")
  emit(flow, constant(values, array([]), null, list(element, false)))
  const body = branch(flow, inner => {
    const id = inner.names.fresh("row")
    emit(inner, constant(id, cast(index(rows, name(at)), kept.rowType)))
    const operand = kept.open(id)
    const value = operand.kind === "record" ? materialised(inner, operand) : operand
    if (value.kind === "value") emit(inner, run(invoke(name(values), "push", cast(value.js, element))))
  })
  emit(flow, { kind: "loop", label: null, index: at, limit: member(rows, "length"), body, at: node.at })
  return valueOf(name(values), node.type)
}
