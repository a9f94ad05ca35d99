// Reads a record of a payload: the fields a binding names (or all) in contract order, then the rules of its shape. What an amount
// needs to be read (its currency, wherever it is declared, or the derived value that gives it) is read just before it.
import {
  isRefused,
  kindOf,
  missingField,
  ownMember,
  type PayloadObject,
  readList,
  readObject,
  unknownField,
  unknownMembers,
} from "@fmap/runtime"
import type { PlanField, PlanRead, PlanRule, PlanShape, UnitSource, WireType } from "../plan/index.ts"
import { decodeValue } from "./decode-value.ts"
import { type Door, inside, refuseValue } from "./door.ts"
import { evaluate } from "./evaluate.ts"
import { leave } from "./evaluate-branches.ts"
import { numberConstant } from "./literals.ts"
import { atMember, type Scope } from "./scope.ts"
import { asBoolean, BrokenPlan, isStopped, MISSING, type Outcome, type RecordValue } from "./value.ts"

export interface RecordReading {
  readonly shape: PlanShape
  /** Null: every field. */
  readonly reads: readonly PlanRead[] | null
  /** Indexes into the shape's rules; null: all. */
  readonly rules: readonly number[] | null
  /** The units of the shape's parameters, in order. */
  readonly units: readonly Outcome[]
}

export function decodeRecord(value: unknown, reading: RecordReading, door: Door): Outcome {
  const payload = readObject(value)
  if (isRefused(payload)) return refuseValue(door, payload, value)
  const { shape } = reading
  const kind = shape.union === null ? null : kindOf(payload, shape.union)
  if (isRefused(kind)) return refuseValue(door, kind, value)
  const reads = new Map((reading.reads ?? shape.fields.map(wholeField)).map(read => [read.field, read]))
  const members = new Map<string, Outcome>()
  const reader: MemberReader = {
    payload,
    kind,
    reading,
    reads,
    door,
    member: name => memberOf(name),
    unit: source => unitOf(source),
  }

  let sealed = false
  const computing = new Set<string>()
  const memberOf = (name: string): Outcome => {
    const known = members.get(name)
    if (known !== undefined) return known
    if (sealed || computing.has(name))
      throw new BrokenPlan(`${shape.id}: ${JSON.stringify(name)} is not read, or needs itself`)
    computing.add(name)
    const source = declarationOf(shape, name)
    const value = "wireName" in source ? readField(source, reader) : deriveValue(source, reader)
    members.set(name, value)
    return value
  }
  const unitOf = (source: UnitSource): Outcome => {
    switch (source.kind) {
      case "constant":
        return source.code
      case "parameter":
        return reading.units[shape.parameters.indexOf(source.name)] ?? MISSING
      case "field":
        return source.path.reduce<Outcome>(
          (of, name, i) => (i === 0 ? memberOf(name) : memberOfValue(of, name)),
          MISSING,
        )
    }
  }

  for (const field of shape.fields) if (reads.has(field.name)) memberOf(field.name)
  if (shape.contract?.closed === true) refuseUnknown(payload, shape, door)
  const rules = shape.rules.filter((_, i) => reading.rules === null || reading.rules.includes(i))
  for (const rule of rules) {
    if (rule.kind === "derive") memberOf(rule.name)
    else checkRule(rule, reader)
  }
  sealed = true
  return recordOf(memberOf, reader)
}

interface MemberReader {
  readonly payload: PayloadObject
  /** Which record of a union it is; null for other records. */
  readonly kind: string | null
  readonly reading: RecordReading
  readonly reads: ReadonlyMap<string, PlanRead>
  readonly door: Door
  readonly member: (name: string) => Outcome
  readonly unit: (source: UnitSource) => Outcome
}

function wholeField(field: PlanField): PlanRead {
  return { field: field.name, members: null, elements: false }
}

function recordOf(member: (name: string) => Outcome, { door, reading }: MemberReader): RecordValue {
  const { root, pointer, masked } = door
  return { kind: "record", member, origin: { root, pointer, masked, shape: reading.shape.id } }
}

function memberOfValue(of: Outcome, name: string): Outcome {
  return typeof of === "object" && of.kind === "record" ? of.member(name) : of
}

function declarationOf(shape: PlanShape, name: string): PlanField | Extract<PlanRule, { kind: "derive" }> {
  const field = shape.fields.find(candidate => candidate.name === name)
  if (field !== undefined) return field
  for (const rule of shape.rules) if (rule.kind === "derive" && rule.name === name) return rule
  throw new BrokenPlan(`${shape.id} has no member ${JSON.stringify(name)}`)
}

