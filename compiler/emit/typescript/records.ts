// Records under construction. Flows in: a block of steps. Flows out: two forms of the record: what later expressions read of
// it (only members somebody reads) and its wire form, one literal with all keys in target order.
import type { PlanBlock, PlanExpression, ShapeId, UnitSource, WireType } from "../../plan/index.ts"
import { BrokenPlan, promised } from "./context.ts"
import { control } from "./controls.ts"
import {
  branch,
  emit,
  type Flow,
  insideType,
  isUsed,
  type Operand,
  pointerTo,
  type RecordOperand,
  type ValueOperand,
  valueOf,
} from "./flow.ts"
import {
  assign,
  binary,
  cast,
  comment,
  conditional,
  constant,
  invoke,
  member,
  name,
  named,
  not,
  nothing,
  object,
  string,
  union,
  variable,
  when,
} from "./javascript/build.ts"
import type { Js, JsMember } from "./javascript/nodes.ts"
import { computed, leaveUnless } from "./steps.ts"
import { type UnitOf, writtenField } from "./writes.ts"

type RecordNode = Extract<PlanExpression, { kind: "record" }>

export function recordLiteral(flow: Flow, node: RecordNode, hint: string): Operand {
  runSteps(flow, node.block, node.shape)
  return recordForms(flow, node.block, node.shape, hint)
}

/** Runs the steps; the variables of the block hold their operands afterwards. `from`, `to`: only these of them. */
export function runSteps(
  flow: Flow,
  block: PlanBlock,
  id: ShapeId,
  from = 0,
  to: number = block.steps.length,
): void {
  const fields = flow.module.index.fields(id)
  const isUnion = flow.module.index.shape(id).union !== null
  const placed = (key: string): Flow => {
    // A record of a union stands where the union does.
    if (isUnion) return flow
    const field = fields.get(key)
    const masked = flow.place.masked || (field !== undefined && (field.pii || field.confidential))
    const wire = field?.type.kind === "list" ? field.type.wire : null
    const under = wire !== null && typeof wire === "object" && "under" in wire ? wire.under : null
    return {
      ...flow,
      place: {
        root: flow.place.root,
        pointer: pointerTo(flow.place.pointer, field?.wireName ?? key),
        masked,
        under,
      },
    }
  }
  for (const step of block.steps.slice(from, to)) {
    const position = flow.module.index.position(step.at)
    switch (step.kind) {
      case "let":
      case "derive":
      case "field": {
        const key = step.kind === "let" ? (flow.declared[step.variable]?.name ?? "let") : step.field
        emit(flow, comment(`${step.kind === "let" ? "let " : ""}${key}  ${position}`))
        const units = step.kind === "field" ? unitsOf(flow, block, fields.get(step.field)?.type) : flow.units
        flow.variables.set(step.variable, computed({ ...placed(key), units }, step.value, key, step.at))
        break
      }
      case "check": {
        emit(flow, comment(`check ${step.exit.code}  ${position}`))
        leaveUnless(
          flow,
          step.condition,
          step.exit,
          step.at,
          step.exit.field === null ? flow : placed(step.exit.field),
        )
        break
      }
      case "control": {
        emit(flow, comment(`control ${step.title}  ${position}`))
        control(flow, step, step.exit.field === null ? flow : placed(step.exit.field))
        break
      }
      case "share":
        throw new BrokenPlan("A share stands outside of the rows of an `each`.")
    }
  }
}

/** The units a field's own records are given, as operands of this block. */
function unitsOf(flow: Flow, block: PlanBlock, type: WireType | undefined): Flow["units"] {
  const of = type?.kind === "list" || type?.kind === "dictionary" ? type.of : type
  if (of?.kind !== "record" || of.arguments.length === 0) return flow.units
  const { parameters } = flow.module.index.shape(of.shape)
  const units = new Map<string, Operand>()
  of.arguments.forEach((source, position) => {
    const parameter = parameters[position]
    const operand = unitOperand(flow, block, source)
    if (parameter !== undefined && operand !== null) units.set(parameter, operand)
  })
  return units
}

function unitOperand(flow: Flow, block: PlanBlock, source: UnitSource): Operand | null {
  switch (source.kind) {
    case "constant":
      return valueOf(string(source.code), { kind: "text" })
    case "parameter":
      return flow.units.get(source.name) ?? null
    case "field": {
      const [first, ...rest] = source.path
      const entry = block.fields.find(({ field }) => field === first)
      const derived = block.steps.find(step => step.kind === "derive" && step.field === first)
      const id = entry?.variable ?? (derived?.kind === "derive" ? derived.variable : undefined)
      const operand = id === undefined ? undefined : flow.variables.get(id)
      if (operand === undefined) return null
      return rest.reduce<Operand | null>((of, key) => {
        if (of?.kind === "record") return of.members(key)
        return of?.kind === "value" ? valueOf(member(of.js, key), { kind: "text" }) : null
      }, operand)
    }
  }
}

