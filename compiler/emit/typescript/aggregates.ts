// Aggregates over generators: sum, count, min, max, average, any, all, first, last, distinct. Flows in: the same loops as
// `each`. Flows out: one value, or a ratio for an average.
import type { PlanExpression, ValueType } from "../../plan/index.ts"
import { compared } from "./conditions.ts"
import { evaluateValue } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  giveUp,
  insideType,
  integer,
  LARGEST,
  numberType,
  type Operand,
  outside,
  present,
  scaleOf,
  type ValueOperand,
  valueOf,
  widened,
} from "./flow.ts"
import {
  add,
  array,
  assign,
  binary,
  cast,
  constant,
  invoke,
  list,
  name,
  named,
  no,
  not,
  nothing,
  run,
  union,
  variable,
  when,
  yes,
} from "./javascript/build.ts"
import type { Js, TsType } from "./javascript/nodes.ts"
import { loops } from "./rows.ts"

type Of<K extends PlanExpression["kind"]> = Extract<PlanExpression, { kind: K }>

export function aggregate(flow: Flow, node: Of<"aggregate">, hint: string): Operand {
  const { operation } = node
  const slot = flow.names.fresh(operation === "count" ? "count" : hint)
  const count = flow.names.fresh("count")
  const valueType: ValueType = node.value?.type ?? { kind: "bool" }
  const inside = insideType(flow, valueType)
  const zero = integer(flow, 0n)
  const one = integer(flow, 1n)
  let type: TsType | null = null
  let start: Js = nothing
  switch (operation) {
    case "sum":
    case "average":
      type = numberType(flow)
      start = zero
      break
    case "count":
      type = numberType(flow)
      start = zero
      break
    case "any":
    case "all":
      type = named("boolean")
      start = operation === "all" ? yes : no
      break
    case "min":
    case "max":
    case "first":
    case "last":
      type = union(inside, named("undefined"))
      start = nothing
      break
    case "distinct":
      type = list(inside, false)
      start = array([])
      break
  }
  let best: ValueOperand | null = null
  let missingList: Js | null = null
  const scale = operation === "average" ? scaleOf(valueType) : scaleOf(node.type)
  const inner = branch(flow, outer => {
    const state = loops(outer, node.generators, node.where, (row, mark, label) => {
      if (node.value === null) {
        emit(row, add(name(slot), one))
        return
      }
      const failing: Flow =
        row.mode === "fast" ? row : { ...row, poison: () => [...mark(), { kind: "continue", label }] }
      const value = evaluateValue(failing, node.value, "item")
      if (value === null) return
      best = value
      accumulate(failing, operation, slot, count, value, scale)
    })
    if (state.poisoned !== null) emit(outer, when(state.poisoned, outer.poison()))
    missingList = state.absent
  })
  if (operation === "average") emit(flow, variable(count, numberType(flow), zero))
  emit(
    flow,
    operation === "distinct" ? constant(slot, start, node.at, type) : variable(slot, type, start, node.at),
  )
  emit(flow, ...inner)
  const absent = missingList as Js | null
  if (operation === "average") {
    const failed = flow.failure === null ? flow.poison() : flow.failure()
    const empty = binary("===", name(count), zero)
    emit(flow, when(absent === null ? empty : binary("||", absent, empty), failed))
    return { kind: "ratio", numerator: name(slot), denominator: name(count), scale }
  }
  const bound =
    operation === "count"
      ? 999999999n
      : operation === "sum"
        ? LARGEST
        : ((best as ValueOperand | null)?.bound ?? LARGEST)
  const resultType: ValueType =
    node.type.kind === "number"
      ? { ...node.type, scale: operation === "count" ? 0 : operation === "sum" ? scale : scaleOf(valueType) }
      : node.type
  const maybe = operation === "min" || operation === "max" || operation === "first" || operation === "last"
  if (absent === null)
    return present(flow, valueOf(cast(name(slot), type), resultType, { missing: maybe, bound }), node)
  const id = flow.names.fresh(slot)
  emit(flow, constant(id, { kind: "conditional", test: absent, then: nothing, otherwise: name(slot) }))
  return present(flow, valueOf(name(id), resultType, { missing: true, bound }), node)
}

function accumulate(
  flow: Flow,
  operation: Of<"aggregate">["operation"],
  slot: string,
  count: string,
  value: ValueOperand,
  scale: number,
): void {
  const target = name(slot)
  switch (operation) {
    case "sum":
    case "average": {
      emit(flow, add(target, widened(flow, value, scale).js))
      if (flow.mode === "fast") emit(flow, when(outside(target, LARGEST), [giveUp]))
      if (operation === "average") emit(flow, add(name(count), integer(flow, 1n)))
      return
    }
    case "count":
      emit(flow, add(target, integer(flow, 1n)))
      return
    case "any":
      emit(flow, when(value.js, [assign(target, yes)]))
      return
    case "all":
      emit(flow, when(not(value.js), [assign(target, no)]))
      return
    case "last":
      emit(flow, assign(target, value.js))
      return
    case "first":
      emit(flow, when(binary("===", target, nothing), [assign(target, value.js)]))
      return
    case "min":
    case "max": {
      const js = atom(flow, value.js, "item")
      const best: ValueOperand = { ...value, js: target }
      emit(
        flow,
        when(
          binary(
            "||",
            binary("===", target, nothing),
            compared(flow, operation === "min" ? "<" : ">", { ...value, js }, best),
          ),
          [assign(target, js)],
        ),
      )
      return
    }
    case "distinct": {
      const js = atom(flow, value.js, "item")
      emit(flow, when(not(invoke(target, "includes", js)), [run(invoke(target, "push", js))]))
      return
    }
  }
}
