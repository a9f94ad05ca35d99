// What the runtime must know of a map over a set of rows. Flows in: the map and its target. Flows out: a SetSpec in wire names, the
// same for the interpreter and for emitted code. Null for a map of single records.
import {
  type ControlSpec,
  type FoldSpec,
  type FoldType,
  type MeterSpec,
  type OutKey,
  type OutMeterSpec,
  pointer,
  type SetSpec,
  type TermSpec,
  valueScale,
} from "@fmap/runtime"
import type { At, PlanExpression } from "./expression.ts"
import type {
  PlanCollect,
  PlanField,
  PlanMap,
  PlanSet,
  PlanSetControl,
  PlanSetTerm,
  PlanShape,
} from "./plan.ts"
import type { ValueType, WireType } from "./value-type.ts"

export function setSpec(map: PlanMap, target: PlanShape, position: (at: At) => string): SetSpec | null {
  const { set } = map
  if (set === null) return null
  const { figures, totals, collect, controls } = set
  const inputs = controlInputs(set)
  return {
    target: map.target.name,
    figures: figures.map(({ value: { type } }) => (type.kind === "number" ? type.scale : null)),
    totals: totals.map(({ path, figure, currency }) => ({ path, figure, currency })),
    collect: collect === null ? null : collectSpec(collect, target, position),
    controls: controls.map(control => controlSpec(control, inputs, set, target, position)),
  }
}

function collectSpec(
  { keys, folds, incomplete, at }: PlanCollect,
  target: PlanShape,
  position: (at: At) => string,
): SetSpec["collect"] {
  const fieldOf = fieldsOf(target)
  return {
    fields: target.fields.map(field => field.wireName),
    keys: keys.map(key => fieldOf(key).wireName),
    folds: folds.map(({ field, operation }) => foldSpec(field, operation, fieldOf)),
    incomplete,
    at: position(at),
  }
}

function fieldsOf(target: PlanShape): (name: string) => PlanField {
  return name => {
    const found = target.fields.find(field => field.name === name)
    if (found === undefined) throw new Error(`${target.id} has no field ${JSON.stringify(name)}`)
    return found
  }
}

function foldSpec(
  field: string,
  operation: FoldSpec["operation"],
  fieldOf: (name: string) => PlanField,
): FoldSpec {
  const { wireName, type } = fieldOf(field)
  return {
    field: wireName,
    pointer: pointer("", wireName),
    operation,
    type: operation === "first" || operation === "last" ? null : foldType(type),
    currency: "unit" in type ? currencyOf(type, fieldOf) : null,
  }
}

/** What controls compare with, in the order they are read. */
export function controlInputs(set: PlanSet): readonly PlanExpression[] {
  return set.controls.flatMap(({ left, right }) =>
    [...left, ...right].flatMap(term => (term.kind === "input" ? [term.value] : [])),
  )
}

/** Rows have a code in capitals and an identifier without zeros, whatever the target writes. A text in small letters was given so, or is another one. */
function outKey({ wireName, type }: PlanField): OutKey {
  switch (type.kind) {
    case "currency":
    case "country":
      return type.wire === "lower" ? { field: wireName, form: "lower" } : wireName
    case "text":
      return typeof type.wire === "object" ? { field: wireName, form: "padded" } : wireName
    default:
      return wireName
  }
}

/** Every term has a meter of its own: what is added up twice is rare, and cheap. */
function controlSpec(
  control: PlanSetControl,
  inputs: readonly PlanExpression[],
  { figures }: PlanSet,
  target: PlanShape,
  position: (at: At) => string,
): ControlSpec {
  const meters: MeterSpec[] = []
  const outMeters: OutMeterSpec[] = []
  const fieldOf = fieldsOf(target)
  const by = control.keys.map(({ figure }) => figure ?? 0)
  const outBy = control.keys.map(({ field }) => (field === null ? "" : outKey(fieldOf(field))))
  const scaleOf = (type: ValueType): number => (type.kind === "number" ? type.scale : 0)
  const termSpec = (term: PlanSetTerm): TermSpec => {
    const { negative } = term
    switch (term.kind) {
      case "literal":
        return { kind: "literal", negative, value: term.value, scale: term.value.split(".")[1]?.length ?? 0 }
      case "input":
        return { kind: "input", negative, input: inputs.indexOf(term.value), scale: scaleOf(term.value.type) }
      case "sum": {
        const type = figures[term.figure]?.value.type ?? { kind: "never" }
        const meter = meters.push({ figure: term.figure, by }) - 1
        return { kind: "rows", negative, meter, of: term.of, scale: scaleOf(type) }
      }
      case "sumOut": {
        const sum = foldSpec(term.field, "sum", fieldOf)
        const meter = outMeters.push({ sum, by: outBy }) - 1
        const scale = sum.type !== null && "precision" in sum.type ? valueScale(sum.type) : 0
        return { kind: "out", negative, meter, scale }
      }
      case "count":
        return term.of === "out"
          ? { kind: "out", negative, meter: outMeters.push({ sum: null, by: outBy }) - 1, scale: 0 }
          : { kind: "rows", negative, meter: meters.push({ figure: null, by }) - 1, of: term.of, scale: 0 }
    }
  }
  const { title, keys, operator, within, currency, exit, at } = control
  const left = control.left.map(termSpec)
  const right = control.right.map(termSpec)
  return {
    title,
    keys: keys.map(({ name }) => name),
    meters,
    outMeters,
    left,
    operator,
    right,
    within,
    currency,
    ...exit,
    at: position(at),
  }
}

function currencyOf(
  { unit }: Extract<WireType, { readonly unit: unknown }>,
  fieldOf: (name: string) => PlanField,
): FoldSpec["currency"] {
  if (unit === null || unit.kind === "parameter") return null
  if (unit.kind === "constant") return { code: unit.code }
  const [field = "", ...rest] = unit.path
  return rest.length === 0 ? { field: fieldOf(field).wireName } : null
}

function foldType(type: WireType): FoldType | null {
  switch (type.kind) {
    case "decimal":
    case "money":
    case "quantity":
    case "percent": {
      const { kind, precision, scale, low, high, fitsMinor, wire, fraction } = type
      return { kind, precision, scale, low, high, fitsMinor, wire, fraction }
    }
    case "int": {
      const { kind, min, max, wire } = type
      return { kind, min, max, wire }
    }
    case "date":
    case "datetime":
    case "instant":
      return { kind: type.kind, wire: type.wire }
    default:
      return null
  }
}