function readField(field: PlanField, reader: MemberReader): Outcome {
  const { shape } = reader.reading
  const masked = reader.door.masked || field.pii || field.confidential
  const door: Door = {
    ...(reader.kind === null ? inside(reader.door, field.wireName) : reader.door),
    at: field.at,
    masked,
    unit: reader.unit,
  }
  const read = reader.reads.get(field.name)
  if (read?.elements !== true) for (const source of unitsNeeded(field.type)) reader.unit(source)
  const value =
    reader.kind === null
      ? ownMember(reader.payload, field.wireName)
      : reader.kind === field.name
        ? reader.payload
        : undefined
  if (value === undefined) {
    if (field.default !== null) return defaultValue(field, door)
    if (mayBeAbsent(field, shape)) return MISSING
    return refuseValue(door, missingField(), undefined)
  }
  if (read?.elements === true) return rowsOf(value, field.type, door)
  if (read?.members != null && field.type.kind === "record") {
    const { members } = read
    const nested = reader.door.run.index.shape(members.shape)
    const units = field.type.arguments.map(reader.unit)
    return decodeRecord(value, { shape: nested, reads: members.reads, rules: members.rules, units }, door)
  }
  return decodeValue(value, field.type, door)
}

/** What must be read before a value of the type: currencies that say how an amount is to be read, or are handed on to a record. */
function unitsNeeded(type: WireType): readonly UnitSource[] {
  switch (type.kind) {
    case "money":
    case "quantity":
      return type.unit !== null && (type.wire === "minor" || type.fitsMinor) ? [type.unit] : []
    case "record":
      return type.arguments
    case "list":
    case "dictionary":
      return unitsNeeded(type.of)
    default:
      return []
  }
}

/** What the target computes itself is not sent to it, and what may only be written never comes back. */
function mayBeAbsent(field: PlanField, shape: PlanShape): boolean {
  const direction = shape.contract?.direction
  return (
    field.optional || (field.computed && direction === "writes") || (field.writeOnly && direction === "reads")
  )
}

function defaultValue(field: PlanField, door: Door): Outcome {
  const { root, pointer, run, at } = door
  const message = `The field is missing; its default ${String(field.default)} was used.`
  door.report({ code: "DEFAULT_USED", severity: "warn", root, pointer, message, at: run.index.position(at) })
  if (typeof field.default === "boolean") return field.default
  const text = field.default ?? ""
  switch (field.type.kind) {
    case "int":
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return numberConstant(text)
    default:
      return text
  }
}

/** A list whose rows a generator will decode; here only that it is a list within its bounds. */
function rowsOf(value: unknown, type: WireType, door: Door): Outcome {
  if (type.kind !== "list") throw new BrokenPlan("rows are read of a field that is no list")
  const rows = readList(value, type)
  return isRefused(rows) ? refuseValue(door, rows, value) : { kind: "rows", rows, type, door }
}

function ruleScope(reader: MemberReader): Scope {
  const { door, reading } = reader
  const { root, pointer, masked } = door
  const nameOf = (id: number): string => reading.shape.variables[id]?.name ?? ""
  const variables = new Map<number, Outcome>([[0, recordOf(reader.member, reader)]])
  return {
    run: door.run,
    variables,
    nameOf,
    place: { root, pointer, masked, under: null },
    report: door.report,
  }
}

function deriveValue(rule: Extract<PlanRule, { kind: "derive" }>, reader: MemberReader): Outcome {
  return evaluate(rule.value, atMember(ruleScope(reader), rule.name))
}

function checkRule(rule: Extract<PlanRule, { kind: "check" }>, reader: MemberReader): void {
  const scope = ruleScope(reader)
  const condition = evaluate(rule.condition, scope)
  if (isStopped(condition) || asBoolean(condition)) return
  const field = reader.reading.shape.fields.find(candidate => candidate.name === rule.field)
  leave(rule.exit.verb, rule.exit, rule.at, field === undefined ? scope : atMember(scope, field.wireName))
}

function refuseUnknown(payload: PayloadObject, shape: PlanShape, door: Door): void {
  const known = new Set(shape.fields.map(field => field.wireName))
  for (const name of unknownMembers(payload, known)) {
    refuseValue({ ...inside(door, name), at: shape.at }, unknownField(), payload[name])
  }
}