/** Both forms, after the steps have run. `last`: the record is the result, nothing has failed and nobody reads it any more. */
export function recordForms(
  flow: Flow,
  block: PlanBlock,
  id: ShapeId,
  hint: string,
  last = false,
): ValueOperand {
  const shape = flow.module.index.shape(id)
  const type = { kind: "record", shape: id } as const
  const inner = innerForm(flow, block, id)
  if (shape.kind === "inferred") {
    return valueOf(kept(flow, inner ?? object([], false), hint, type), type)
  }
  const wireType = flow.module.shapeType(id)
  if (last) {
    const wire = wireForm(flow, block, id)
    return valueOf(wire, type, { wire })
  }
  if (flow.mode === "fast") {
    const wire = wireForm(flow, block, id)
    if (inner === null) return valueOf(wire, type, { wire })
    return valueOf(kept(flow, inner, hint, type), type, { wire })
  }
  const js = kept(flow, inner ?? object([], false), hint, type)
  const slot = flow.names.fresh(`${hint}Wire`)
  emit(flow, variable(slot, union(wireType, named("undefined")), nothing))
  const write = branch(flow, deeper => emit(deeper, assign(name(slot), wireForm(deeper, block, id))))
  emit(flow, when(not(invoke(name("report"), "stopped")), write))
  return valueOf(js, type, { wire: cast(name(slot), wireType) })
}

function kept(flow: Flow, js: Js, hint: string, type: ValueOperand["type"]): Js {
  const id = flow.names.fresh(hint)
  emit(flow, constant(id, js, null, insideType(flow, type)))
  return name(id)
}

/** Members somebody reads; null when nobody reads any. */
function innerForm(flow: Flow, block: PlanBlock, id: ShapeId): Js | null {
  const shape = flow.module.index.shape(id)
  const members: JsMember[] = []
  if (!flow.used.has(id)) return null
  const variables = new Map(block.fields.map(entry => [entry.field, entry.variable]))
  for (const field of shape.fields) {
    if (!isUsed(flow, id, field.name)) continue
    const variable = variables.get(field.name)
    const operand = variable === undefined ? undefined : flow.variables.get(variable)
    members.push({
      key: field.name,
      value: operand === undefined ? nothing : insideOf(flow, operand),
      at: null,
    })
  }
  for (const step of block.steps) {
    if (step.kind !== "derive" || !isUsed(flow, id, step.field)) continue
    const operand = flow.variables.get(step.variable)
    members.push({
      key: step.field,
      value: operand === undefined ? nothing : insideOf(flow, operand),
      at: null,
    })
  }
  return members.length === 0 ? null : object(members, false)
}

function insideOf(flow: Flow, operand: Operand): Js {
  if (operand.kind === "value") return operand.js
  return operand.kind === "record" ? materialised(flow, operand).js : nothing
}

function wireForm(flow: Flow, block: PlanBlock, id: ShapeId): Js {
  const fields = flow.module.index.fields(id)
  const unit: UnitOf = source => {
    const operand = unitOperand(flow, block, source)
    return operand?.kind === "value" ? unpoisoned(flow, operand).js : null
  }
  const members = block.fields.map(({ field, variable: of }): JsMember => {
    const declared = promised(fields.get(field), field)
    const operand = promised(flow.variables.get(of), `variable ${of}`)
    const value =
      operand.kind === "value"
        ? unpoisoned(flow, operand)
        : operand.kind === "record"
          ? unpoisoned(flow, materialised(flow, operand))
          : operand
    return {
      key: declared.wireName,
      value: writtenField(flow, value, declared.type, unit, field),
      at: declared.at,
    }
  })
  const { union } = flow.module.index.shape(id)
  return union === null ? object(members) : (members[0]?.value ?? nothing)
}

/** Where the wire form is written nothing has failed; TypeScript cannot know. */
export function unpoisoned(flow: Flow, operand: ValueOperand): ValueOperand {
  const wire = operand.wire === null || flow.mode === "fast" ? operand.wire : certainWire(flow, operand)
  if (!operand.poison) return { ...operand, wire }
  const types = [insideType(flow, operand.type)]
  if (operand.missing) types.push(named("undefined"))
  if (operand.clear) types.push(named("null"))
  return { ...operand, js: cast(operand.js, union(...types)), poison: false, wire }
}

function certainWire(flow: Flow, operand: ValueOperand): Js | null {
  if (operand.wire === null) return null
  const { type } = operand
  if (type.kind === "record") return cast(operand.wire, flow.module.shapeType(type.shape))
  if (type.kind === "list" && type.of.kind === "record")
    return cast(operand.wire, { kind: "list", of: flow.module.shapeType(type.of.shape), readonly: true })
  return operand.wire
}

/** A payload record as one object of the members that somebody reads. Slow: may be poison. */
export function materialised(flow: Flow, operand: RecordOperand): ValueOperand {
  const type = { kind: "record", shape: operand.shape } as const
  const fields = flow.module.index.fields(operand.shape)
  let uncertain = false
  const members = operand.names
    .filter(key => isUsed(flow, operand.shape, key))
    .map((key): JsMember => {
      const of = operand.members(key)
      if (of.kind === "value" && of.missing && fields.get(key)?.optional === false) uncertain = true
      return { key, value: insideOf(flow, of), at: null }
    })
  let js: Js = object(members, false)
  const { container } = operand
  // Where the record is there its members are what they were declared to be; TypeScript cannot know.
  if (uncertain) js = cast(js, insideType(flow, type))
  if (operand.missing && container !== null) js = conditional(binary("===", container, nothing), nothing, js)
  const poison = flow.mode === "slow" && container !== null
  if (poison)
    js = conditional(flow.module.call("isPoison", container), name(flow.module.runtime("poison")), js)
  const id = flow.names.fresh("whole")
  emit(flow, constant(id, js))
  return valueOf(name(id), type, { missing: operand.missing, poison })
}
