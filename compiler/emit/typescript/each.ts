// Lists that are made: `each` and list literals. Flows in: rows of generators. Flows out: a list in the form later expressions read and in its wire form.
import type { PlanExpression, ValueType } from "../../plan/index.ts"
import { failToNext, leaveToNext, openCarries } from "./carries.ts"
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
  pointerTo,
  settled,
  valueOf,
  widened,
} from "./flow.ts"
import {
  add,
  array,
  assign,
  binary,
  call,
  cast,
  concat,
  constant,
  index,
  invoke,
  list,
  member,
  name,
  named,
  no,
  not,
  nothing,
  number,
  run,
  string,
  variable,
  when,
  yes,
} from "./javascript/build.ts"
import type { Js, JsStatement } from "./javascript/nodes.ts"
import { materialised } from "./records.ts"
import { type Loops, loops, type Mark, type Of, type RowExit } from "./rows.ts"
import { sharingBody, sharingRows } from "./sharing.ts"
import { sortedRows } from "./sorting.ts"
import { wireTypeOf } from "./wire-types.ts"
import { wireOf } from "./writes.ts"

export function each(flow: Flow, node: Of<"each">, hint: string): Operand {
  const collector = openCollector(flow, node.type, hint)
  const state = eachInto(flow, node, collector)
  return collected(flow, collector, state, node.type)
}

/** `before`: rows of the list that other elements made. Pointers count them, `position` does not. */
function eachInto(flow: Flow, node: Of<"each">, collector: Collector, before: Js | null = null): Loops {
  const sharing = sharingBody(node)
  if (sharing !== null)
    return sharingRows(flow, node, sharing, {
      count: counted(flow, collector),
      pointer: rowsPointer(flow),
      push: (row, operand) => push(row, collector, operand),
    })
  const carried = openCarries(flow, node)
  const placedRow = (row: Flow, mark: Mark, label: string): Flow => {
    const pointer = row.names.fresh("rowPointer")
    emit(
      row,
      constant(pointer, concat(concat(rowsPointer(flow), string("/")), name(collector.count ?? "count"))),
    )
    const onPoison = (): readonly JsStatement[] => [
      ...mark(),
      add(name(collector.count ?? "count"), number(1)),
      { kind: "continue", label },
    ]
    return {
      ...row,
      place: { ...flow.place, pointer: name(pointer), under: null },
      poison: onPoison,
      skip: () => [{ kind: "continue", label }],
    }
  }
  const runRow = (row: Flow, mark: Mark, label: string): void => {
    if (node.position !== null) {
      const type: ValueType = { kind: "number", digits: 9, scale: 0, rational: false }
      const done = counted(row, collector)
      const position = binary("+", before === null ? done : binary("-", done, before), number(1))
      const js = row.mode === "slow" ? call("BigInt", position) : position
      const id = row.names.fresh("position")
      emit(row, constant(id, js))
      row.variables.set(node.position, valueOf(name(id), type, { bound: 999999999n }))
    }
    if (row.mode === "fast") {
      push(row, collector, evaluate(row, node.body, "row"))
      leaveToNext(row, carried)
      return
    }
    const inner = placedRow(row, mark, label)
    // A row that fails leaves failure.
    const poison = (): readonly JsStatement[] => [...failToNext(row, carried), ...inner.poison()]
    push({ ...inner, poison }, collector, evaluate({ ...inner, poison }, node.body, "row"))
    leaveToNext(row, carried)
  }
  const leave: RowExit = (row, mark, label, exit) => {
    if (row.mode === "fast") emit(row, giveUp)
    else evaluate(placedRow(row, mark, label), exit, "left")
  }
  if (node.sort.length > 0) return sortedRows(flow, node, runRow, { leave })
  return loops(flow, node.generators, node.where, runRow, { leave })
}

export function listLiteral(flow: Flow, node: Of<"list">, hint: string): Operand {
  const collector = openCollector(flow, node.type, hint)
  const poisoned = flow.names.fresh("poisoned")
  let poisons = 0
  const statements = branch(flow, outer => {
    for (const element of node.elements) {
      const label = outer.names.fresh("element")
      const onPoison = (): readonly JsStatement[] => {
        if (outer.mode === "fast") return [giveUp]
        poisons++
        return [assign(name(poisoned), yes), { kind: "break", label }]
      }
      const write = (inner: Flow): void => {
        if (element.spread && element.value.kind === "each") {
          // a copy: the count goes on
          const before = element.value.position === null ? null : inner.names.fresh("before")
          if (before !== null) emit(inner, constant(before, counted(inner, collector)))
          const state = eachInto(inner, element.value, collector, before === null ? null : name(before))
          if (state.poisoned !== null) emit(inner, when(state.poisoned, inner.poison()))
          return
        }
        const at =
          inner.mode === "slow"
            ? concat(concat(rowsPointer(inner), string("/")), counted(inner, collector))
            : inner.place.pointer
        if (!element.spread) {
          const placed: Flow = { ...inner, place: { ...inner.place, pointer: at, under: null } }
          push(placed, collector, evaluate(placed, element.value, "element"))
          return
        }
        spread(inner, collector, element.value)
      }
      const body = branch({ ...outer, poison: onPoison }, inner => {
        if (element.when === null) write(inner)
        else {
          const wanted = evaluateValue(inner, element.when, "wanted")
          if (wanted !== null) emit(inner, when(wanted.js, branch(inner, write)))
        }
      })
      if (outer.mode === "slow") emit(outer, { kind: "block", label, body, at: element.value.at })
      else emit(outer, ...body)
    }
  })
  if (poisons > 0) emit(flow, variable(poisoned, named("boolean"), no))
  emit(flow, ...statements)
  return collected(
    flow,
    collector,
    { absent: null, poisoned: poisons > 0 ? name(poisoned) : null },
    node.type,
  )
}

