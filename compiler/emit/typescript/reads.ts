// Reading payload: what a binding names of a record, each field once, checked where it is read. Flows in: a payload object
// in a local. Flows out: locals, one a field. Fast: any doubt gives the record up. Slow: the runtime's readers report.
import type { PlanField, PlanRead, PlanShape, UnitSource, VariableId } from "../../plan/index.ts"
import { BrokenPlan } from "./context.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  giveUp,
  insideType,
  type Operand,
  type Place,
  pointerTo,
  poisonType,
  type RecordOperand,
  valueOf,
} from "./flow.ts"
import {
  assign,
  binary,
  conditional,
  constant,
  data,
  name,
  named,
  not,
  nothing,
  run,
  string,
  union,
  variable,
  when,
} from "./javascript/build.ts"
import type { Js } from "./javascript/nodes.ts"
import { readQuick } from "./read-quick.ts"
import { placed, readSlow } from "./read-slow.ts"
import { computed, leaveUnless } from "./steps.ts"

export interface Reading {
  readonly shape: PlanShape
  /** Null: every field, whole. */
  readonly reads: readonly PlanRead[] | null
  /** Null: every rule. */
  readonly rules: readonly number[] | null
  /** The shape's parameters. */
  readonly unit: (parameter: string) => Operand | null
}
export type UnitReader = (source: UnitSource) => Operand | null

/** What every member is read from: the object, or, of a union, the object and which record it is. */
export interface Container {
  readonly js: Js
  readonly missing: boolean
  readonly kind: Js | null
}

/** `container`: a local holding the payload object, undefined when `missing`, poison when it is none (slow). */
export function readRecord(flow: Flow, payload: Js, missing: boolean, reading: Reading): RecordOperand {
  const { shape } = reading
  const kind = shape.union === null ? null : readKindOf(flow, payload, missing, shape)
  // Where nobody can tell the kind there is no record.
  const container =
    kind !== null && flow.mode === "slow"
      ? atom(flow, flow.module.call("knownKind", payload, kind), "union")
      : payload
  const from: Container = { js: container, missing, kind }
  const fields = flow.module.index.fields(shape.id)
  const reads = new Map((reading.reads ?? shape.fields.map(whole)).map(read => [read.field, read]))
  const members = new Map<string, Operand>()
  const busy = new Set<string>()
  let sealed = false
  const memberOf = (id: string): Operand => {
    const known = members.get(id)
    if (known !== undefined) return known
    if (sealed || busy.has(id))
      throw new BrokenPlan(`${shape.id}: ${JSON.stringify(id)} is not read, or needs itself.`)
    busy.add(id)
    const field = fields.get(id)
    const operand =
      field === undefined
        ? derive(id)
        : readField(flow, from, field, reads.get(id) ?? whole(field), unit, shape)
    members.set(id, operand)
    return operand
  }
  const unit: UnitReader = source => {
    switch (source.kind) {
      case "constant":
        return valueOf(string(source.code), { kind: "text" })
      case "parameter":
        return reading.unit(source.name)
      case "field":
        return source.path.reduce<Operand | null>(
          (of, key, depth) => (depth === 0 ? memberOf(key) : of?.kind === "record" ? of.members(key) : null),
          null,
        )
    }
  }
  const operand: RecordOperand = {
    kind: "record",
    shape: shape.id,
    members: memberOf,
    get names() {
      return [...members.keys()]
    },
    container,
    missing,
  }
  const ruleFlow = (key: string): Flow => ({
    ...flow,
    variables: new Map<VariableId, Operand>([[0, { ...operand, missing: false, container: null }]]),
    declared: shape.variables,
    place: key === "" ? flow.place : { ...flow.place, pointer: pointerTo(flow.place.pointer, key) },
  })
  const derive = (id: string): Operand => {
    const rule = shape.rules.find(candidate => candidate.kind === "derive" && candidate.name === id)
    if (rule?.kind !== "derive") throw new BrokenPlan(`${shape.id} has no member ${JSON.stringify(id)}.`)
    if (missing)
      return whereThere(flow, container, rule.value, id, inner =>
        computed({ ...inner, ...ruleParts(id) }, rule.value, id, rule.at),
      )
    return computed(ruleFlow(id), rule.value, id, rule.at)
  }
  const ruleParts = (id: string): Pick<Flow, "variables" | "declared" | "place"> => {
    const { variables, declared, place } = ruleFlow(id)
    return { variables, declared, place }
  }
  for (const field of shape.fields) if (reads.has(field.name)) memberOf(field.name)
  if (shape.contract?.closed === true) refuseOthers(flow, container, missing, shape)
  for (const [position, rule] of shape.rules.entries()) {
    if (reading.rules !== null && !reading.rules.includes(position)) continue
    if (rule.kind === "derive") memberOf(rule.name)
    else {
      const check = (inner: Flow): void =>
        leaveUnless(
          { ...inner, ...ruleParts("") },
          rule.condition,
          rule.exit,
          rule.at,
          ruleFlow(rule.field === null ? "" : (fields.get(rule.field)?.wireName ?? "")),
        )
      if (missing) emit(flow, when(binary("!==", container, nothing), branch(flow, check)))
      else check(flow)
    }
  }
  sealed = true
  return operand
}

