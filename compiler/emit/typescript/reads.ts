// Reading payload: what a binding names of a record, each field once, checked where it is read. Flows in: a payload object
// in a local. Flows out: locals, one a field. Fast: any doubt gives the record up. Slow: the runtime's readers report.
import type {
  At,
  PlanField,
  PlanRead,
  PlanShape,
  UnitSource,
  VariableId,
  WireType,
} from "../../plan/index.ts"
import { BrokenPlan } from "./context.ts"
import { scaledLiteral } from "./expression.ts"
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
  unsupported,
  type ValueOperand,
  valueOf,
  valueTypeOf,
} from "./flow.ts"
import {
  array,
  assign,
  bigint,
  binary,
  cast,
  concat,
  conditional,
  constant,
  data,
  invoke,
  list,
  member,
  name,
  named,
  nil,
  no,
  not,
  nothing,
  number,
  run,
  string,
  union,
  variable,
  when,
  yes,
} from "./javascript/build.ts"
import type { Js, JsStatement, TsType } from "./javascript/nodes.ts"
import { readFast } from "./read-fast.ts"
import { materialised } from "./records.ts"
import { readerOf, specOf } from "./specs.ts"
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

/** `container`: a local holding the payload object, undefined when `missing`, poison when it is none (slow). */
export function readRecord(flow: Flow, container: Js, missing: boolean, reading: Reading): RecordOperand {
  const { shape } = reading
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
    const field = shape.fields.find(candidate => candidate.name === id)
    const operand =
      field === undefined
        ? derive(id)
        : readField(flow, container, missing, field, reads.get(id) ?? whole(field), unit, shape)
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
        leaveUnless({ ...inner, ...ruleParts("") }, rule.condition, rule.exit, rule.at)
      if (missing) emit(flow, when(binary("!==", container, nothing), branch(flow, check)))
      else check(flow)
    }
  }
  sealed = true
  return operand
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
  container: Js,
  missing: boolean,
  field: PlanField,
  read: PlanRead,
  unit: UnitReader,
  shape: PlanShape,
): Operand {
  const place: Place = {
    root: outer.place.root,
    pointer: pointerTo(outer.place.pointer, field.wireName),
    masked: outer.place.masked || field.pii || field.confidential,
  }
  const flow: Flow = { ...outer, place }
  const optional = mayBeAbsent(field, shape)
  return flow.mode === "slow"
    ? readSlow(flow, container, missing, field, read, unit, optional)
    : readQuick(flow, container, missing, field, read, unit, optional)
}

// The fast way.

function readQuick(
  flow: Flow,
  container: Js,
  missing: boolean,
  field: PlanField,
  read: PlanRead,
  unit: UnitReader,
  optional: boolean,
): Operand {
  const id = flow.names.fresh(field.name)
  const access =
    Object.hasOwn(Object.prototype, field.wireName) || field.wireName === "__proto__"
      ? flow.module.call("own", container, string(field.wireName))
      : member(container, field.wireName)
  emit(
    flow,
    constant(
      id,
      missing ? conditional(binary("===", container, nothing), nothing, access) : access,
      field.at,
    ),
  )
  const raw = name(id)
  const absent = binary("||", binary("===", raw, nothing), binary("===", raw, nil))
  if (field.default !== null)
    emit(flow, when(missing ? binary("&&", binary("!==", container, nothing), absent) : absent, [giveUp]))
  const mayMiss = optional || missing
  if (optional === false && missing)
    emit(flow, when(binary("&&", binary("!==", container, nothing), absent), [giveUp]))
  const type = valueTypeOf(field.type)
  if (read.elements) {
    if (field.type.kind !== "list") throw new BrokenPlan("Only lists have elements.")
    const listType = field.type
    if (!mayMiss)
      return {
        kind: "rows",
        js: rowsFast(flow, raw, listType),
        missing: false,
        poison: false,
        type: listType,
        place: flow.place,
        at: field.at,
      }
    const slot = flow.names.fresh(`${field.name}Rows`)
    emit(flow, variable(slot, union(list(named("unknown")), named("undefined"))))
    emit(
      flow,
      when(
        not(absent),
        branch(flow, inner => emit(inner, assign(name(slot), rowsFast(inner, raw, listType)))),
      ),
    )
    return {
      kind: "rows",
      js: name(slot),
      missing: true,
      poison: false,
      type: listType,
      place: flow.place,
      at: field.at,
    }
  }
  if (field.type.kind === "record") {
    const nested = flow.module.index.shape(field.type.shape)
    const units = field.type.arguments.map(unit)
    const reading: Reading = {
      shape: nested,
      reads: read.members?.reads ?? null,
      rules: read.members?.rules ?? null,
      unit: parameter => units[nested.parameters.indexOf(parameter)] ?? null,
    }
    if (!mayMiss) {
      emit(flow, when(not(flow.module.call("isPayloadObject", raw)), [giveUp]))
      return readRecord(flow, raw, false, reading)
    }
    const slot = flow.names.fresh(`${field.name}Record`)
    emit(flow, variable(slot, union(flow.module.runtimeType("PayloadObject"), named("undefined"))))
    emit(
      flow,
      when(not(absent), [
        when(not(flow.module.call("isPayloadObject", raw)), [giveUp]),
        assign(name(slot), raw),
      ]),
    )
    return readRecord(flow, name(slot), true, reading)
  }
  if (!mayMiss) return valueOfFast(flow, raw, field.type, unit, field.at, field.name)
  const slot = flow.names.fresh(field.name)
  emit(flow, variable(slot, union(insideType(flow, type), named("undefined"))))
  let value: ValueOperand | null = null
  const body = branch(flow, inner => {
    value = valueOfFast(inner, raw, field.type, unit, field.at, field.name)
    emit(inner, assign(name(slot), value.js))
  })
  emit(flow, when(not(absent), body))
  const bound = (value as ValueOperand | null)?.bound
  return valueOf(name(slot), type, bound === undefined ? { missing: true } : { missing: true, bound })
}

