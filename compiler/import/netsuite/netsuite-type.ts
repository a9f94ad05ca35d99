// A field type of NetSuite's Records Browser as a type of the language. Flows in: the type's word and what amounts are in. Flows
// out: the type and marks, or null for a word that is not known. It must not know the record the field stands in.
import type { ImportedField, ImportedType, ImportedUnit } from "../model.ts"

export const referenceName = "Reference"
export const referencesName = "References"

export interface NetsuiteType {
  readonly type: ImportedType
  readonly marks: ImportedField["marks"]
  /** An amount without a currency that a field of the record says. */
  readonly isAmountAlone: boolean
}

export function netsuiteType(word: string, currency: ImportedUnit | null): NetsuiteType | null {
  const plain = (type: ImportedType, marks: ImportedField["marks"] = []): NetsuiteType => ({
    type,
    marks,
    isAmountAlone: false,
  })
  switch (word) {
    case "select":
      return plain({ kind: "named", name: referenceName, units: [] })
    case "multiselect":
      return plain({ kind: "named", name: referencesName, units: [] })
    case "checkbox":
      return plain({ kind: "bool" })
    case "currency":
    case "poscurrency":
      return currency === null
        ? { type: decimal(19, 4), marks: [], isAmountAlone: true }
        : plain({ kind: "money", precision: 19, scale: 4, unit: currency })
    case "currency2":
    case "rate":
    case "ratehighprecision":
    case "float":
      return plain(decimal(28, 10))
    case "posfloat":
      return plain({ kind: "decimal", precision: 28, scale: 10, min: "0", max: null })
    case "percent":
      return plain({ kind: "percent", precision: 18, scale: 6, min: null, max: null })
    case "integer":
    case "year":
      return plain({ kind: "int", min: null, max: null })
    case "posinteger":
      return plain({ kind: "int", min: "0", max: null })
    case "date":
      return plain({ kind: "date" })
    case "datetime":
      return plain({ kind: "instant" })
    case "email":
    case "emails":
    case "phone":
      return plain(text, ["pii"])
    case "ssnumber":
    case "ccnumber":
    case "password":
      return plain(text, ["confidential"])
    case "summary":
    case "namevaluelist":
      return plain({ kind: "json" })
    default:
      return texts.has(word) ? plain(text) : null
  }
}

const text: ImportedType = { kind: "text", min: null, max: null, measure: null, pattern: null }

const texts: ReadonlySet<string> = new Set([
  "text",
  "textarea",
  "richtext",
  "rtext",
  "radio",
  "address",
  "url",
  "identifier",
  "identifieranycase",
  "ccexpdate",
  "ccvalidfrom",
  "mmyydate",
  "time",
  "timeofday",
])

function decimal(precision: number, scale: number): ImportedType {
  return { kind: "decimal", precision, scale, min: null, max: null }
}
