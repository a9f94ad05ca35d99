// What the runtime must know of a map over a set of rows. Flows in: the map and its target. Flows out: a SetSpec in wire names, the
// same for the interpreter and for emitted code. Null for a map of single records.
import { type FoldSpec, type FoldType, pointer, type SetSpec } from "@fmap/runtime"
import type { At } from "./expression.ts"
import type { PlanCollect, PlanField, PlanMap, PlanShape } from "./plan.ts"
import type { WireType } from "./value-type.ts"

export function setSpec(map: PlanMap, target: PlanShape, position: (at: At) => string): SetSpec | null {
  if (map.set === null) return null
  const { figures, totals, collect } = map.set
  return {
    target: map.target.name,
    figures: figures.map(({ value: { type } }) => (type.kind === "number" ? type.scale : null)),
    totals: totals.map(({ path, figure, currency }) => ({ path, figure, currency })),
    collect: collect === null ? null : collectSpec(collect, target, position),
  }
}

function collectSpec(
  { keys, folds, incomplete, at }: PlanCollect,
  target: PlanShape,
  position: (at: At) => string,
): SetSpec["collect"] {
  const fieldOf = (name: string): PlanField => {
    const found = target.fields.find(field => field.name === name)
    if (found === undefined) throw new Error(`${target.id} has no field ${JSON.stringify(name)}`)
    return found
  }
  return {
    fields: target.fields.map(field => field.wireName),
    keys: keys.map(key => fieldOf(key).wireName),
    folds: folds.map(({ field, operation }): FoldSpec => {
      const { wireName, type } = fieldOf(field)
      return {
        field: wireName,
        pointer: pointer("", wireName),
        operation,
        type: operation === "first" || operation === "last" ? null : foldType(type),
        currency: "unit" in type ? currencyOf(type, fieldOf) : null,
      }
    }),
    incomplete,
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
