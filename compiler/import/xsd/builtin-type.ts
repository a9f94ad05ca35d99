// A built-in type of XML Schema as a type of the language. Flows in: its name. Flows out: the type, its wire form where it is none of
// text, and what is lost. In an XML document everything is text.
import type { ImportedType } from "../model.ts"

export interface XsdTyped {
  readonly type: ImportedType
  readonly wire: string | null
  readonly loss: string | null
}

export function builtinType(name: string): XsdTyped {
  const typed = (type: ImportedType, wire: string | null = null, loss: string | null = null): XsdTyped => ({
    type,
    wire,
    loss,
  })
  const int = (min: string | null, max: string | null) => typed({ kind: "int", min, max })
  switch (name) {
    case "boolean":
      return typed({ kind: "bool" })
    case "decimal":
      return typed({ kind: "decimal", precision: 38, scale: 10, min: null, max: null })
    case "integer":
      return int(null, null)
    case "nonNegativeInteger":
      return int("0", null)
    case "positiveInteger":
      return int("1", null)
    case "nonPositiveInteger":
      return int(null, "0")
    case "negativeInteger":
      return int(null, "-1")
    case "long":
      return int("-9223372036854775808", "9223372036854775807")
    case "unsignedLong":
      return int("0", "18446744073709551615")
    case "int":
      return int("-2147483648", "2147483647")
    case "unsignedInt":
      return int("0", "4294967295")
    case "short":
      return int("-32768", "32767")
    case "unsignedShort":
      return int("0", "65535")
    case "byte":
      return int("-128", "127")
    case "unsignedByte":
      return int("0", "255")
    case "date":
      return typed({ kind: "date" })
    case "dateTimeStamp":
      return typed({ kind: "instant" })
    case "dateTime":
      return typed(
        text,
        null,
        "It may have a zone or none, and is taken as text; write instant or datetime where it is known.",
      )
    case "float":
    case "double":
      return typed(text, null, "A binary float is no exact figure; it is taken as its text.")
    case "anyType":
      return typed({ kind: "json" }, null, "It may hold anything; it is taken as json.")
    default:
      return typed(text)
  }
}

const text: ImportedType = { kind: "text", min: null, max: null, measure: null, pattern: null }