/** Fast: a kind nobody can tell gives the record up. */
function readKindOf(flow: Flow, payload: Js, missing: boolean, shape: PlanShape): Js {
  const { module } = flow
  const spec = module.constant(shape.union, "KINDS", "UnionSpec")
  const id = flow.names.fresh("kind")
  if (flow.mode === "slow") {
    emit(
      flow,
      constant(id, module.call("readKind", name("report"), payload, spec, ...placed(flow, shape.at))),
    )
    return name(id)
  }
  const kind = module.call("kindFast", payload, spec)
  emit(flow, constant(id, missing ? conditional(binary("===", payload, nothing), nothing, kind) : kind))
  const unknown = binary("===", name(id), nothing)
  emit(flow, when(missing ? binary("&&", binary("!==", payload, nothing), unknown) : unknown, [giveUp]))
  return name(id)
}

function whole(field: PlanField): PlanRead {
  return { field: field.name, members: null, elements: false }
}

/** A derived value of a record that may be missing. */
function whereThere(
  flow: Flow,
  container: Js,
  node: { readonly type: Parameters<typeof insideType>[1] },
  hint: string,
  compute: (inner: Flow) => Operand,
): Operand {
  const slot = flow.names.fresh(hint)
  let operand: Operand = { kind: "never" }
  const body = branch(flow, inner => {
    operand = compute(inner)
    if (operand.kind === "value") emit(inner, assign(name(slot), operand.js))
  })
  const value = operand as Operand
  const poison = value.kind === "value" && value.poison
  const types = [insideType(flow, node.type), named("undefined")]
  if (poison) types.push(poisonType(flow))
  emit(flow, variable(slot, union(...types), nothing))
  emit(flow, when(binary("!==", container, nothing), body))
  return valueOf(name(slot), node.type, { missing: true, poison })
}

function refuseOthers(flow: Flow, container: Js, missing: boolean, shape: PlanShape): void {
  const known = flow.module.constant(
    shape.fields.map(field => field.wireName),
    "FIELDS",
    null,
  )
  if (flow.mode === "slow") {
    const { root, pointer, masked } = flow.place
    emit(
      flow,
      run(
        flow.module.call(
          "refuseUnknown",
          name("report"),
          container,
          known,
          string(root),
          pointer,
          data(masked),
          flow.module.position(shape.at),
        ),
      ),
    )
    return
  }
  const unknown = not(flow.module.call("onlyKnown", container, known))
  emit(flow, when(missing ? binary("&&", binary("!==", container, nothing), unknown) : unknown, [giveUp]))
}

/** What the target computes itself is not sent to it, and what may only be written never comes back. */
function mayBeAbsent(field: PlanField, shape: PlanShape): boolean {
  const direction = shape.contract?.direction
  return (
    field.optional || (field.computed && direction === "writes") || (field.writeOnly && direction === "reads")
  )
}

function readField(
  outer: Flow,
  from: Container,
  field: PlanField,
  read: PlanRead,
  unit: UnitReader,
  shape: PlanShape,
): Operand {
  const place: Place = {
    root: outer.place.root,
    pointer: from.kind === null ? pointerTo(outer.place.pointer, field.wireName) : outer.place.pointer,
    masked: outer.place.masked || field.pii || field.confidential,
  }
  const flow: Flow = { ...outer, place }
  const optional = mayBeAbsent(field, shape)
  return flow.mode === "slow"
    ? readSlow(flow, from, field, read, unit, optional)
    : readQuick(flow, from, field, read, unit, optional)
}
