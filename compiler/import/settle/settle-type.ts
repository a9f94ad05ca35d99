// One type as the language takes it. Flows in: the type a source gives a field, and the shape the field stands in. Flows out:
// the same type, or the next wider one with a note that says why.
import { isCurrency } from "@fmap/runtime"
import { checkPattern } from "../../types/pattern/index.ts"
import type {
  ImportedContract,
  ImportedDeclaration,
  ImportedField,
  ImportedInside,
  ImportedRecord,
  ImportedSystem,
  ImportedType,
  ImportedUnit,
} from "../model.ts"
import { comparePlain, plainInteger, plainNumber } from "./plain-number.ts"
import { settleMembers, type TakeNote } from "./settle-enum.ts"
import { unionProblem } from "./union-problem.ts"

export interface ShapeContext {
  readonly declarations: ReadonlyMap<string, ImportedDeclaration>
  readonly system: ImportedSystem | null
  readonly shape: ImportedRecord | ImportedContract
  readonly fields: ReadonlyMap<string, ImportedField>
  readonly note: TakeNote
}

const largestSize = 1_000_000_000
const largestPrecision = 38
const text: ImportedType = { kind: "text", min: null, max: null, measure: null, pattern: null }
const json: ImportedType = { kind: "json" }

export function settleType(type: ImportedType, field: ImportedField, context: ShapeContext): ImportedType {
  const at = `${context.shape.name}.${field.wireName}`
  const widen = (message: string) => context.note("widened", at, message)
  switch (type.kind) {
    case "text":
      return settleText(type, widen)
    case "alpha":
      return Number.isSafeInteger(type.length) && type.length > 0 && type.length <= 1000 ? type : text
    case "int":
      return settleInt(type, widen)
    case "decimal":
    case "percent":
      return settleDecimal(type, widen)
    case "money":
    case "quantity": {
      const problem = unitProblem(type.unit, type.kind, context)
      const sizes = settleSizes(type, widen)
      if (problem === null) return { ...type, ...sizes }
      widen(`It is taken as a decimal: ${problem}.`)
      return { kind: "decimal", ...sizes, min: null, max: null }
    }
    case "bool":
    case "currency":
    case "country":
    case "language":
    case "date":
    case "datetime":
    case "instant":
    case "json":
      return type
    case "enum": {
      const members = settleMembers(type.members, at, context.note)
      return members.length === 0 ? text : { ...type, members }
    }
    case "named":
      return settleNamed(type, widen, context)
    case "list": {
      const min = size(type.min)
      const max = size(type.max)
      const element = settleType(type.element, field, context)
      if ((element.kind !== "decimal" && element.kind !== "percent") || (element.min ?? element.max) === null)
        return { ...type, element, ...ordered(min, max) }
      widen("The bounds of its elements are not checked: a list has no place for them.")
      return { ...type, element: { ...element, min: null, max: null }, ...ordered(min, max) }
    }
    case "dictionary": {
      const value = settleType(type.value, field, context)
      if (value.kind !== "union") return { ...type, value }
      widen("Its values are of several kinds, which a dictionary cannot tell; they are taken as json.")
      return { ...type, value: json }
    }
    case "union": {
      const problem = unionProblem(type, context.declarations)
      if (problem === null) return type
      widen(`It is taken as json: ${problem}.`)
      return json
    }
  }
}

function settleText(type: ImportedType & { kind: "text" }, widen: (message: string) => void): ImportedType {
  let { min, max } = ordered(size(type.min), size(type.max))
  if (max === 0) {
    widen("The source allows no character at all; any text is taken.")
    max = null
  }
  if (min === 0) min = null
  const { pattern } = type
  if (pattern === null) return { ...type, min, max }
  const problem = /[\n\r\u2028\u2029\p{Cs}]/u.test(pattern)
    ? "it has a line break"
    : problemOf(checkPattern(pattern))
  if (problem === null) return { ...type, min, max }
  widen(`Its pattern ${shortened(pattern)} is not checked: ${problem}.`)
  return { ...type, min, max, pattern: null }
}

function problemOf(checked: ReturnType<typeof checkPattern>): string | null {
  return "problem" in checked ? checked.problem.replace(/\.$/u, "") : null
}

function settleInt(type: ImportedType & { kind: "int" }, widen: (message: string) => void): ImportedType {
  const min = type.min === null ? null : plainInteger(type.min)
  const max = type.max === null ? null : plainInteger(type.max)
  if ((min === null) !== (type.min === null) || (max === null) !== (type.max === null))
    widen("A bound that is no whole number is not checked.")
  if (min !== null && max !== null && comparePlain(min, max) > 0) {
    widen("No number is within its bounds; they are not checked.")
    return { kind: "int", min: null, max: null }
  }
  return { kind: "int", min, max }
}

