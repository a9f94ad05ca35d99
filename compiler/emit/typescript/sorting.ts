// `sort by`: rows are collected with their keys and what was read of them, sorted, and then run. Stable, by a comparison
// function of the module (no closure).
import { boundVariables } from "../../plan/bound-variables.ts"
import type { PlanExpression } from "../../plan/index.ts"
import { capture, nothingCaptured, store } from "./captured.ts"
import { compared } from "./conditions.ts"
import { evaluateValue } from "./expression.ts"
import { branch, emit, type Flow, operandType, type ValueOperand, valueOf } from "./flow.ts"
import {
  array,
  assign,
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
import type { JsStatement, TsType } from "./javascript/nodes.ts"
import { type LoopParts, type Loops, loops, type Mark, type RowBody } from "./rows.ts"

type Each = Extract<PlanExpression, { kind: "each" }>

export function sortedRows(flow: Flow, node: Each, runRow: RowBody, more: LoopParts): Loops {
  const { counters = new Map<number, string>() } = more
  const kept = flow.names.fresh("kept")
  const captured = nothingCaptured()
  const keys: { operand: ValueOperand; key: string; descending: boolean }[] = []
  const rebind: ((row: Flow, of: string) => void)[] = []
  let marked: Mark = () => []
  let found: Loops | null = null
  const collecting = branch(flow, outer => {
    const collect = (row: Flow, mark: Mark): void => {
      marked = mark
      for (const counter of counters.values()) store(captured, `${counter}At`, name(counter), named("number"))
      node.sort.forEach(({ key, descending }, position) => {
        const operand = evaluateValue(row, key, "key")
        if (operand === null) return
        keys.push({ operand, key: `k${position}`, descending })
        store(captured, `k${position}`, operand.js, operandType(flow, operand))
      })
      for (const generator of node.generators) {
        for (const id of boundVariables(generator)) {
          const operand = row.variables.get(id)
          if (operand === undefined) continue
          const back = capture(row, captured, operand)
          rebind.push((later, of) => later.variables.set(id, back(of)))
        }
      }
      emit(row, run(invoke(name(kept), "push", object(captured.members, false))))
    }
    found = loops(outer, node.generators, node.where, collect, more)
  })
  const rowType: TsType = { kind: "shape", members: captured.types }
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
    for (const counter of counters.values())
      emit(row, assign(name(counter), member(name(id), `${counter}At`)))
    for (const bind of rebind) bind(row, id)
    runRow(row, marked, label)
  })
  emit(flow, { kind: "loop", label, index: at, limit: member(name(kept), "length"), body, at: node.at })
  return state
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
