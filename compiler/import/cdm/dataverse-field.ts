// An attribute of Dataverse (Dynamics 365 Sales) as a field. Flows in: the attribute and the entity it stands in. Flows out: the field
// and notes. Amounts are in the currency of the record, which is a lookup: its record holds the ISO code.
import type { ImportedField, ImportedRecord, ImportedType } from "../model.ts"
import { memberOf, numberTextOf, type TreeObject, textOf } from "../tree/tree-value.ts"
import type { CdmContext } from "./cdm-context.ts"
import { cdmType, guidType } from "./cdm-type.ts"
import { referenceName } from "./read-entities.ts"
import { argumentRows, argumentText, traitOf } from "./traits.ts"

export const currencyLookup = "transactioncurrencyid"

/** What a lookup of the currency holds when it is expanded. */
export const currencyRecord: ImportedRecord = {
  kind: "record",
  name: "TransactionCurrency",
  docs: [
    "The currency of a record, as `$expand=transactioncurrencyid($select=isocurrencycode)` delivers it.",
  ],
  parameters: [],
  fields: [
    field("transactioncurrencyid", guidType, true),
    field("isocurrencycode", { kind: "currency" }, false),
  ],
}

export interface DataverseField {
  readonly field: ImportedField
  /** Must be given when a record is made. */
  readonly isRequired: boolean
}

export function dataverseField(attribute: TreeObject, context: CdmContext): DataverseField | null {
  const entity = memberOf(attribute, "entity")
  const told =
    entity === undefined
      ? attribute
      : memberOf(
          memberOf(memberOf(attribute, "resolutionGuidance"), "entityByReference"),
          "foreignKeyAttribute",
        )
  const wireName =
    textOf(told, "sourceName") ?? textOf(attribute, "sourceName") ?? textOf(attribute, "name") ?? ""
  if (wireName === "" || told === undefined) return null
  const traits = memberOf(told, "appliedTraits")
  const level = argumentText(traitOf(traits, "is.requiredAtLevel"), "level")
  const isKey = textOf(told, "purpose") === "identifiedBy"
  const isNullable = memberOf(told, "isNullable") === true
  const isCurrency = entity !== undefined && wireName === currencyLookup
  const typed = isCurrency
    ? { type: { kind: "named" as const, name: currencyRecord.name, units: [] }, docs: [] }
    : entity === undefined
      ? typeOf(attribute, wireName, context)
      : lookup(attribute, context)
  const optional =
    !isKey &&
    !(isCurrency && context.hasMoney) &&
    level !== "systemrequired" &&
    (level !== null || isNullable)
  if (isCurrency && context.hasMoney)
    context.note(
      "guessed",
      "likely",
      `${context.shape}.${wireName}`,
      "It is expanded and demanded here, because amounts of the record are in its ISO code.",
    )
  const isComputed = memberOf(told, "isReadOnly") === true || traitOf(traits, "is.calculationOf") !== null
  return {
    field: {
      wireName,
      docs: [...docsOf(told), ...typed.docs],
      type: typed.type,
      optional,
      key: isKey,
      marks: isComputed ? ["computed"] : [],
      wire: null,
    },
    isRequired: level === "required" && !isComputed && optional,
  }
}

interface Typed {
  readonly type: ImportedType
  readonly docs: readonly string[]
}

function typeOf(attribute: TreeObject, wireName: string, context: CdmContext): Typed {
  const written = memberOf(attribute, "dataType")
  const name = referenceName(written, "dataTypeReference") ?? "string"
  if (name === "listLookup" || name === "listLookupCorrelated" || name === "listLookupMultiple") {
    context.count("options")
    const rows = argumentRows(traitOf(memberOf(written, "appliedTraits"), "does.haveDefault"))
    const words = rows.map(([, text = "", value = ""]) => `\`${value}\` ${text}`)
    const type: ImportedType =
      name === "listLookupMultiple"
        ? { kind: "text", min: null, max: null, measure: null, pattern: null }
        : { kind: "int", min: null, max: null }
    return { type, docs: words.length === 0 ? [] : [words.join(", ")] }
  }
  const isMoney = name === "currency" || name === "baseCurrency"
  const type = cdmType(context.baseType(name), {
    maxLength: lengthOf(attribute),
    min: boundOf(attribute, "minimumValue"),
    max: boundOf(attribute, "maximumValue"),
    digits: isMoney ? [19, 4] : name === "double" || name === "float" ? [38, 17] : [38, 10],
  })
  if (type === null) {
    context.note(
      "widened",
      null,
      `${context.shape}.${wireName}`,
      `Its type "${name}" is declared in a document that is not at hand; it is taken as json.`,
    )
    return { type: { kind: "json" }, docs: [] }
  }
  if (name === "decimal" || name === "double") context.count("digits")
  if (name === "baseCurrency") context.count("base")
  if (name !== "currency") return { type, docs: [] }
  if (context.hasCurrency) {
    const unit = {
      kind: "field" as const,
      wireName: currencyLookup,
      inside: { record: currencyRecord.name, wireName: "isocurrencycode" },
    }
    return { type: { kind: "money", precision: 19, scale: 4, unit }, docs: [] }
  }
  context.note(
    "widened",
    null,
    `${context.shape}.${wireName}`,
    "It is an amount and the entity has no currency; it is taken as a decimal.",
  )
  return { type, docs: [] }
}

function lookup(attribute: TreeObject, context: CdmContext): Typed {
  context.count("lookups")
  const target = referenceName(memberOf(memberOf(attribute, "entity"), "entityReference"), "entityReference")
  const name = target ?? referenceName(memberOf(attribute, "entity"), "entityReference")
  return { type: guidType, docs: name === null ? [] : [`The id of a ${name}.`] }
}

function docsOf(told: unknown): readonly string[] {
  const texts = [textOf(told, "displayName"), textOf(told, "description")]
  return [...new Set(texts.flatMap(text => (text === null || text.trim() === "" ? [] : [text.trim()])))]
}

function lengthOf(attribute: TreeObject): number | null {
  const length = memberOf(attribute, "maximumLength")
  const value = typeof length === "string" ? Number(length) : length
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : null
}

function boundOf(attribute: TreeObject, name: string): string | null {
  const bound = memberOf(attribute, name)
  return typeof bound === "string" ? bound : numberTextOf(bound)
}

function field(wireName: string, type: ImportedType, optional: boolean): ImportedField {
  return { wireName, docs: [], type, optional, key: false, marks: [], wire: null }
}
