// `sort by`: rows are collected with their keys and what was read of them, sorted, and then run. Stable, by a comparison
// function of the module (no closure).
import type { PlanExpression } from "../../plan/index.ts"
import { compared } from "./conditions.ts"
import { BrokenPlan } from "./context.ts"
import { evaluateValue } from "./expression.ts"
import { branch, emit, type Flow, type Operand, operandType, type ValueOperand, valueOf } from "./flow.ts"
import {
  array,
  cast,
  constant,
  give,
  index,
  invoke,
  list,
  member,
  name,
  named,
  number,
  object,
  run,
  when,
} from "./javascript/build.ts"
import type { JsMember, JsStatement, TsMember, TsType } from "./javascript/nodes.ts"
import { type Loops, loops, type Mark } from "./rows.ts"

type Each = Extract<PlanExpression, { kind: "each" }>

export function sortedRows(
  flow: Flow,
  node: Each,
  runRow: (row: Flow, mark: Mark, label: string) => void,
): Loops {
  const kept = flow.names.fresh("kept")
  const members: JsMember[] = []
  const types: TsMember[] = []
  const keys: { operand: ValueOperand; key: string; descending: boolean }[] = []
  const rebind: ((row: Flow, of: string) => void)[] = []
  let marked: Mark = () => []
  const store = (key: string, operand: ValueOperand): void => {
    members.push({ key, value: operand.js, at: null })
    types.push({ key, type: operandType(flow, operand), optional: false, docs: "", at: null })
  }
  let found: Loops | null = null
  const collecting = branch(flow, outer => {
    const state = loops(outer, node.generators, node.where, (row, mark) => {
      marked = mark
      node.sort.forEach(({ key, descending }, position) => {
        const operand = evaluateValue(row, key, "key")
        if (operand === null) return
        keys.push({ operand, key: `k${position}`, descending })
        store(`k${position}`, operand)
      })
      let count = 0
      const capture = (operand: Operand): ((of: string) => Operand) => {
        if (operand.kind === "value") {
          const key = `c${count++}`
          store(key, operand)
          return of => ({ ...operand, js: member(name(of), key), written: null })
        }
        if (operand.kind === "record") {
          const parts = new Map(operand.names.map(key => [key, capture(operand.members(key))]))
          return of => ({
            ...operand,
            container: null,
            members: key => {
              const part = parts.get(key)
              if (part === undefined)
                throw new BrokenPlan(`A sorted row has no member ${JSON.stringify(key)}.`)
              return part(of)
            },
          })
        }
        if (operand.kind === "rows") {
          const key = `c${count++}`
          const pointer = `c${count++}`
          members.push(
            { key, value: operand.js, at: null },
            { key: pointer, value: operand.place.pointer, at: null },
          )
          types.push(
            { key, type: rowsType(flow, operand), optional: false, docs: "", at: null },
            { key: pointer, type: named("string"), optional: false, docs: "", at: null },
          )
          return of => ({
            ...operand,
            js: member(name(of), key),
            place: { ...operand.place, pointer: member(name(of), pointer) },
          })
        }
        return () => operand
      }
      for (const generator of node.generators) {
        const operand = row.variables.get(generator.variable)
        if (operand === undefined) continue
        const back = capture(operand)
        rebind.push((later, of) => later.variables.set(generator.variable, back(of)))
      }
      emit(row, run(invoke(name(kept), "push", object(members, false))))
    })
    found = state
  })
  const rowType: TsType = { kind: "shape", members: types }
  emit(flow, constant(kept, array([]), null, list(rowType, false)))
  const state: Loops = found ?? { absent: null, poisoned: null }
  emit(flow, ...collecting)
  const order = flow.module.names.fresh("compareRows")
  flow.module.collected.functions.push({
    kind: "function",
    name: order,
    docs: "",
    exported: false,
    at: null,
    returns: named("number"),
    parameters: [
      { name: "left", type: rowType },
      { name: "right", type: rowType },
    ],
    body: comparison(flow, keys),
  })
  emit(flow, run(invoke(name(kept), "sort", name(order))))
  const label = flow.names.fresh("sortedRow")
  const at = flow.names.fresh("i")
  const body = branch(flow, row => {
    const id = row.names.fresh("sorted")
    emit(row, constant(id, cast(index(name(kept), name(at)), rowType)))
    for (const bind of rebind) bind(row, id)
    runRow(row, marked, label)
  })
  emit(flow, { kind: "loop", label, index: at, limit: member(name(kept), "length"), body, at: node.at })
  return state
}

function rowsType(flow: Flow, operand: Extract<Operand, { kind: "rows" }>): TsType {
  const of: TsType[] = [list(named("unknown"))]
  if (operand.missing) of.push(named("undefined"))
  if (operand.poison) of.push(flow.module.runtimeType("Poison"))
  return { kind: "union", of }
}

function comparison(
  flow: Flow,
  keys: readonly { readonly operand: ValueOperand; readonly key: string; readonly descending: boolean }[],
): readonly JsStatement[] {
  const inner: Flow = { ...flow, out: [] }
  for (const { operand, key, descending } of keys) {
    const left = valueOf(member(name("left"), key), operand.type)
    const right = valueOf(member(name("right"), key), operand.type)
    emit(inner, when(compared(inner, "<", left, right), [give(number(descending ? 1 : -1))]))
    emit(inner, when(compared(inner, ">", left, right), [give(number(descending ? -1 : 1))]))
  }
  emit(inner, give(number(0)))
  return inner.out
}
