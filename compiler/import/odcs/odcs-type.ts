// The type of a property of a data contract. Flows in: a property and the record it stands in. Flows out: a type of the language, exact:
// digits come from the physical type where the logical one has none. Objects inside become records.
import type { ImportedDeclaration, ImportedField, ImportedType, ImportNote } from "../model.ts"
import { plainInteger, plainNumber } from "../settle/plain-number.ts"
import { countOf, flagOf, listOf, memberOf, numberTextOf, textOf, textsOf } from "../tree/tree-value.ts"

export interface TypeContext {
  readonly notes: ImportNote[]
  /** Records are added where they are met. */
  readonly declarations: ImportedDeclaration[]
  readonly names: Set<string>
  readonly fieldsOf: (of: unknown, at: string, owner: string) => readonly ImportedField[]
}

export interface PropertyPlace {
  readonly at: string
  /** The record or contract it stands in. */
  readonly owner: string
  readonly wireName: string
  readonly siblings: readonly string[]
}

interface Typed {
  readonly type: ImportedType
  readonly wire: string | null
}

/** Wide enough for whatever a double can show of an amount. */
const unsaid = { precision: 34, scale: 12 }
const integers = /^(?:small|big|tiny|medium)?(?:int|integer|serial)\d*$/u
const cut = 2_000

/** What the standard has no place for. */
export function customOf(of: unknown, property: string): string | null {
  const found = (listOf(memberOf(of, "customProperties")) ?? []).find(
    one => textOf(one, "property") === property,
  )
  const value = memberOf(found, "value")
  return typeof value === "string" ? value : typeof value === "boolean" ? String(value) : numberTextOf(value)
}

export function odcsType(property: unknown, place: PropertyPlace, context: TypeContext): Typed {
  const logical = textOf(property, "logicalType")
  const physical = (textOf(property, "physicalType") ?? "").toLowerCase()
  const options = memberOf(property, "logicalTypeOptions")
  switch (logical) {
    case "string":
      return plain(textType(property, options, physical, place, context))
    case "boolean":
      return plain({ kind: "bool" })
    case "integer":
      return onWire(integerType(options), property)
    case "number":
      return onWire(
        integers.test(physical)
          ? integerType(options)
          : figureType(property, options, physical, place, context),
        property,
      )
    case "date":
      return plain({ kind: physical.startsWith("timestamp") ? "datetime" : "date" })
    case "timestamp":
      return plain({
        kind: flagOf(options, "timezone") || /tz|with time zone/u.test(physical) ? "instant" : "datetime",
      })
    case "object":
      return plain(recordType(property, place, context))
    case "array":
      return plain(listType(property, options, place, context))
    case null:
      return ofPhysical(property, physical, place, context)
    default:
      tell(context, "widened", place, `A value of type "${logical}" is text in a contract.`)
      return plain({ kind: "text", min: null, max: null, measure: null, pattern: null })
  }
}

function plain(type: ImportedType): Typed {
  return { type, wire: null }
}

/** A figure is a number of JSON where nothing else is said. */
function onWire(type: ImportedType, property: unknown): Typed {
  const wire = customOf(property, "wire")
  return { type, wire: wire === "text" || wire === "minor" ? wire : null }
}

function tell(context: TypeContext, kind: ImportNote["kind"], { at }: PropertyPlace, message: string): void {
  context.notes.push({ kind, sure: kind === "guessed" ? "likely" : null, at, message })
}

/** The logical type may be left out. */
function ofPhysical(property: unknown, physical: string, place: PropertyPlace, context: TypeContext): Typed {
  const said = (logicalType: string) => {
    tell(context, "guessed", place, `It says no logical type; ${logicalType} is taken.`)
    return odcsType({ ...(property as object), logicalType }, place, context)
  }
  if (memberOf(property, "properties") !== undefined) return said("object")
  if (memberOf(property, "items") !== undefined) return said("array")
  if (integers.test(physical)) return said("integer")
  if (/^(?:numeric|decimal|double|float|real|money|number)/u.test(physical)) return said("number")
  if (physical.startsWith("bool") || physical === "bit") return said("boolean")
  if (physical === "date") return said("date")
  if (/^(?:timestamp|datetime)/u.test(physical)) return said("timestamp")
  return said("string")
}

function textType(
  property: unknown,
  options: unknown,
  physical: string,
  place: PropertyPlace,
  context: TypeContext,
): ImportedType {
  const code = { "ISO 4217": "currency", "ISO 3166-1": "country", "ISO 639": "language" } as const
  const iso = customOf(property, "code")
  if (iso !== null && Object.hasOwn(code, iso)) return { kind: code[iso as keyof typeof code] }
  const closed = validValues(property)
  if (closed.length > 0)
    return { kind: "enum", open: false, members: closed.map(value => ({ value, docs: [] })) }
  const format = textOf(options, "format")
  if (format !== null) tell(context, "widened", place, `The format "${format}" is not checked.`)
  const size = /\(\s*(\d{1,6})\s*\)|\[\s*(\d{1,6})\s*\]/u.exec(physical)
  const max = countOf(options, "maxLength") ?? (size === null ? null : Number(size[1] ?? size[2]))
  return {
    kind: "text",
    min: countOf(options, "minLength"),
    max,
    measure: null,
    pattern: patternOf(textOf(options, "pattern"), place, context),
  }
}

