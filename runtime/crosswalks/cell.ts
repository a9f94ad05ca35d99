// One cell of a crosswalk file. Flows in: the text of the cell and the type of its column; flows out: the value as the wire of that
// type would hold it, or what is wrong. Cells are read as strictly as payloads; an empty cell is no value.
import { jsonNumber } from "../decimal/json-number.ts"
import { formatScaled, parseDecimal } from "../decimal/scaled.ts"
import { readBool } from "../door/read-bool.ts"
import { readCountry, readCurrency, readLanguage } from "../door/read-code.ts"
import { readDecimal, valueScale } from "../door/read-decimal.ts"
import { readEnum } from "../door/read-enum.ts"
import { readInteger } from "../door/read-integer.ts"
import { readText } from "../door/read-text.ts"
import { readDate, readDatetime, readInstant } from "../door/read-time.ts"
import { isRefused, type Refused, refuse } from "../door/refused.ts"
import type {
  BoolSpec,
  CodeSpec,
  DecimalSpec,
  EnumSpec,
  IntegerSpec,
  TextSpec,
  TimeSpec,
} from "../door/spec.ts"

/** The scalar wire types, told apart by `kind`. */
export type ScalarSpec =
  | (TextSpec & { readonly kind: "text" })
  | (BoolSpec & { readonly kind: "bool" })
  | (IntegerSpec & { readonly kind: "int" })
  | DecimalSpec
  | (CodeSpec & { readonly kind: "currency" | "country" | "language" })
  | (TimeSpec & { readonly kind: "date" | "datetime" | "instant" })
  | (EnumSpec & { readonly kind: "enum" })

/** A payload value of a scalar type as it is inside: canonical text, boolean, whole number or scaled bigint. */
export function readScalar(value: unknown, spec: ScalarSpec): string | boolean | bigint | Refused {
  switch (spec.kind) {
    case "text":
      return readText(value, spec)
    case "bool":
      return readBool(value, spec)
    case "int":
      return readInteger(value, spec)
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return readDecimal(value, spec)
    case "currency":
      return readCurrency(value, spec)
    case "country":
      return readCountry(value, spec)
    case "language":
      return readLanguage(value, spec)
    case "date":
      return readDate(value, spec)
    case "datetime":
      return readDatetime(value, spec)
    case "instant":
      return readInstant(value, spec)
    case "enum":
      return readEnum(value, spec)
  }
}

/** The cell as a payload would hold it: JSON numbers and booleans where the wire wants them, else the text. Not yet judged by the type. */
export function cellWireValue(cell: string, spec: ScalarSpec): unknown {
  if (spec.kind === "bool" && spec.wire === "json") {
    if (cell === "true") return true
    if (cell === "false") return false
    return refuse("WRONG_TYPE", "Expected true or false.")
  }
  if (!wantsNumber(spec)) return cell
  const decimal = parseDecimal(cell)
  return decimal === undefined
    ? refuse("BAD_NUMBER", "Expected a plain decimal number such as -12.50.")
    : jsonNumber(decimal.unscaled, decimal.scale)
}

/** The wire value, judged by its type. */
export function readCell(cell: string, spec: ScalarSpec): unknown {
  const value = cellWireValue(cell, spec)
  if (isRefused(value)) return value
  const read = readScalar(value, spec)
  return isRefused(read) ? read : value
}

/** The canonical text a key part is compared by; the same for a payload value and for a cell. */
export function keyText(value: string | boolean | bigint, spec: ScalarSpec): string {
  if (typeof value === "string") return value
  if (typeof value === "boolean") return value ? "true" : "false"
  return isDecimal(spec) ? formatScaled(value, valueScale(spec)) : value.toString()
}

function wantsNumber(spec: ScalarSpec): boolean {
  if (spec.kind === "int") return spec.wire === "number"
  if (spec.kind === "date" || spec.kind === "datetime" || spec.kind === "instant") {
    return typeof spec.wire === "object" && "epoch" in spec.wire
  }
  return isDecimal(spec) && spec.wire !== "text"
}

function isDecimal(spec: ScalarSpec): spec is DecimalSpec {
  return (
    spec.kind === "decimal" || spec.kind === "money" || spec.kind === "quantity" || spec.kind === "percent"
  )
}
