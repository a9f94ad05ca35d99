// An attribute of Finance and Operations as a field. Flows in: the attribute, and the names beside it. Flows out: the field. Tables
// name extended data types (SalesLineAmount); data entities say "string" of everything, though figures are numbers on the wire:
// there the name must tell, and the note says that it was a guess.
import type { ImportedField, ImportedType } from "../model.ts"
import { memberOf, type TreeObject, textOf } from "../tree/tree-value.ts"
import type { CdmContext } from "./cdm-context.ts"
import { cdmType } from "./cdm-type.ts"
import { referenceName } from "./read-entities.ts"

const amount = /(?:Amount|Amounts|Price|Charges|AmountCur(?:Credit|Debit)?)$/u
const figure = /(?:Amount|Amounts|Price|Charges|Quantity|Qty|Percentage|Percent|Pct|ExchangeRate|ExchRate)$/u
/** Amounts in the currency of the company, which no field of the record says. */
const elsewhere = /Accounting|Reporting|MST|Secondary|Statistical|Tax1099/u

export interface Operations {
  readonly isTable: boolean
  /** Names of all attributes. */
  readonly names: ReadonlySet<string>
  /** Fields that amounts are in. */
  readonly currencies: ReadonlySet<string>
}

export function operationsField(
  attribute: TreeObject,
  operations: Operations,
  context: CdmContext,
): ImportedField | null {
  const wireName = textOf(attribute, "name") ?? ""
  if (wireName === "") return null
  if (memberOf(attribute, "entity") !== undefined) {
    context.count("relations")
    return null
  }
  const displayName = textOf(attribute, "displayName")?.trim() ?? ""
  const description = textOf(attribute, "description")?.trim() ?? ""
  const isNullable = memberOf(attribute, "isNullable") === true
  const isCurrency = isCurrencyField(attribute)
  const isDemanded = operations.currencies.has(wireName)
  if (isDemanded && isNullable)
    context.note(
      "guessed",
      "likely",
      `${context.shape}.${wireName}`,
      "The document lets it be missing; it is demanded here, because amounts of the record are in it.",
    )
  return {
    wireName,
    docs: [...new Set([displayName, description].filter(text => text !== ""))],
    type: isCurrency ? { kind: "currency" } : typeOf(attribute, wireName, operations, context),
    optional: isNullable && !isDemanded,
    key: false,
    marks: memberOf(attribute, "isReadOnly") === true ? ["computed"] : [],
    wire: null,
  }
}

function typeOf(
  attribute: TreeObject,
  wireName: string,
  operations: Operations,
  context: CdmContext,
): ImportedType {
  const name = referenceName(memberOf(attribute, "dataType"), "dataTypeReference") ?? "string"
  const base = context.baseType(name)
  const isFigure = operations.isTable ? base === "decimal" : base === "string" && figure.test(plain(wireName))
  if (isFigure) {
    const unit = amountUnit(attribute, operations.names)
    context.count("figures")
    return unit === null
      ? { kind: "decimal", precision: 32, scale: 16, min: null, max: null }
      : { kind: "money", precision: 32, scale: 6, unit: { kind: "field", wireName: unit } }
  }
  if (!operations.isTable && base === "string") context.count("texts")
  const type = cdmType(base, { maxLength: null, min: null, max: null, digits: [32, 16] })
  if (type !== null) return type
  context.note(
    "widened",
    null,
    `${context.shape}.${wireName}`,
    `Its type "${name}" is declared in a document that is not at hand; it is taken as json.`,
  )
  return { kind: "json" }
}

/** The name of the field that says the currency of an amount; null where it is no amount or no field does. */
export function amountUnit(attribute: TreeObject, names: ReadonlySet<string>): string | null {
  const name = plain(textOf(attribute, "name") ?? "")
  const type = plain(referenceName(memberOf(attribute, "dataType"), "dataTypeReference") ?? "")
  if (!amount.test(name) && !amount.test(type)) return null
  const own = /^(.*Currency)Amount$/u.exec(name)?.[1]
  if (own !== undefined) return [`${own}Code`, own].find(each => names.has(each)) ?? null
  if (elsewhere.test(name) || elsewhere.test(type)) return null
  return names.has("CurrencyCode") ? "CurrencyCode" : null
}

export function isCurrencyField(attribute: TreeObject): boolean {
  const type = referenceName(memberOf(attribute, "dataType"), "dataTypeReference") ?? ""
  const name = textOf(attribute, "name") ?? ""
  return /CurrencyCode$/u.test(type) || (type === "string" && /^(?:[A-Z]\w*)?CurrencyCode$/u.test(name))
}

/** Fields for one country end with its code: `AssessableValue_IN`. */
function plain(name: string): string {
  return name.replace(/_[A-Z]{1,2}$/u, "")
}