function rowsFast(flow: Flow, raw: Js, type: Extract<WireType, { kind: "list" }>): Js {
  if (type.wire !== "array") {
    const rows = flow.names.fresh("rows")
    emit(flow, constant(rows, flow.module.call("readList", raw, specOf(flow, type))))
    emit(flow, when(flow.module.call("isRefused", name(rows)), [giveUp]))
    return name(rows)
  }
  emit(flow, when(not(invoke(name("Array"), "isArray", raw)), [giveUp]))
  if (type.min > 0) emit(flow, when(binary("<", member(raw, "length"), number(type.min)), [giveUp]))
  if (type.max !== null) emit(flow, when(binary(">", member(raw, "length"), number(type.max)), [giveUp]))
  return cast(raw, list(named("unknown")))
}

/** A present value, whole. */
function valueOfFast(
  flow: Flow,
  raw: Js,
  type: WireType,
  unit: UnitReader,
  at: At,
  hint: string,
): ValueOperand {
  switch (type.kind) {
    case "record":
    case "list":
    case "dictionary":
      return readValue(flow, raw, type, at, unit, hint)
    default:
      return readFast(flow, raw, type, unit, hint)
  }
}

// The slow way.

function placed(flow: Flow, at: At): readonly Js[] {
  const { root, pointer, masked } = flow.place
  return [string(root), pointer, masked ? yes : no, flow.module.position(at)]
}

