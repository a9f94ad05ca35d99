// A standard data type of the Common Data Model as a type of the language. Flows in: the base type's name and what the attribute
// says of length and bounds. Flows out: the type. Amounts are decimals here; what makes them money knows the entity.
import type { ImportedType } from "../model.ts"

export interface CdmSizes {
  readonly maxLength: number | null
  readonly min: string | null
  readonly max: string | null
  /** Digits in all and after the point, of decimals. */
  readonly digits: readonly [precision: number, scale: number]
}

const guid = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"

export const guidType: ImportedType = { kind: "text", min: null, max: 36, measure: null, pattern: guid }

/** Null for a name that is no standard type. */
export function cdmType(name: string, sizes: CdmSizes): ImportedType | null {
  const { min, max } = sizes
  switch (name) {
    case "entityId":
    case "guid":
      return guidType
    case "integer":
    case "smallInteger":
      return { kind: "int", min: min ?? "-2147483648", max: max ?? "2147483647" }
    case "bigInteger":
      return { kind: "int", min: min ?? "-9223372036854775808", max: max ?? "9223372036854775807" }
    case "decimal":
    case "currency":
    case "baseCurrency":
    case "double":
    case "float": {
      const [precision, scale] = sizes.digits
      return { kind: "decimal", precision, scale, min, max }
    }
    case "boolean":
      return { kind: "bool" }
    case "date":
      return { kind: "date" }
    case "dateTime":
    case "dateTimeOffset":
      return { kind: "instant" }
    case "json":
    case "object":
      return { kind: "json" }
    default:
      return texts.has(name)
        ? { kind: "text", min: null, max: sizes.maxLength, measure: null, pattern: null }
        : null
  }
}

const texts: ReadonlySet<string> = new Set([
  "string",
  "name",
  "text",
  "char",
  "email",
  "phone",
  "fullName",
  "firstName",
  "middleName",
  "lastName",
  "addressLine",
  "city",
  "country",
  "county",
  "postalCode",
  "stateOrProvince",
  "governmentId",
  "language",
  "languageTag",
  "localizedDisplayText",
  "timezone",
  "time",
  "url",
  "attributeName",
  "tickerSymbol",
  "image",
  "byte",
  "binary",
])