/** A pattern of the standard may match anywhere; one of a contract means the whole text. */
function patternOf(pattern: string | null, place: PropertyPlace, context: TypeContext): string | null {
  if (pattern === null || pattern === "") return null
  if (pattern.startsWith("^") && /(?:^|[^\\])(?:\\\\)*\$$/u.test(pattern)) return pattern
  tell(
    context,
    "widened",
    place,
    `Its pattern "${pattern.slice(0, cut)}" may match anywhere, and is not checked.`,
  )
  return null
}

/** The metric of the standard for a closed list: none may be invalid. */
function validValues(property: unknown): readonly string[] {
  for (const rule of listOf(memberOf(property, "quality")) ?? []) {
    if (textOf(rule, "metric") !== "invalidValues" || memberOf(rule, "mustBe") !== 0) continue
    const values = textsOf(memberOf(memberOf(rule, "arguments"), "validValues"))
    if (values.length > 0) return [...new Set(values)]
  }
  return []
}

function integerType(options: unknown): ImportedType {
  const end = (inclusive: string, exclusive: string, inward: bigint): string | null => {
    const open = plainInteger(numberTextOf(memberOf(options, exclusive)) ?? "")
    return open === null
      ? plainInteger(numberTextOf(memberOf(options, inclusive)) ?? "")
      : String(BigInt(open) + inward)
  }
  return {
    kind: "int",
    min: end("minimum", "exclusiveMinimum", 1n),
    max: end("maximum", "exclusiveMaximum", -1n),
  }
}

function figureType(
  property: unknown,
  options: unknown,
  physical: string,
  place: PropertyPlace,
  context: TypeContext,
): ImportedType {
  const sizes = sizesOf(property, physical)
  if (sizes === null)
    tell(
      context,
      "guessed",
      place,
      `The source says no digits; decimal(${unsaid.precision},${unsaid.scale}) is taken. An amount of money wants its currency: \`money(18,2) in …\`.`,
    )
  const { precision, scale } = sizes ?? unsaid
  const kind = customOf(property, "kind")
  const unit = customOf(property, "unit")
  if ((kind === "money" || kind === "quantity") && unit !== null) {
    if (place.siblings.includes(unit))
      return { kind, precision, scale, unit: { kind: "field", wireName: unit } }
    if (/^[A-Z]{3}$/u.test(unit)) return { kind, precision, scale, unit: { kind: "constant", code: unit } }
    tell(context, "dropped", place, `Nothing beside it is called "${unit}"; the figure has no unit.`)
  }
  const bound = (name: string) => plainNumber(numberTextOf(memberOf(options, name)) ?? "")
  const [low, high] = [bound("exclusiveMinimum"), bound("exclusiveMaximum")]
  const exclusive =
    low !== null && high !== null ? "both" : low !== null ? "min" : high !== null ? "max" : null
  return {
    kind: kind === "percent" ? "percent" : "decimal",
    precision,
    scale,
    min: low ?? bound("minimum"),
    max: high ?? bound("maximum"),
    ...(exclusive === null ? {} : { exclusive }),
  }
}

function sizesOf(property: unknown, physical: string): { precision: number; scale: number } | null {
  const size =
    /^(?:decimal|numeric|number|money|float|double)\s*[([]\s*(\d{1,3})\s*(?:,\s*(\d{1,3})\s*)?[)\]]$/u.exec(
      physical,
    )
  const precision = size?.[1] ?? customOf(property, "precision")
  const scale = size === null ? (customOf(property, "scale") ?? null) : (size[2] ?? "0")
  if (precision === null || scale === null) return null
  const [digits, fraction] = [Number(precision), Number(scale)]
  return digits >= 1 && digits <= 38 && fraction <= digits ? { precision: digits, scale: fraction } : null
}

function recordType(property: unknown, place: PropertyPlace, context: TypeContext): ImportedType {
  if ((listOf(memberOf(property, "properties")) ?? []).length === 0) {
    tell(context, "widened", place, "It names none of its fields; any JSON may stand there.")
    return { kind: "json" }
  }
  const name = freeName(
    customOf(property, "record") ?? `${capital(place.owner)}${capital(place.wireName)}`,
    context,
  )
  const at = context.declarations.length
  const fields = context.fieldsOf(property, place.at, name)
  context.declarations.splice(at, 0, { kind: "record", name, docs: [], parameters: [], fields })
  return { kind: "named", name, units: [] }
}

function listType(
  property: unknown,
  options: unknown,
  place: PropertyPlace,
  context: TypeContext,
): ImportedType {
  const items = memberOf(property, "items")
  if (items === undefined)
    tell(context, "widened", place, "It does not say what is in its list; any JSON may stand there.")
  const element: ImportedType = items === undefined ? { kind: "json" } : odcsType(items, place, context).type
  return { kind: "list", element, min: countOf(options, "minItems"), max: countOf(options, "maxItems") }
}

function freeName(wanted: string, { names }: TypeContext): string {
  let name = wanted
  for (let i = 2; names.has(name); i++) name = `${wanted}${i}`
  names.add(name)
  return name
}

function capital(text: string): string {
  return text
    .split(/[^\p{L}\p{N}]+/u)
    .map(part => part.charAt(0).toUpperCase() + part.slice(1))
    .join("")
}
