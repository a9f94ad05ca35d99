// A map over a set of rows: one function that begins a run, one that runs a whole set, and the two ways to read a row. What stays
// the same for the run is read once, outside of the function of the row. Counting and collecting are the runtime's.
import type { PlanMap } from "../../plan/index.ts"
import { controlInputs, setSpec } from "../../plan/set-spec.ts"
import { type Module, promised } from "./context.ts"
import { evaluate } from "./expression.ts"
import { branch, emit, type Flow, insideType, type Mode, settled } from "./flow.ts"
import {
  array,
  assign,
  cast,
  comment,
  constant,
  give,
  invoke,
  leave,
  member,
  name,
  named,
  nil,
  not,
  nothing,
  object,
  string,
  union,
  variable,
  when,
} from "./javascript/build.ts"
import type { Js, JsDeclaration, JsParameter, JsStatement, TsType } from "./javascript/nodes.ts"
import {
  bindGiven,
  bindSource,
  capital,
  inputMember,
  keyOf,
  type MapNames,
  newFlow,
  snapshots,
  typeName,
} from "./map-functions.ts"
import { recordForms, runSteps, unpoisoned } from "./records.ts"
import { setIndexes } from "./set-index.ts"
import { type Used, usedByMap } from "./used-members.ts"
import { writtenField } from "./writes.ts"

export interface SetNames extends MapNames {
  readonly create: string
}

export function setFunctions(module: Module, map: PlanMap, names: SetNames): readonly JsDeclaration[] {
  const { set } = map
  const spec = setSpec(map, module.index.shape(map.target.shape), module.index.position)
  if (set === null || spec === null) return []
  const target = module.shapeType(map.target.shape)
  const of = (type: string): TsType => ({
    kind: "named",
    name: typeName(module, type),
    arguments: [target],
  })
  const rest: TsType = {
    kind: "named",
    name: "Omit",
    arguments: [named(names.input), { kind: "literal", value: set.each }],
  }
  const withReference = (first: TsType): JsParameter[] => [
    { name: "input", type: first },
    ...(names.reference === null ? [] : [{ name: "reference", type: named(names.reference) }]),
  ]
  const values = withReference(rest).map(parameter => name(parameter.name))
  const used = usedByMap(module.index, map)
  const fast = build(module, map, "fast", used)
  const slow = build(module, map, "slow", used)
  const isFast = fast.unsupported.length === 0
  const fastName = module.names.fresh(`fast${capital(names.run)}`)
  const slowName = module.names.fresh(`slow${capital(names.run)}`)
  const head = { kind: "function", at: map.at } as const
  const constantSpec = module.constant(spec, `${map.name}Set`, "SetSpec")
  const docs = [
    map.docs,
    `${map.name} ${map.version}, a row at a time: \`row\` for each, then \`end\`. Never throws for a payload.`,
    ...(map.per === null ? [] : [`Per ${map.per}.`]),
  ]
  return [
    {
      ...head,
      name: names.create,
      docs: docs.filter(text => text !== "").join("\n\n"),
      exported: true,
      parameters: withReference(rest),
      returns: of("SetRun"),
      body: [
        give(
          module.call(
            "createSetRun",
            constantSpec,
            isFast ? { kind: "call", callee: name(fastName), arguments: values } : nothing,
            { kind: "call", callee: name(slowName), arguments: values },
            ...snapshots(module, map),
          ),
        ),
      ],
    },
    {
      ...head,
      name: names.run,
      docs: `${map.name} over a whole set at once, with everything that became of its rows.`,
      exported: true,
      parameters: withReference(named(names.input)),
      returns: of("SetEnd"),
      body: [
        give(
          module.call(
            "runRows",
            { kind: "call", callee: name(names.create), arguments: values },
            rowsOf(module, set.each),
          ),
        ),
      ],
    },
    ...(isFast
      ? [
          {
            ...head,
            name: fastName,
            docs: "",
            exported: false,
            parameters: withReference(rest),
            returns: union(of("FastReader"), named("undefined")),
            body: [comment("Exact in scaled safe integers; undefined: the slow way must look."), ...fast.out],
          } as const,
        ]
      : []),
    {
      ...head,
      name: slowName,
      docs: "",
      exported: false,
      parameters: withReference(rest),
      returns: of("RowReader"),
      body: [
        comment(
          isFast
            ? "Any number of digits, every issue of a row."
            : `Any number of digits, every issue. No fast way: ${[...new Set(fast.unsupported)].join(", ")}.`,
        ),
        ...slow.out,
      ],
    },
  ]
}

/** What is walked: anything that gives rows; a payload that gives none has none. */
function rowsOf(module: Module, each: string): Js {
  return each in Object.prototype
    ? cast(module.call("ownInput", name("input"), string(each)), named("Iterable", named("unknown")))
    : member(name("input"), each)
}