function readSlow(
  flow: Flow,
  container: Js,
  missing: boolean,
  field: PlanField,
  read: PlanRead,
  unit: UnitReader,
  optional: boolean,
): Operand {
  const { module } = flow
  const own = module.call("own", container, string(field.wireName))
  const mayMiss = optional || missing
  const how = optional ? "readOptional" : missing ? "readMember" : "readRequired"
  const reader = name(module.runtime(readerOf(field.type)))
  const composite =
    field.type.kind === "list" || field.type.kind === "dictionary" || field.type.kind === "record"
  const extra = minorArguments(flow, field.type, unit)
  const id = flow.names.fresh(composite ? `${field.name}Raw` : field.name)
  const type = valueTypeOf(field.type)
  if (field.default !== null) {
    const raw = atom(flow, own, `${field.name}Raw`)
    const types: TsType[] = [insideType(flow, type), poisonType(flow)]
    if (missing) types.push(named("undefined"))
    emit(flow, variable(id, union(...types)))
    const text = String(field.default)
    const fallback: Js =
      typeof field.default === "boolean"
        ? field.default
          ? yes
          : no
        : type.kind === "number"
          ? bigint(scaledLiteral(field.default, type.scale))
          : string(field.default)
    const { root, pointer } = flow.place
    emit(
      flow,
      when(
        module.call(
          "useDefault",
          name("report"),
          raw,
          string(root),
          pointer,
          module.position(field.at),
          string(text),
        ),
        [assign(name(id), fallback)],
        [
          assign(
            name(id),
            module.call(
              missing ? "readMember" : "readRequired",
              name("report"),
              raw,
              ...placed(flow, field.at),
              reader,
              specOf(flow, field.type),
              ...extra,
            ),
          ),
        ],
        field.at,
      ),
    )
    return valueOf(name(id), type, { missing, poison: true })
  }
  const reading = module.call(
    how,
    name("report"),
    own,
    ...placed(flow, field.at),
    reader,
    specOf(flow, field.type),
    ...extra,
  )
  emit(flow, constant(id, reading, field.at))
  if (read.elements && field.type.kind === "list") {
    return {
      kind: "rows",
      js: name(id),
      missing: mayMiss,
      poison: true,
      type: field.type,
      place: flow.place,
      at: field.at,
    }
  }
  if (field.type.kind === "record") {
    const nested = module.index.shape(field.type.shape)
    const units = field.type.arguments.map(unit)
    return readRecord(flow, name(id), mayMiss, {
      shape: nested,
      reads: read.members?.reads ?? null,
      rules: read.members?.rules ?? null,
      unit: parameter => units[nested.parameters.indexOf(parameter)] ?? null,
    })
  }
  if (field.type.kind === "list" || field.type.kind === "dictionary") {
    return elementsOf(flow, name(id), mayMiss, field.type, field.at, unit, field.name)
  }
  return valueOf(name(id), type, { missing: mayMiss, poison: true })
}

/** Minor units of the amount's currency, where the door needs them. */
function minorArguments(flow: Flow, type: WireType, unit: UnitReader): readonly Js[] {
  const of = unitOf(flow, type, unit)
  if (of === null) return []
  const minor = flow.module.call("minorUnitsOf", of)
  // in minor units of a currency that is poison, an amount that is there is poison too, silently
  if (of.kind === "string" || !("fitsMinor" in type) || type.wire !== "minor") return [minor]
  return [conditional(flow.module.call("isPoison", of), name(flow.module.runtime("poison")), minor)]
}

function unitOf(_flow: Flow, type: WireType, unit: UnitReader): Js | null {
  if (!("fitsMinor" in type) || type.unit === null || (type.wire !== "minor" && !type.fitsMinor)) return null
  const operand = unit(type.unit)
  return operand?.kind === "value" ? operand.js : null
}

/** A present value wherever it stands: an element, a crosswalk row, a given. Slow: may be poison. */
export function readValue(
  flow: Flow,
  raw: Js,
  type: WireType,
  at: At,
  unit: UnitReader,
  hint: string,
): ValueOperand {
  const { module } = flow
  const slow = flow.mode === "slow"
  switch (type.kind) {
    case "record": {
      const nested = module.index.shape(type.shape)
      const units = type.arguments.map(unit)
      const reading: Reading = {
        shape: nested,
        reads: null,
        rules: null,
        unit: parameter => units[nested.parameters.indexOf(parameter)] ?? null,
      }
      if (slow) {
        const id = flow.names.fresh(`${hint}Fields`)
        emit(flow, constant(id, module.call("readPresent", name("report"), raw, ...placed(flow, at))))
        return materialised(flow, readRecord(flow, name(id), false, reading))
      }
      const of = atom(flow, raw, `${hint}Raw`)
      emit(flow, when(not(module.call("isPayloadObject", of)), [giveUp]))
      return materialised(flow, readRecord(flow, of, false, reading))
    }
    case "list":
    case "dictionary": {
      if (slow) {
        const id = flow.names.fresh(`${hint}Raw`)
        emit(
          flow,
          constant(
            id,
            module.call(
              "readElement",
              name("report"),
              raw,
              ...placed(flow, at),
              name(module.runtime(readerOf(type))),
              specOf(flow, type),
            ),
          ),
        )
        return elementsOf(flow, name(id), false, type, at, unit, hint)
      }
      if (type.kind === "dictionary") {
        unsupported(flow, "a dictionary")
        return valueOf(nothing, valueTypeOf(type))
      }
      return elementsOf(
        flow,
        atom(flow, rowsFast(flow, atom(flow, raw, `${hint}Raw`), type), `${hint}Rows`),
        false,
        type,
        at,
        unit,
        hint,
      )
    }
    default: {
      if (!slow) return readFast(flow, raw, type, unit, hint)
      const id = flow.names.fresh(hint)
      const reading = module.call(
        "readElement",
        name("report"),
        raw,
        ...placed(flow, at),
        name(module.runtime(readerOf(type))),
        specOf(flow, type),
        ...minorArguments(flow, type, unit),
      )
      emit(flow, constant(id, reading))
      return valueOf(name(id), valueTypeOf(type), { poison: true })
    }
  }
}

