// One map: the exported function, its fast way and its slow way. The fast one answers for nearly every record; where it gives
// up, the slow one starts again from the input and says why, or does what needs more digits.
import type { PlanMap, VariableId } from "../../plan/index.ts"
import { type Module, promised } from "./context.ts"
import {
  branch,
  emit,
  type Flow,
  giveUp,
  insideType,
  type Mode,
  type Operand,
  type Place,
  poisonType,
  valueOf,
  valueTypeOf,
} from "./flow.ts"
import { referenceMembers } from "./interfaces.ts"
import {
  array,
  assign,
  binary,
  call,
  cast,
  comment,
  constant,
  give,
  invoke,
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
import type { Js, JsDeclaration, JsParameter, TsType } from "./javascript/nodes.ts"
import { readValue } from "./read-value.ts"
import { readRecord } from "./reads.ts"
import { recordForms, runSteps } from "./records.ts"
import { textOf } from "./text.ts"
import { type Used, usedByMap } from "./used-members.ts"

export interface MapNames {
  readonly run: string
  readonly input: string
  readonly reference: string | null
}

export function mapFunctions(
  module: Module,
  map: PlanMap,
  names: MapNames,
  expose: boolean,
): readonly JsDeclaration[] {
  const target = module.shapeType(map.target.shape)
  const result: TsType = { kind: "named", name: typeName(module, "Result"), arguments: [target] }
  const parameters: JsParameter[] = [{ name: "input", type: named(names.input) }]
  if (names.reference !== null) parameters.push({ name: "reference", type: named(names.reference) })
  const values = parameters.map(parameter => name(parameter.name))
  const used = usedByMap(module.index, map)
  const fast = build(module, map, "fast", used)
  const slow = build(module, map, "slow", used)
  const fastName = module.names.fresh(`fast${capital(names.run)}`)
  const slowName = module.names.fresh(`slow${capital(names.run)}`)
  const head = { kind: "function", docs: "", parameters, at: map.at } as const
  const declarations: JsDeclaration[] = []
  const body =
    fast.unsupported.length > 0
      ? [give(call(slowName, ...values))]
      : [
          constant("done", call(fastName, ...values)),
          give({
            kind: "conditional",
            test: binary("===", name("done"), nothing),
            then: call(slowName, ...values),
            otherwise: name("done"),
          }),
        ]
  const per = map.per === null ? [] : [`Per ${map.per}.`]
  const docs = [
    map.docs,
    `${map.name} ${map.version}. Never throws for a payload: every issue of the record is in the result.`,
    ...per,
  ]
    .filter(text => text !== "")
    .join("\n\n")
  declarations.push({ ...head, name: names.run, docs, exported: true, returns: result, body })
  if (fast.unsupported.length === 0) {
    declarations.push({
      ...head,
      name: fastName,
      exported: expose,
      returns: union(result, named("undefined")),
      body: [comment("Exact in scaled safe integers; undefined: the slow way must look."), ...fast.out],
    })
  }
  declarations.push({
    ...head,
    name: slowName,
    exported: expose,
    returns: result,
    body: [
      comment(
        fast.unsupported.length > 0
          ? `Any number of digits, every issue. No fast way: ${[...new Set(fast.unsupported)].join(", ")}.`
          : "Any number of digits, every issue of the record.",
      ),
      ...slow.out,
    ],
  })
  return declarations
}

export function typeName(module: Module, id: string): string {
  const type = module.runtimeType(id)
  return type.kind === "named" ? type.name : id
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function newFlow(
  module: Module,
  mode: Mode,
  root: string,
  declared: Flow["declared"],
  used: Used,
): Flow {
  const names = module.names.inner()
  for (const id of ["input", "reference", "report", "done", "payload"]) names.fresh(id)
  const place: Place = { root, pointer: string(""), masked: false }
  return {
    module,
    mode,
    names,
    declared,
    place,
    used,
    reference: false,
    variables: new Map<VariableId, Operand>(),
    out: [],
    poison: () => [giveUp],
    skip: null,
    failure: null,
    units: new Map(),
    unsupported: [],
  }
}

function build(module: Module, map: PlanMap, mode: Mode, used: Used): Flow {
  const flow = { ...newFlow(module, mode, map.target.name, map.variables, used), reference: true }
  const pinned = snapshots(module, map)
  if (mode === "slow") emit(flow, constant("report", module.call("createReport", ...pinned)))
  for (const source of map.sources) bindSource(flow, source, inputMember(flow, source.name))
  for (const given of map.givens) bindGiven(flow, given)
  runSteps(flow, map.body, map.target.shape)
  if (mode === "slow")
    emit(
      flow,
      when(invoke(name("report"), "stopped"), [
        give(
          invoke(
            name("report"),
            "result",
            cast(nothing, union(module.shapeType(map.target.shape), named("undefined"))),
          ),
        ),
      ]),
    )
  const record = recordForms(flow, map.body, map.target.shape, map.target.name, true)
  const key = keyOf(flow, map)
  if (mode === "slow") {
    emit(flow, give(invoke(name("report"), "result", record.wire ?? nothing, key)))
  } else {
    const value = flow.names.fresh("value")
    emit(flow, constant(value, record.wire ?? nothing, null, module.shapeType(map.target.shape)))
    emit(
      flow,
      give(
        object(
          [
            { key: "status", value: string("done"), at: null },
            { key: "value", value: name(value), at: null },
            { key: "key", value: key, at: null },
            { key: "notes", value: array([]), at: null },
            ...pinned.map(value => ({ key: "reference", value, at: null })),
          ],
          false,
        ),
      ),
    )
  }
  return flow
}

/** `{ CustomerByAccount: reference.CustomerByAccount.snapshot }`: which data answers; nothing for a map that is handed none. */
export function snapshots(module: Module, map: PlanMap): readonly Js[] {
  const members = referenceMembers(module, map)
  if (members.length === 0) return []
  return [
    object(
      members.map(key => ({ key, value: member(member(name("reference"), key), "snapshot"), at: null })),
      false,
    ),
  ]
}

/** `raw`: the payload as it was handed in. */
export function bindSource(flow: Flow, source: PlanMap["sources"][number], raw: Js): void {
  const { module } = flow
  const shape = module.index.shape(source.binding.shape)
  const place: Place = { root: source.name, pointer: string(""), masked: false }
  const inner: Flow = { ...flow, place }
  emit(flow, comment(`from ${source.name}  ${module.index.position(source.at)}`))
  const id = flow.names.fresh(source.name)
  if (flow.mode === "slow")
    emit(
      flow,
      constant(
        id,
        module.call("readSource", name("report"), raw, string(source.name), module.position(source.at)),
        source.at,
      ),
    )
  else {
    emit(flow, constant(id, raw, source.at, named("unknown")))
    emit(flow, when(not(module.call("isPayloadObject", name(id))), [giveUp]))
  }
  const units = source.binding.arguments.map(argument =>
    argument.kind === "literal" ? valueOf(string(String(argument.value)), { kind: "text" }) : null,
  )
  flow.variables.set(
    source.variable,
    readRecord(inner, name(id), false, {
      shape,
      reads: source.binding.reads,
      rules: source.binding.rules,
      unit: parameter => units[shape.parameters.indexOf(parameter)] ?? null,
    }),
  )
}

export function inputMember(flow: Flow, key: string): Js {
  return key in Object.prototype
    ? flow.module.call("ownInput", name("input"), string(key))
    : member(name("input"), key)
}

export function bindGiven(flow: Flow, given: PlanMap["givens"][number]): void {
  const { module } = flow
  emit(flow, comment(`given ${given.name}  ${module.index.position(given.at)}`))
  const raw = flow.names.fresh(`${given.name}Raw`)
  emit(flow, constant(raw, inputMember(flow, given.name), given.at, named("unknown")))
  const place: Place = { root: given.name, pointer: string(""), masked: false }
  const absent = binary("||", binary("===", name(raw), nothing), binary("===", name(raw), nil))
  const type = valueTypeOf(given.type)
  const slot = flow.names.fresh(given.name)
  let operand: Operand = { kind: "never" }
  const body = branch({ ...flow, place }, inner => {
    operand = readValue(inner, name(raw), given.type, given.at, () => null, given.name)
    if (operand.kind === "value") emit(inner, assign(name(slot), operand.js))
  })
  const slow = flow.mode === "slow"
  const types: TsType[] = [insideType(flow, type)]
  if (given.optional) types.push(named("undefined"))
  if (slow) types.push(poisonType(flow))
  const read = operand as Operand
  const bound = read.kind === "value" ? { bound: read.bound } : {}
  if (given.optional) {
    emit(flow, variable(slot, union(...types), nothing))
    emit(flow, when(not(absent), body))
  } else if (slow) {
    emit(flow, variable(slot, union(...types), name(module.runtime("poison"))))
    emit(
      flow,
      when(
        absent,
        [
          {
            kind: "run",
            value: module.call(
              "refuseMissing",
              name("report"),
              string(given.name),
              module.position(given.at),
            ),
            at: null,
          },
        ],
        body,
      ),
    )
  } else {
    emit(flow, when(absent, [giveUp]))
    emit(flow, variable(slot, union(...types)))
    emit(flow, ...body)
  }
  flow.variables.set(
    given.variable,
    valueOf(name(slot), type, { missing: given.optional, poison: slow, ...bound }),
  )
}

/** The idempotency key: canonical text of its field. */
export function keyOf(flow: Flow, map: PlanMap): Js {
  if (map.key === null) return nothing
  const { field } = map.key
  const entry = promised(
    map.body.fields.find(candidate => candidate.field === field),
    field,
  )
  const operand = flow.variables.get(entry.variable)
  if (operand?.kind !== "value") return nothing
  const js = operand.poison || operand.missing ? cast(operand.js, insideType(flow, operand.type)) : operand.js
  const text = textOf(flow, { ...operand, js, poison: false, missing: false })
  return operand.missing
    ? { kind: "conditional", test: binary("===", operand.js, nothing), then: nothing, otherwise: text }
    : text
}