function build(module: Module, map: PlanMap, mode: Mode, used: Used): Flow {
  const { set } = map
  const flow: Flow = { ...newFlow(module, mode, map.target.name, map.variables, used), reference: true }
  if (mode === "slow") emit(flow, constant("report", module.call("createReport")))
  for (const source of map.sources)
    if (source.name !== set?.each) bindSource(flow, source, inputMember(flow, source.name))
  for (const list of set?.sets ?? []) bindGiven(flow, { ...list, optional: false })
  for (const given of map.givens) bindGiven(flow, given)
  const reader = (inputs: readonly Js[], read: Js): JsStatement =>
    give(
      object(
        [
          { key: "issues", value: invoke(name("report"), "issues"), at: null },
          { key: "inputs", value: array(inputs), at: null },
          { key: "read", value: read, at: null },
        ],
        false,
      ),
    )
  if (mode === "slow") emit(flow, when(invoke(name("report"), "stopped"), [reader([], nil)]))
  const inputs = mode === "slow" ? inputsOf({ ...flow, poison: () => [reader([], nil)] }, map) : []
  const id = flow.names.fresh("row")
  const type: TsType = {
    kind: "named",
    name: typeName(module, "RowRead"),
    arguments: [module.shapeType(map.target.shape)],
  }
  const body = branch({ ...flow, indexes: setIndexes(flow, map) }, inner => readRow(inner, map))
  emit(flow, {
    kind: "inner",
    name: id,
    parameters: [{ name: "payload", type: named("unknown") }],
    returns: mode === "fast" ? union(type, named("undefined")) : type,
    body,
    at: map.at,
  })
  emit(flow, mode === "fast" ? give(name(id)) : reader(inputs, name(id)))
  return flow
}

/** What controls compare with, after all inputs were read. */
function inputsOf(flow: Flow, map: PlanMap): readonly Js[] {
  const values = map.set === null ? [] : controlInputs(map.set)
  return values.map(value => {
    const operand = evaluate(flow, value, "input")
    if (operand.kind !== "value") return nothing
    // Whatever stops an input has ended the run before.
    return operand.poison || operand.missing ? cast(operand.js, insideType(flow, operand.type)) : operand.js
  })
}

function readRow(outer: Flow, map: PlanMap): void {
  const { module, mode } = outer
  if (mode === "slow") emit(outer, constant("report", module.call("createReport")))
  const walked = promised(
    map.sources.find(({ name: one }) => one === map.set?.each),
    "the source that is walked",
  )
  bindSource(outer, walked, name("payload"))
  const figures = figuresOf(outer, map)
  const flow: Flow = {
    ...outer,
    skip: () => [give(module.call("droppedRow", name("report"), figures))],
  }
  runSteps(flow, map.body, map.target.shape)
  const target = module.shapeType(map.target.shape)
  const keys = mode === "slow" ? keysOf(flow, map) : name(module.runtime("nothingRead"))
  const read = (result: Js): JsStatement =>
    give(
      object(
        [
          { key: "result", value: result, at: null },
          { key: "figures", value: figures, at: null },
          { key: "keys", value: keys, at: null },
        ],
        false,
      ),
    )
  if (mode === "slow") {
    const none = cast(nothing, union(target, named("undefined")))
    emit(flow, when(invoke(name("report"), "stopped"), [read(invoke(name("report"), "result", none))]))
  }
  const record = recordForms(flow, map.body, map.target.shape, map.target.name, true)
  const key = keyOf(flow, map)
  if (mode === "slow") {
    emit(flow, read(invoke(name("report"), "result", record.wire ?? nothing, key)))
    return
  }
  const value = flow.names.fresh("value")
  emit(flow, constant(value, record.wire ?? nothing, null, target))
  const done = object(
    [
      { key: "status", value: string("done"), at: null },
      { key: "value", value: name(value), at: null },
      { key: "key", value: key, at: null },
      { key: "notes", value: array([]), at: null },
    ],
    false,
  )
  emit(flow, read(done))
}

/** A local with the figures of the row. Slow: null for what cannot be known. */
function figuresOf(flow: Flow, map: PlanMap): Js {
  const figures = map.set?.figures ?? []
  if (figures.length === 0) return name(flow.module.runtime("nothingRead"))
  const id = flow.names.fresh("figures")
  const items = figures.map(({ path, value }) => {
    const hint = path.split(".").at(-1) ?? "figure"
    if (flow.mode === "fast") {
      const operand = evaluate(flow, value, hint)
      return operand.kind === "value" ? operand.js : nothing
    }
    const slot = flow.names.fresh(`${hint}Figure`)
    const label = flow.names.fresh(`${hint}Step`)
    let poisons = 0
    const inner = branch({ ...flow, poison: () => (poisons++, [leave(label)]) }, deeper => {
      const operand = settled(deeper, evaluate(deeper, value, hint), hint)
      if (operand.kind === "value") emit(deeper, assign(name(slot), operand.js))
    })
    emit(
      flow,
      variable(slot, union(insideType(flow, value.type), named("undefined"), named("null")), nil),
      ...(poisons === 0 ? inner : [{ kind: "block", label, body: inner, at: value.at } as const]),
    )
    return name(slot)
  })
  emit(flow, constant(id, array(items)))
  return name(id)
}

/** Of a row that was stopped: the group it may belong to, as far as it is known. */
function keysOf(flow: Flow, map: PlanMap): Js {
  const keys = map.set?.collect?.keys ?? []
  if (keys.length === 0) return name(flow.module.runtime("nothingRead"))
  const fields = flow.module.index.fields(map.target.shape)
  const items = keys.map(key => {
    const field = promised(fields.get(key), key)
    const entry = promised(
      map.body.fields.find(({ field: of }) => of === key),
      key,
    )
    const operand = flow.variables.get(entry.variable)
    if (operand?.kind !== "value") return nothing
    const slot = flow.names.fresh(`${key}Key`)
    const written = branch(flow, inner => {
      const wire = writtenField(inner, unpoisoned(inner, operand), field.type, () => null, key)
      emit(inner, assign(name(slot), wire))
    })
    emit(flow, variable(slot, named("unknown"), nothing))
    const known = not(flow.module.call("isPoison", operand.js))
    emit(flow, ...(operand.poison ? [when(known, written)] : written))
    return name(slot)
  })
  return array(items)
}