/** The elements of a list or dictionary that was read as such: `raw` is the rows or fields, missing or poison. */
function elementsOf(
  flow: Flow,
  raw: Js,
  missing: boolean,
  type: Extract<WireType, { kind: "list" | "dictionary" }>,
  at: At,
  unit: UnitReader,
  hint: string,
): ValueOperand {
  const { module } = flow
  const slow = flow.mode === "slow"
  const inside = valueTypeOf(type)
  const element = valueTypeOf(type.of)
  const id = flow.names.fresh(hint)
  const items = flow.names.fresh(`${hint}Items`)
  const rows = flow.names.fresh(`${hint}Rows`)
  const index = flow.names.fresh("i")
  const elementType = slow ? union(insideType(flow, element), poisonType(flow)) : insideType(flow, element)
  const write = (inner: Flow): readonly JsStatement[] => {
    const dictionary = type.kind === "dictionary"
    const pair: TsType = { kind: "list", of: union(named("string"), elementType), readonly: false }
    const collected: TsType = dictionary ? list(pair, false) : list(elementType, false)
    emit(inner, constant(items, array([]), null, collected))
    emit(inner, constant(rows, dictionary ? module.call("entriesOf", raw) : raw))
    const body = branch(inner, deeper => {
      const row = deeper.names.fresh("element")
      const key = deeper.names.fresh("key")
      emit(deeper, constant(row, { kind: "index", of: name(rows), index: name(index) }))
      if (dictionary) {
        const entry = cast(name(row), list(named("unknown")))
        emit(deeper, constant(key, cast({ kind: "index", of: entry, index: number(0) }, named("string"))))
        const place: Place = {
          ...deeper.place,
          pointer: module.call("pointer", deeper.place.pointer, name(key)),
        }
        const value = readValue(
          { ...deeper, place },
          { kind: "index", of: entry, index: number(1) },
          type.of,
          at,
          unit,
          "element",
        )
        emit(deeper, run(invoke(name(items), "push", array([name(key), value.js]))))
        return
      }
      const under =
        type.kind === "list" && typeof type.wire === "object" && "under" in type.wire
          ? pointerTo(deeper.place.pointer, type.wire.under)
          : deeper.place.pointer
      const joined = type.kind === "list" && typeof type.wire === "object" && "joined" in type.wire
      const place: Place = joined
        ? deeper.place
        : { ...deeper.place, pointer: concat(concat(under, string("/")), name(index)) }
      const value = readValue({ ...deeper, place }, name(row), type.of, at, unit, "element")
      emit(deeper, run(invoke(name(items), "push", value.js)))
    })
    emit(inner, { kind: "loop", label: null, index, limit: member(name(rows), "length"), body, at: null })
    return inner.out
  }
  const result = (inner: Flow): Js =>
    type.kind === "dictionary" ? inner.module.call("entryMap", name(items)) : name(items)
  if (!slow && !missing) {
    write(flow)
    return valueOf(result(flow), inside)
  }
  const types: TsType[] = [insideType(flow, inside)]
  if (missing) types.push(named("undefined"))
  if (slow) types.push(poisonType(flow))
  emit(flow, variable(id, union(...types), slow ? name(module.runtime("poison")) : nothing))
  const body = branch(flow, inner => {
    write(inner)
    emit(inner, assign(name(id), result(inner)))
  })
  if (slow) {
    const readable = when(not(module.call("isPoison", raw)), body)
    emit(
      flow,
      missing ? when(binary("===", raw, nothing), [assign(name(id), nothing)], [readable]) : readable,
    )
  } else emit(flow, when(binary("!==", raw, nothing), body))
  return valueOf(name(id), inside, { missing, poison: slow })
}
