// A property as a field. Flows in: the property, the type it stands in, the set it is read from. Flows out: the field and what a
// reader should know. An amount that names its currency is money; the currency is then demanded, because an amount without
// one says nothing.
import type { ImportedField, ImportedType, ImportedUnit, ImportNote } from "../model.ts"
import type { EdmModel, EdmProperty, EdmSet, EdmStructure, EdmUnit } from "./edm-model.ts"
import { edmType } from "./edm-type.ts"

export interface FieldContext {
  readonly model: EdmModel
  readonly structure: EdmStructure
  /** The name of the declaration. */
  readonly shape: string
  readonly set: EdmSet | null
  /** What amounts of the type are in, see `unitsOf`. */
  readonly units: ReadonlyMap<string, "money" | "quantity">
  /** Names of the declarations of types, by qualified name. */
  readonly declarations: ReadonlyMap<string, string>
  readonly note: (kind: ImportNote["kind"], sure: ImportNote["sure"], at: string, message: string) => void
}

export function propertyField(property: EdmProperty, context: FieldContext): ImportedField | null {
  const at = `${context.shape}.${property.name}`
  const element = elementType(property, context, at)
  if (element === null) {
    context.note("dropped", null, at, "A stream is read from an address of its own, not in the record.")
    return null
  }
  const type = property.isCollection
    ? { kind: "list" as const, element: element.type, min: null, max: null }
    : withUnit(element.type, property, context, at)
  const isKey = context.structure.keys.includes(property.name)
  const isDemanded = context.units.has(property.name) && isUnitType(type)
  if (isDemanded && property.nullable && !isKey)
    context.note(
      "guessed",
      "likely",
      at,
      "The document lets it be missing; it is demanded here, because amounts of the record are in it.",
    )
  return {
    wireName: property.name,
    docs: property.docs,
    type,
    optional: (property.nullable || property.isCollection) && !isKey && !isDemanded,
    key: isKey,
    marks: [...(property.isPersonal ? (["pii"] as const) : []), ...writingMark(property, context)],
    wire: property.isCollection ? null : element.wire,
  }
}

function elementType(
  property: EdmProperty,
  context: FieldContext,
  at: string,
): { readonly type: ImportedType; readonly wire: string | null } | null {
  const { model } = context
  const definition = model.definitions.get(property.type)
  const name = definition?.type ?? property.type
  const facets =
    definition === undefined
      ? property
      : {
          maxLength: property.maxLength ?? definition.maxLength,
          precision: property.precision ?? definition.precision,
          scale: property.scale ?? definition.scale,
        }
  const enumeration = model.enums.get(name)
  if (enumeration?.isFlags === true) {
    context.note(
      "widened",
      null,
      at,
      "Several values of the enumeration may stand together; they are taken as text.",
    )
    return { type: { kind: "text", min: null, max: null, measure: null, pattern: null }, wire: null }
  }
  const declared = context.declarations.get(name)
  if (declared !== undefined) return { type: { kind: "named", name: declared, units: [] }, wire: null }
  const isCurrency = property.role === "currency" || context.units.get(property.name) === "money"
  if (isCurrency && name === "Edm.String") return { type: { kind: "currency" }, wire: null }
  const typed = edmType(name, facets, property.format, model.version)
  if (typed?.loss !== undefined && typed.loss !== null) context.note("widened", null, at, typed.loss)
  return typed
}

function withUnit(
  type: ImportedType,
  property: EdmProperty,
  context: FieldContext,
  at: string,
): ImportedType {
  if (property.unit === null) return type
  if (type.kind !== "decimal") {
    if (type.kind !== "int")
      context.note("dropped", null, at, "It names a unit and is no decimal; the unit is not kept.")
    return type
  }
  const unit = unitHere(property.unit, context.structure)
  if (typeof unit === "string") {
    context.note("widened", null, at, `${unit} It is taken as a decimal.`)
    return type
  }
  return { kind: unit.kind, precision: type.precision, scale: type.scale, unit: unit.unit }
}

/** The unit as the language has it, or why it has not. */
function unitHere(
  unit: EdmUnit,
  structure: EdmStructure,
): { readonly kind: "money" | "quantity"; readonly unit: ImportedUnit } | string {
  if (unit.path === null) {
    if (unit.constant === null) return "Its unit is an expression."
    if (unit.kind === "quantity" && !/^[A-Z][A-Z0-9]{0,9}$/u.test(unit.constant))
      return `Its unit is "${unit.constant}", which is no name.`
    const kind = unit.kind === "money" ? "money" : "quantity"
    return { kind, unit: { kind: "constant", code: unit.constant } }
  }
  const target = structure.properties.find(each => each.name === unit.path)
  if (target === undefined) return `Its unit stands elsewhere, at "${unit.path}".`
  const kind =
    unit.kind !== "told by the unit"
      ? unit.kind
      : target.role === "currency"
        ? "money"
        : target.role === "unit"
          ? "quantity"
          : null
  if (kind === null)
    return `"${unit.path}" is said to be its unit, but neither a currency nor a unit of measure.`
  if (target.type !== "Edm.String" || target.isCollection)
    return `"${unit.path}", which says its unit, is no text.`
  return { kind, unit: { kind: "field", wireName: unit.path } }
}

/** The properties that some amount of the type is in, and whether the amount is money. */
export function unitsOf(structure: EdmStructure): ReadonlyMap<string, "money" | "quantity"> {
  return new Map(
    structure.properties.flatMap((property): [string, "money" | "quantity"][] => {
      if (property.unit === null || property.isCollection) return []
      const found = unitHere(property.unit, structure)
      return typeof found === "string" || found.unit.kind !== "field"
        ? []
        : [[found.unit.wireName, found.kind]]
    }),
  )
}

function isUnitType(type: ImportedType): boolean {
  return type.kind === "currency" || type.kind === "text"
}

function writingMark(property: EdmProperty, { set }: FieldContext): readonly ("computed" | "create only")[] {
  const creatable = property.writing.creatable && set?.notCreatable.has(property.name) !== true
  const updatable = property.writing.updatable && set?.notUpdatable.has(property.name) !== true
  if (creatable) return updatable ? [] : ["create only"]
  return updatable ? [] : ["computed"]
}
