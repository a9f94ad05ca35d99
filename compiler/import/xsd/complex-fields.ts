// The fields of a complex type: what it inherits, its elements, its attributes, its text. Flows in: the declaration. Flows out: fields,
// with notes on what a record cannot say. Text with a `currencyID` beside it is money in that currency, with a `unitCode` a quantity.
import { attributeOf, childElements, type XmlElement } from "@fmap/runtime/formats/xml"
import type { ImportedField, ImportedType, ImportNote } from "../model.ts"
import { attributeFields } from "./attributes.ts"
import { builtinType } from "./builtin-type.ts"
import { docsOf } from "./docs-of.ts"
import { contentOf, type Particle } from "./particles.ts"
import { type Declared, qualifiedName, type SchemaSet, xs } from "./read-schemas.ts"
import type { RecordNames } from "./record-names.ts"
import { simpleType, simpleTypeNamed } from "./simple-type.ts"

export interface ComplexContext {
  readonly schemas: SchemaSet
  readonly names: RecordNames
  readonly shape: string
  readonly note: (kind: ImportNote["kind"], at: string, message: string) => void
}

const mostSteps = 50

export function complexFields(
  declared: Declared,
  context: ComplexContext,
  steps = 0,
): readonly ImportedField[] {
  const { element, schema } = declared
  const { schemas, shape, note } = context
  const children = childElements(element)
  const content = children.find(child => child.local === "simpleContent" || child.local === "complexContent")
  const derived = content === undefined ? undefined : childElements(content).find(isDerivation)
  const holder = derived ?? element
  const base = derived === undefined ? null : attributeOf(derived, "base")
  const baseName =
    base === null || derived === undefined ? null : qualifiedName(base, { element: derived, schema })
  const parent = baseName === null ? undefined : schemas.declared.type.get(baseName)
  const inherited =
    parent?.element.local === "complexType" && steps < mostSteps
      ? complexFields(parent, context, steps + 1)
      : []
  if (content?.local === "simpleContent") {
    const text = simpleType(declared, schemas)
    const attributes = merged(inherited.filter(isAttribute), attributeFields(holder, schema, schemas))
    if (text?.loss !== undefined && text.loss !== null) note("widened", `${shape}.#text`, text.loss)
    return measured(text?.type ?? builtinType("string").type, text?.wire ?? null, attributes)
  }
  if (parent === undefined && baseName !== null && !baseName.startsWith(`{${xs}}`))
    note(
      "dropped",
      shape,
      `Its base "${base}" is declared in a schema that is not at hand; what it holds is missing.`,
    )
  const found = contentOf(holder, schema, schemas)
  for (const choice of found.choices)
    note("dropped", shape, `One of ${choice.join(", ")} is there: write \`exactly one of\` where it is so.`)
  if (found.hasAny) note("dropped", shape, "It may hold elements that the schema does not name.")
  const isMixed =
    attributeOf(element, "mixed") === "true" ||
    (content !== undefined && attributeOf(content, "mixed") === "true")
  if (isMixed) note("dropped", shape, "Text between its elements is not kept.")
  const elements = found.particles.flatMap(particle => elementField(particle, context) ?? [])
  const own = [...merged([], elements), ...attributeFields(holder, schema, schemas)]
  // A restriction says all its elements again and keeps the attributes; an extension adds to what was there.
  return derived?.local === "restriction"
    ? merged(inherited.filter(isAttribute), own)
    : merged(inherited, own)
}

function elementField(
  { declared, isOptional, min, max }: Particle,
  context: ComplexContext,
): ImportedField | null {
  const { schemas, shape, note } = context
  const { element, schema } = declared
  const ref = attributeOf(element, "ref")
  const target = ref === null ? null : qualifiedName(ref, declared)
  const global = target === null ? undefined : schemas.declared.element.get(target)
  const wireName = target === null ? localName(declared, schemas) : written(target, schemas)
  const bare = target === null ? (attributeOf(element, "name") ?? "") : target.slice(target.indexOf("}") + 1)
  if (!isBareName(bare)) {
    note("dropped", shape, `"${wireName}" is no name of an element.`)
    return null
  }
  const type = elementType(global ?? (target === null ? declared : null), wireName, context)
  const isList = max === null || max > 1
  const isNillable = attributeOf((global ?? declared).element, "nillable") === "true"
  if (isNillable && !isOptional)
    note("widened", `${shape}.${wireName}`, "It must be there and may be nil; it may be missing here.")
  return {
    wireName,
    docs: [...new Set([...docsOf(element), ...(global === undefined ? [] : docsOf(global.element))])],
    type: isList
      ? { kind: "list", element: type.type, min: isOptional || min === 0 ? null : min, max }
      : type.type,
    optional: isOptional || isNillable,
    key: false,
    marks: [],
    wire: isList ? null : type.wire,
  }

  /** A local element has the namespace of its schema only where the schema says so. */
  function localName({ element: local }: Declared, set: SchemaSet): string {
    const name = attributeOf(local, "name") ?? ""
    const form = attributeOf(local, "form") ?? attributeOf(schema.root, "elementFormDefault")
    return form === "qualified" ? written(`{${schema.target}}${name}`, set) : name
  }
}

