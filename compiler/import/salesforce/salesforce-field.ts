// One field of a Salesforce describe. Flows in: the described field and what its object is for. Flows out: the field of a contract,
// its label, help, formula and references as documentation.
import type { ImportedContract, ImportedField, ImportedMember, ImportedType, ImportNote } from "../model.ts"
import { textLiteral } from "../print/text-literal.ts"
import { countOf, flagOf, listOf, memberOf, textOf, textsOf } from "../tree/tree-value.ts"
import { addressRecord, geolocationRecord } from "./compound.ts"

export interface SalesforceContext {
  readonly direction: ImportedContract["direction"]
  /** The object has a CurrencyIsoCode. */
  readonly hasCurrency: boolean
  /** The describe has no lengths, digits and rights. */
  readonly isReduced: boolean
  readonly take: (kind: ImportNote["kind"], field: string, message: string, sure?: ImportNote["sure"]) => void
}

export function salesforceField(field: unknown, context: SalesforceContext): ImportedField {
  const name = textOf(field, "name") ?? ""
  const kind = textOf(field, "type") ?? ""
  const type = typeOf(field, name, kind, context)
  const isMulti = type.kind === "list"
  return {
    wireName: name,
    docs: docsOf(field, name, kind),
    type,
    optional: isOptional(field, name, context),
    key: kind === "id",
    marks: marksOf(field, kind, context),
    wire: isMulti && kind === "multipicklist" ? `joined ${textLiteral(";")}` : null,
  }
}

/** Read, a field is there unless it is nillable. Written, it need not be sent; what must be on create says the profile. */
function isOptional(field: unknown, name: string, { direction }: SalesforceContext): boolean {
  // The platform always fills it; amounts are in it.
  if (name === "CurrencyIsoCode") return false
  if (memberOf(field, "nillable") !== false) return true
  return direction !== "reads" && flagOf(field, "createable")
}

function marksOf(
  field: unknown,
  kind: string,
  { isReduced, direction }: SalesforceContext,
): ImportedField["marks"] {
  const marks: ImportedField["marks"][number][] = []
  if (kind === "encryptedstring" || flagOf(field, "encrypted")) marks.push("confidential")
  if (!isReduced && direction !== "reads") {
    const [create, update] = [flagOf(field, "createable"), flagOf(field, "updateable")]
    if (!create && !update) marks.push("computed")
    else if (create && !update) marks.push("create only")
    if (update && memberOf(field, "nillable") !== false) marks.push("clearable")
  }
  if (flagOf(field, "deprecatedAndHidden")) marks.push("deprecated")
  return marks
}

function typeOf(field: unknown, name: string, kind: string, context: SalesforceContext): ImportedType {
  const { take } = context
  switch (kind) {
    case "id":
      return text(18)
    case "reference":
      return text(lengthOf(field) ?? 18)
    case "string":
    case "textarea":
    case "phone":
    case "url":
    case "email":
    case "encryptedstring":
    case "combobox":
      if (kind === "combobox" && members(field).length > 0)
        take("widened", name, "It suggests values and takes any text.")
      return text(lengthOf(field))
    case "picklist":
      if (name === "CurrencyIsoCode") return { kind: "currency" }
      return pick(field) ?? text(lengthOf(field))
    case "multipicklist":
      return { kind: "list", element: pick(field) ?? text(null), min: null, max: null }
    case "boolean":
      return { kind: "bool" }
    case "int":
      return wholeOf(field)
    case "long":
      return { kind: "int", min: null, max: null }
    case "double":
    case "currency":
    case "percent":
      return figureOf(field, name, kind, context)
    case "date":
      return { kind: "date" }
    case "datetime":
      return { kind: "instant" }
    case "time":
      take("widened", name, "A time of day is taken as text: `12:30:00.000Z`.")
      return text(null)
    case "address":
      return { kind: "named", name: addressRecord.name, units: [] }
    case "location":
      return { kind: "named", name: geolocationRecord.name, units: [] }
    case "base64":
      take("widened", name, "Its bytes come from an address of their own; here stands that address.")
      return text(null)
    case "junctionidlist":
      return { kind: "list", element: text(18), min: null, max: null }
    default:
      if (kind !== "anyType" && kind !== "complexvalue")
        take("widened", name, `Its type "${kind}" is not known; it is taken as json.`)
      return { kind: "json" }
  }
}

