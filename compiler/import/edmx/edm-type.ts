// A primitive type of OData as a type of the language, and how its values stand on the wire. Flows in: the type's name, its
// facets and the version. Flows out: type, wire form where it differs from the system's, and a sentence where something is lost.
import type { ImportedType } from "../model.ts"
import type { EdmFacets, EdmProperty } from "./edm-model.ts"

export interface EdmTyped {
  readonly type: ImportedType
  readonly wire: string | null
  /** What the type of the language promises less. */
  readonly loss: string | null
}

const guid = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
const timeV2 = "PT[0-9HMS.]+"
const timeV4 = "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"

/** Null for what is no value of a record: streams. */
export function edmType(
  typeName: string,
  facets: EdmFacets,
  format: EdmProperty["format"],
  version: "V2" | "V4",
): EdmTyped | null {
  const plain = (type: ImportedType, wire: string | null = null, loss: string | null = null): EdmTyped => ({
    type,
    wire,
    loss,
  })
  const int = (min: string, max: string) => plain({ kind: "int", min, max })
  switch (typeName) {
    case "Edm.String":
      return plain(text(wholeNumber(facets.maxLength), format === "digits" ? "[0-9]*" : null))
    case "Edm.Boolean":
      return plain({ kind: "bool" })
    case "Edm.Byte":
      return int("0", "255")
    case "Edm.SByte":
      return int("-128", "127")
    case "Edm.Int16":
      return int("-32768", "32767")
    case "Edm.Int32":
      return int("-2147483648", "2147483647")
    case "Edm.Int64":
      return plain(
        { kind: "int", min: "-9223372036854775808", max: "9223372036854775807" },
        version === "V2" ? "text" : null,
      )
    case "Edm.Decimal":
      return decimal(facets)
    case "Edm.Double":
    case "Edm.Single":
    case "Edm.Float":
      return version === "V2"
        ? plain(text(null, null), null, "A binary float is no exact figure; it is taken as its text.")
        : plain(
            { kind: "decimal", precision: 38, scale: 17, min: null, max: null },
            null,
            "A binary float is no exact figure; it is taken as a decimal of 17 places.",
          )
    case "Edm.DateTime":
      return plain({ kind: format === "date" ? "date" : "datetime" })
    case "Edm.Date":
      return plain({ kind: "date" })
    case "Edm.DateTimeOffset":
      return plain({ kind: "instant" })
    case "Edm.Time":
      return plain(text(null, timeV2))
    case "Edm.TimeOfDay":
      return plain(text(null, timeV4))
    case "Edm.Duration":
      return plain(text(null, null))
    case "Edm.Guid":
      return plain(text(36, guid))
    case "Edm.Binary":
      return plain(text(null, null), null, "Bytes are taken as their base64 text.")
    case "Edm.Stream":
      return null
    default:
      return plain({ kind: "json" }, null, `${typeName} has no type of the language; it is taken as json.`)
  }
}

function decimal(facets: EdmFacets): EdmTyped {
  const digits = wholeNumber(facets.precision)
  const places = wholeNumber(facets.scale)
  const isVariable = facets.scale !== null && places === null
  const made = (precision: number, scale: number, loss: string | null): EdmTyped => ({
    type: { kind: "decimal", precision, scale, min: null, max: null },
    wire: null,
    loss,
  })
  if (digits === null)
    return places === null
      ? made(
          38,
          10,
          "The document does not say how many digits it has; 38, 10 of them after the point, are taken.",
        )
      : made(38, Math.min(places, 38), null)
  if (isVariable) {
    const scale = Math.min(digits, 19)
    return made(
      Math.min(38, digits + scale),
      scale,
      "Its point may stand anywhere; there is room on both sides of it.",
    )
  }
  return made(digits, places ?? 0, null)
}

function text(max: number | null, pattern: string | null): ImportedType {
  return { kind: "text", min: null, max, measure: null, pattern }
}

/** `max` and `variable` are no numbers. */
function wholeNumber(facet: string | null): number | null {
  return facet !== null && /^\d{1,9}$/u.test(facet) ? Number(facet) : null
}
