// Calendars in emitted modules: the spec of one with files (they are reference data), the calendar itself where its declaration says all;
// and the questions maps put to them.
import { calendarSpec } from "../../lower/calendars.ts"
import { needsFile } from "../../plan/calendar-needs.ts"
import type { PlanCalendar, PlanExpression, WireType } from "../../plan/index.ts"
import { BrokenPlan, type Module, promised } from "./context.ts"
import { evaluateValue } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  giveUp,
  integer,
  LARGEST,
  type Operand,
  settled,
  valueOf,
} from "./flow.ts"
import {
  assign,
  bigint,
  binary,
  call,
  cast,
  constant,
  data,
  invoke,
  member,
  name,
  named,
  nothing,
  string,
  union,
  variable,
  when,
} from "./javascript/build.ts"
import type { Js, JsDeclaration } from "./javascript/nodes.ts"

type Asked = Extract<PlanExpression, { kind: "calendar" }>

export function calendarDeclarations(module: Module, calendar: PlanCalendar): readonly JsDeclaration[] {
  const { spec, table } = promised(module.exports.calendars.get(calendar.id), calendar.id)
  const head = { kind: "value", docs: calendar.docs, exported: true, at: calendar.at } as const
  const plain = data(calendarSpec(calendar))
  const hasFile = calendar.periods !== null || calendar.status !== null || calendar.holidays !== null
  const specDeclaration: JsDeclaration = {
    ...head,
    name: spec,
    type: module.runtimeType("CalendarSpec"),
    value: plain,
  }
  if (calendar.rules === null ? calendar.holidays !== null : calendar.rules.kind === "file")
    return [specDeclaration]
  return [
    ...(hasFile ? [specDeclaration] : []),
    {
      ...head,
      name: table,
      type: module.runtimeType("Calendar"),
      value: module.call("computedCalendar", hasFile ? name(spec) : plain),
    },
  ]
}

/** The calendar a period at the door belongs to; none where its periods stand in a file and no reference data is at hand. */
export function doorCalendar(flow: Flow, type: WireType): readonly Js[] {
  if (type.kind !== "period") return []
  const { periods } = flow.module.index.calendar(type.calendar)
  if (periods === null) return [name(flow.module.calendar(type.calendar))]
  return flow.reference ? [member(name("reference"), type.calendar)] : []
}

export function askCalendar(flow: Flow, node: Asked): Operand {
  const values: Js[] = []
  for (const argument of node.arguments) {
    const value = evaluateValue(flow, argument, "argument")
    if (value === null) return { kind: "never" }
    if (value.type.kind !== "number" || flow.mode === "slow") values.push(value.js)
    else if (value.js.kind === "number") values.push(bigint(BigInt(value.js.value)))
    else values.push(call("BigInt", value.js))
  }
  const declared = flow.module.index.calendar(node.calendar)
  const fromFile = needsFile(node.operation, declared)
  if (fromFile && !flow.reference) throw new BrokenPlan("A contract asks for reference data.")
  const calendar = fromFile
    ? member(name("reference"), node.calendar)
    : name(flow.module.calendar(node.calendar))
  const id = flow.names.fresh(node.operation.replace(/_(?:of|at)$/, ""))
  const asked = invoke(name(flow.module.runtime("calendarRuns")), node.operation, calendar, ...values)
  // Whether a period can be written by a pattern is known when it is compiled; TypeScript cannot know.
  const isCertain = node.operation === "format_period" && !node.maybe
  emit(flow, constant(id, isCertain ? cast(asked, named("string")) : asked, node.at))
  if (node.operation === "next_open_period_of") redirect(flow, node, calendar, values, name(id))
  if (node.type.kind !== "number" || flow.mode === "slow")
    return settled(flow, valueOf(name(id), node.type, { missing: node.maybe }))
  return figure(flow, name(id), node)
}

/** Another period than the date's own is used: the slow way says so. */
function redirect(flow: Flow, node: Asked, calendar: Js, values: readonly Js[], found: Js): void {
  const closed = flow.module.call("closedPeriod", calendar, ...values, found)
  if (flow.mode === "fast") {
    emit(flow, when(binary("!==", closed, nothing), [giveUp]))
    return
  }
  const { root, pointer, masked } = flow.place
  emit(flow, {
    kind: "run",
    value: flow.module.call(
      "noteRedirect",
      name("report"),
      closed,
      string(root),
      pointer,
      data(masked),
      flow.module.position(node.at),
    ),
    at: node.at,
  })
}

/** A count leaves the calendar as bigint; the fast way computes in safe integers. */
function figure(flow: Flow, exact: Js, node: Asked): Operand {
  const slot = flow.names.fresh("figure")
  const read = (inner: Flow): void => {
    emit(inner, assign(name(slot), inner.module.call("safeInteger", atom(inner, exact, "exact"))))
    emit(inner, when(binary("!==", name(slot), name(slot)), [giveUp]))
  }
  const type = node.maybe ? union(named("number"), named("undefined")) : named("number")
  emit(flow, variable(slot, type, node.maybe ? nothing : integer(flow, 0n)))
  if (node.maybe) emit(flow, when(binary("!==", exact, nothing), branch(flow, read)))
  else read(flow)
  return valueOf(name(slot), node.type, { missing: node.maybe, bound: LARGEST })
}