type Decimal = ImportedType & { kind: "decimal" | "percent" }

function settleDecimal(type: Decimal, widen: (message: string) => void): ImportedType {
  const min = type.min === null ? null : plainNumber(type.min)
  const max = type.max === null ? null : plainNumber(type.max)
  const sizes = settleSizes(type, widen)
  if ((min === null) !== (type.min === null) || (max === null) !== (type.max === null))
    widen("A bound that cannot be written out is not checked.")
  const apart = min === null || max === null ? -1 : comparePlain(min, max)
  if (apart > 0 || (apart === 0 && type.exclusive !== undefined)) {
    widen("No number is within its bounds; they are not checked.")
    return { kind: type.kind, ...sizes, min: null, max: null }
  }
  return { ...type, ...sizes, min, max }
}

function settleSizes(
  type: { readonly precision: number; readonly scale: number },
  widen: (message: string) => void,
): { precision: number; scale: number } {
  const precision = Math.max(1, Math.min(largestPrecision, Math.trunc(type.precision) || 1))
  const scale = Math.max(0, Math.min(precision, Math.trunc(type.scale) || 0))
  if (type.precision > largestPrecision || type.scale > scale)
    widen(
      `It has ${type.precision} digits, ${type.scale} after the point; at most ${largestPrecision} are kept.`,
    )
  return { precision, scale }
}

function settleNamed(
  type: ImportedType & { kind: "named" },
  widen: (message: string) => void,
  context: ShapeContext,
): ImportedType {
  const named = context.declarations.get(type.name)
  if (named === undefined) {
    widen(`It is taken as json: the source does not declare ${shortened(type.name)}.`)
    return json
  }
  if (named.kind === "enum") return named.members.length === 0 ? text : { ...type, units: [] }
  const parameters = named.kind === "record" ? named.parameters : []
  const problem =
    parameters.length === type.units.length
      ? parameters
          .map((parameter, i) => {
            const unit = type.units[i]
            return unit === undefined
              ? null
              : unitProblem(unit, parameter.type === "currency" ? "money" : "quantity", context)
          })
          .find(found => found !== null)
      : "the record wants another number of units"
  if (problem === undefined || problem === null) return type
  widen(`It is taken as json: ${problem}.`)
  return json
}

/** Why amounts cannot be in this unit; null: they can. */
function unitProblem(unit: ImportedUnit, kind: "money" | "quantity", context: ShapeContext): string | null {
  const what = kind === "money" ? "currency" : "unit"
  switch (unit.kind) {
    case "constant": {
      const known = kind === "money" ? isCurrency(unit.code) : /^[A-Z][A-Z0-9]{0,9}$/.test(unit.code)
      if (known && context.fields.has(unit.code)) return `a field is called "${unit.code}" too`
      return known ? null : `${shortened(unit.code)} is no ${what} the language knows`
    }
    case "parameter": {
      const parameters = context.shape.kind === "record" ? context.shape.parameters : []
      const found = parameters.find(parameter => parameter.name === unit.name)
      return found?.type === (kind === "money" ? "currency" : "text")
        ? null
        : `no parameter "${unit.name}" says its ${what}`
    }
    case "field": {
      const outer = context.fields.get(unit.wireName)
      if (outer === undefined) return `no field ${shortened(unit.wireName)} says its ${what}`
      const field = unit.inside === undefined ? outer : fieldInside(outer, unit.inside, context)
      if (field === undefined) return `no field ${shortened(unit.inside?.wireName ?? "")} says its ${what}`
      if (outer.optional || field.optional)
        return `${shortened(unit.wireName)}, which says its ${what}, may be missing`
      if (kind === "money") return field.type.kind === "currency" ? null : `${unit.wireName} is no currency`
      const isEnum =
        field.type.kind === "enum" ||
        (field.type.kind === "named" && context.declarations.get(field.type.name)?.kind === "enum")
      return field.type.kind === "text" || isEnum ? null : `${shortened(unit.wireName)} is no unit`
    }
  }
}

function fieldInside(
  field: ImportedField,
  inside: ImportedInside,
  { declarations }: ShapeContext,
): ImportedField | undefined {
  const holds = field.type.kind === "named" && field.type.name === inside.record
  const named = holds ? declarations.get(inside.record) : undefined
  return named === undefined || named.kind === "enum"
    ? undefined
    : named.fields.find(each => each.wireName === inside.wireName)
}

function size(value: number | null): number | null {
  if (value === null || !Number.isFinite(value) || value < 0 || value > largestSize) return null
  return Math.trunc(value)
}

function ordered(min: number | null, max: number | null): { min: number | null; max: number | null } {
  return min !== null && max !== null && max < min ? { min: null, max } : { min, max }
}

function shortened(text: string): string {
  return text.length > 60 ? `"${text.slice(0, 60)}…"` : `"${text}"`
}