function elementType(
  declared: Declared | null,
  wireName: string,
  context: ComplexContext,
): { readonly type: ImportedType; readonly wire: string | null } {
  const { schemas, names, shape, note } = context
  const at = `${shape}.${wireName}`
  if (declared === null) {
    note("widened", at, "It is declared in a schema that is not at hand; it is taken as json.")
    return { type: { kind: "json" }, wire: null }
  }
  const { element, schema } = declared
  const inner = childElements(element).find(
    child => child.local === "complexType" || child.local === "simpleType",
  )
  if (inner?.local === "complexType") {
    const wanted = `${shape} ${attributeOf(element, "name") ?? wireName}`
    return {
      type: { kind: "named", name: names.nameInside({ element: inner, schema }, wanted), units: [] },
      wire: null,
    }
  }
  const name = attributeOf(element, "type")
  const qualified = name === null ? null : qualifiedName(name, declared)
  const record = qualified === null ? null : names.nameOf(qualified)
  if (record !== null) return { type: { kind: "named", name: record, units: [] }, wire: null }
  const simple =
    inner !== undefined
      ? simpleType({ element: inner, schema }, schemas)
      : qualified === null
        ? builtinType("anyType")
        : simpleTypeNamed(qualified, schemas)
  if (simple === null) {
    note(
      "widened",
      at,
      `Its type "${name}" is declared in a schema that is not at hand; it is taken as json.`,
    )
    return { type: { kind: "json" }, wire: null }
  }
  if (simple.loss !== null) note("widened", at, simple.loss)
  return simple
}

/** Text with attributes. An amount and its currency stand in one element. */
function measured(
  text: ImportedType,
  wire: string | null,
  attributes: readonly ImportedField[],
): readonly ImportedField[] {
  const unit = attributes.find(({ wireName }) => wireName === "@currencyID" || wireName === "@unitCode")
  const isAmount = text.kind === "decimal" && unit !== undefined && !unit.optional
  const isMoney = unit?.wireName === "@currencyID"
  const type: ImportedType = isAmount
    ? {
        kind: isMoney ? "money" : "quantity",
        precision: text.precision,
        scale: text.scale,
        unit: { kind: "field", wireName: unit.wireName },
      }
    : text
  const own: ImportedField = {
    wireName: "#text",
    docs: [],
    type,
    optional: false,
    key: false,
    marks: [],
    wire,
  }
  return [
    own,
    ...attributes.map(field =>
      isAmount && isMoney && field === unit ? { ...field, type: { kind: "currency" as const } } : field,
    ),
  ]
}

/** Fields of one name stand once; the later one says more. */
function merged(before: readonly ImportedField[], after: readonly ImportedField[]): readonly ImportedField[] {
  const byName = new Map<string, ImportedField>()
  for (const field of [...before, ...after]) {
    const known = byName.get(field.wireName)
    const isTwice = known !== undefined && after.includes(known) && after.includes(field)
    byName.set(field.wireName, isTwice ? several(field) : field)
  }
  return [...byName.values()]
}

/** An element that a content model names at two places may stand twice. */
function several(field: ImportedField): ImportedField {
  if (field.type.kind === "list" || isAttribute(field)) return field
  return { ...field, type: { kind: "list", element: field.type, min: null, max: null }, wire: null }
}

function written(qualified: string, { prefixes }: SchemaSet): string {
  const at = qualified.indexOf("}")
  const prefix = prefixes.get(qualified.slice(1, at)) ?? ""
  return `${prefix === "" ? "" : `${prefix}:`}${qualified.slice(at + 1)}`
}

function isDerivation(element: XmlElement): boolean {
  return element.local === "extension" || element.local === "restriction"
}

function isAttribute(field: ImportedField): boolean {
  return field.wireName.startsWith("@")
}

/** The name of an element without its prefix. */
function isBareName(name: string): boolean {
  return /^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name)
}