/** The elements of a list already made. */
function spread(flow: Flow, collector: Collector, node: PlanExpression): void {
  const source = evaluateValue(flow, node, "elements")
  if (source === null || source.type.kind !== "list") return
  const of = source.type.of
  const rows = atom(flow, source.js, "elements")
  const wires = source.wire === null ? null : atom(flow, source.wire, "elementsWire")
  const at = flow.names.fresh("i")
  const body = branch(flow, inner => {
    const value = inner.names.fresh("element")
    emit(inner, constant(value, cast(index(rows, name(at)), insideType(inner, of))))
    const wireType = wireTypeOf(inner, of)
    push(
      inner,
      collector,
      valueOf(name(value), of, {
        wire: wires === null || wireType === null ? null : cast(index(wires, name(at)), wireType),
      }),
    )
  })
  emit(flow, { kind: "loop", label: null, index: at, limit: member(rows, "length"), body, at: null })
}

/** The list a step makes, in both forms. */
interface Collector {
  readonly values: string
  readonly wires: string | null
  readonly count: string | null
  readonly element: ValueType
}

function openCollector(flow: Flow, type: ValueType, hint: string): Collector {
  if (type.kind !== "list") throw new BrokenPlan("A list was promised.")
  const element = insideType(flow, type.of)
  const wire = wireTypeOf(flow, type.of)
  const values = flow.names.fresh(hint)
  const wires = wire === null ? null : flow.names.fresh(`${hint}Wire`)
  const count = flow.mode === "slow" ? flow.names.fresh("count") : null
  emit(flow, constant(values, array([]), null, list(element, false)))
  if (wires !== null && wire !== null) emit(flow, constant(wires, array([]), null, list(wire, false)))
  if (count !== null) emit(flow, variable(count, named("number"), number(0)))
  return { values, wires, count, element: type.of }
}

/** Poison where the enclosing value is; the operand otherwise. */
function collected(flow: Flow, collector: Collector, state: Loops, type: ValueType): Operand {
  if (state.poisoned !== null) emit(flow, when(state.poisoned, flow.poison()))
  const wire = collector.wires === null ? null : name(collector.wires)
  const values: Js = soleForm(flow, collector) && wire !== null ? wire : name(collector.values)
  if (state.absent === null) return valueOf(values, type, { wire })
  const id = flow.names.fresh(collector.values)
  emit(flow, constant(id, { kind: "conditional", test: state.absent, then: nothing, otherwise: values }))
  return valueOf(name(id), type, { missing: true, wire })
}

/** Fast, and nobody reads a member of the rows: the wire form is the only one. */
function soleForm(flow: Flow, collector: Collector): boolean {
  if (flow.mode === "slow" || collector.wires === null) return false
  const type = insideType(flow, collector.element)
  return type.kind === "shape" && type.members.length === 0
}

function push(flow: Flow, collector: Collector, operand: Operand): void {
  const value = operand.kind === "record" ? materialised(flow, operand) : operand
  if (value.kind !== "value") return
  const scaled = collector.element.kind === "number" ? widened(flow, value, collector.element.scale) : value
  const sure = settled(flow, scaled)
  if (sure.kind !== "value") return
  if (!soleForm(flow, collector)) emit(flow, run(invoke(name(collector.values), "push", sure.js)))
  if (collector.wires !== null) {
    const wire = value.wire
    if (wire === null) {
      const whole = wireOf(flow, { ...value, poison: false }, wholeRecord(collector.element))
      emit(
        flow,
        flow.mode === "slow"
          ? when(not(invoke(name("report"), "stopped")), [run(invoke(name(collector.wires), "push", whole))])
          : run(invoke(name(collector.wires), "push", whole)),
      )
    } else if (flow.mode === "slow") {
      emit(
        flow,
        when(not(invoke(name("report"), "stopped")), [run(invoke(name(collector.wires), "push", wire))]),
      )
    } else emit(flow, run(invoke(name(collector.wires), "push", wire)))
  }
  if (collector.count !== null) emit(flow, add(name(collector.count), number(1)))
}

function wholeRecord(type: ValueType): Parameters<typeof wireOf>[2] {
  if (type.kind !== "record") throw new BrokenPlan("Only records are passed on whole.")
  return { kind: "record", shape: type.shape, arguments: [] }
}

function counted(flow: Flow, collector: Collector): Js {
  if (collector.count !== null) return name(collector.count)
  return member(
    name(soleForm(flow, collector) && collector.wires !== null ? collector.wires : collector.values),
    "length",
  )
}

/** What the pointers of rows begin with. */
function rowsPointer({ place }: Flow): Js {
  return place.under == null ? place.pointer : pointerTo(place.pointer, place.under)
}