function text(max: number | null): ImportedType {
  return { kind: "text", min: null, max, measure: null, pattern: null }
}

function lengthOf(field: unknown): number | null {
  const length = countOf(field, "length")
  return length === null || length === 0 ? null : length
}

/** Values that are no longer chosen are kept: older records still have them. */
function pick(field: unknown): ImportedType | null {
  const found = members(field)
  return found.length === 0
    ? null
    : { kind: "enum", open: !flagOf(field, "restrictedPicklist"), members: found }
}

function members(field: unknown): readonly ImportedMember[] {
  return (listOf(memberOf(field, "picklistValues")) ?? []).flatMap(value => {
    const text = textOf(value, "value")
    if (text === null) return []
    const label = textOf(value, "label")
    const docs = [
      ...(label === null || label === text ? [] : [label]),
      ...(memberOf(value, "active") === false ? ["Inactive: only older records have it."] : []),
    ]
    return [{ value: text, docs }]
  })
}

function wholeOf(field: unknown): ImportedType {
  const digits = countOf(field, "digits")
  if (digits === null || digits === 0 || digits > 18) return { kind: "int", min: null, max: null }
  const most = "9".repeat(digits)
  return { kind: "int", min: `-${most}`, max: most }
}

function figureOf(
  field: unknown,
  name: string,
  kind: "double" | "currency" | "percent",
  { hasCurrency, take }: SalesforceContext,
): ImportedType {
  const said = countOf(field, "precision")
  const guess = { double: [18, 6], currency: [18, 2], percent: [18, 2] }[kind]
  const precision = said === null || said === 0 ? (guess[0] ?? 18) : said
  const scale = said === null || said === 0 ? (guess[1] ?? 2) : (countOf(field, "scale") ?? 0)
  if (said === null || said === 0)
    take("guessed", name, `The describe has no digits; (${precision},${scale}) is taken.`, "unsure")
  if (kind === "percent") return { kind: "percent", precision, scale, min: null, max: null }
  if (kind === "currency" && hasCurrency)
    return { kind: "money", precision, scale, unit: { kind: "field", wireName: "CurrencyIsoCode" } }
  return { kind: "decimal", precision, scale, min: null, max: null }
}

function docsOf(field: unknown, name: string, kind: string): readonly string[] {
  const label = textOf(field, "label")
  const help = textOf(field, "inlineHelpText")
  const formula = textOf(field, "calculatedFormula")
  const references = textsOf(memberOf(field, "referenceTo"))
  const compound = textOf(field, "compoundFieldName")
  const isSaid = label === null || bare(label) === bare(name)
  return [
    ...(isSaid ? [] : [`${label}.`]),
    ...(help === null ? [] : [help]),
    ...(formula === null ? [] : [`Formula: ${formula}`]),
    ...referenceDocs(references),
    ...(compound === null || compound === name ? [] : [`Part of ${compound}.`]),
    ...(flagOf(field, "externalId")
      ? [`External id${flagOf(field, "unique") ? ", unique" : ""}: an upsert may name the record by it.`]
      : flagOf(field, "unique")
        ? ["Unique among the records of the object."]
        : []),
    ...(kind === "picklist" && flagOf(field, "dependentPicklist")
      ? [`Which values may be chosen depends on ${textOf(field, "controllerName") ?? "another field"}.`]
      : []),
  ]
}

function referenceDocs(references: readonly string[]): readonly string[] {
  if (references.length === 0) return []
  if (references.length === 1) return [`Refers to ${references[0]}.`]
  const shown =
    references.length > 12 ? [...references.slice(0, 12), `${references.length - 12} more`] : references
  return [`Refers to one of ${shown.join(", ")}: the first three characters tell which.`]
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")
}
