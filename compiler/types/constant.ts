// Constants an author writes in defaults, crosswalk rows and tests, judged against a type. Flows in: an expression and the
// type it should have. Flows out: its canonical text (numbers: the exact value with all digits of the type; 12.5 % is
// 0.1250) or boolean, or why it is none.
import type { Edit, Expression } from "@fmap/grammar"
import {
  checkDecimal,
  checkInteger,
  checkText,
  formatScaled,
  functions,
  isCountry,
  isCurrency,
  isLanguage,
  isRefused,
  isWellFormed,
  minorUnits,
  parseDecimal,
  type Refused,
  readDate,
  readDatetime,
  readInstant,
  readPeriod,
  rescale,
} from "@fmap/runtime"
import { closest } from "../resolve/closest.ts"
import { languageDefaults } from "../resolve/wire-profiles.ts"
import { aType, describeType } from "./describe.ts"
import { hundredth } from "./refinement.ts"
import { scalarWire } from "./scalar-wire.ts"
import type { EnumType, NumberType, Type } from "./type.ts"
import { noForms } from "./wire-forms.ts"

export type Scalar = { readonly value: string | boolean } | Problem
interface Problem {
  readonly problem: string
  /** The enum member that was probably meant. */
  readonly member?: string
}

/** The help that goes with a constant that is none, for the details of a diagnostic. */
export type Correction = { readonly help?: string; readonly edits?: readonly Edit[] }

/** Writes the probable member the way the wrong one was written. */
export function correction(expression: Expression, { member }: Problem, file: string): Correction {
  if (member === undefined) return {}
  const isName = /^\.?[\p{L}_][\p{L}\p{N}_]*$/u.test(member)
  const text =
    expression.kind === "text" || !isName
      ? JSON.stringify(member)
      : expression.kind === "enumMember"
        ? `.${member}`
        : member
  return { help: `Did you mean ${text}?`, edits: [{ place: { file, span: expression.span }, text }] }
}

/** `bare`: enum members may stand without their point (keys of rows). A bare number for an amount is always allowed here. */
export function constantOf(expression: Expression, type: Type, bare: boolean): Scalar {
  switch (expression.kind) {
    case "parenthesized":
      return constantOf(expression.inner, type, bare)
    case "boolean":
      return type.kind === "bool" ? { value: expression.value } : wanted(type, `${expression.value}`)
    case "number":
      return type.kind === "number" && type.role !== "percent"
        ? readFigure(expression.text, type)
        : wanted(type, expression.text)
    case "percent":
      if (type.kind !== "number" || type.role !== "percent") return wanted(type, `${expression.text}%`)
      return readFigure(hundredth(expression.text) ?? "", type)
    case "money":
      if (type.kind !== "number" || type.role !== "money") return wanted(type, "an amount of money")
      if (type.unit?.kind === "constant" && type.unit.code !== expression.currency.text) {
        return { problem: `it is in ${expression.currency.text}, and the amount is in ${type.unit.code}` }
      }
      return readFigure(expression.text, type)
    case "unary": {
      if (expression.operator !== "-") return wanted(type, "a condition")
      const inner = expression.operand
      const isFigure = inner.kind === "number" || inner.kind === "percent" || inner.kind === "money"
      return isFigure && !inner.text.startsWith("-")
        ? constantOf({ ...inner, text: `-${inner.text}` }, type, bare)
        : wanted(type, "a computation")
    }
    case "date":
      return type.kind === "date" ? readTime(expression.text, type.kind) : wanted(type, expression.text)
    case "instant":
      return type.kind === "instant" ? readTime(expression.text, type.kind) : wanted(type, expression.text)
    case "text": {
      const text = expression.parts.map(part => (part.kind === "chars" ? part.text : null))
      if (text.includes(null)) return { problem: "a constant text has no holes" }
      return type.kind === "number" || type.kind === "bool" || type.kind === "date" || type.kind === "instant"
        ? wanted(type, "a text")
        : readCell(text.join(""), type)
    }
    case "enumMember":
      return type.kind === "enum"
        ? readMember(expression.name.text, type)
        : wanted(type, `.${expression.name.text}`)
    case "name":
      if (type.kind === "currency" || type.kind === "country" || type.kind === "language")
        return readCell(expression.name.text, type)
      if (type.kind !== "enum") return wanted(type, `"${expression.name.text}", a name`)
      return bare ? readMember(expression.name.text, type) : unpointed(expression.name.text, type)
    default:
      return wanted(type, nouns.get(expression.kind) ?? "a computation")
  }
}

const nouns: ReadonlyMap<Expression["kind"], string> = new Map([
  ["record", "a record"],
  ["list", "a list"],
  ["missing", "missing"],
  ["duration", "a duration"],
  ["exit", "a way out"],
  ["match", "a match"],
])

/** A text as it stands in a cell of a file: every type by its canonical text, percents by their figure. */
export function readCell(text: string, type: Type): Scalar {
  switch (type.kind) {
    case "bool":
      return text === "true" || text === "false"
        ? { value: text === "true" }
        : { problem: `${shown(text)} is neither true nor false` }
    case "number":
      return readFigure(type.role === "percent" ? (hundredth(text) ?? text) : text, type)
    case "text": {
      if (!isWellFormed(text)) return { problem: "the text holds half of a character" }
      const spec = scalarWire(type, noForms, languageDefaults)
      const refused = spec?.kind === "text" ? checkText(text, spec) : undefined
      if (refused !== undefined) return problemOf(refused, shown(text))
      return { value: type.padded === undefined ? text : functions.strip_zeros(text) }
    }
    case "enum":
      return readMember(text, type)
    case "currency":
      return isCurrency(text) ? { value: text } : { problem: `${shown(text)} is no currency of ISO 4217` }
    case "country":
      return isCountry(text) ? { value: text } : { problem: `${shown(text)} is no country of ISO 3166` }
    case "language":
      return isLanguage(text) ? { value: text } : { problem: `${shown(text)} is no language of ISO 639` }
    case "date":
    case "datetime":
    case "instant":
      return readTime(text, type.kind)
    case "period": {
      const read = readPeriod(text, { wire: "plain" }, type.calendar.table ?? undefined)
      return isRefused(read) ? problemOf(read, shown(text)) : { value: read }
    }
    default:
      return wanted(type, "a single value")
  }
}

/** `text` is the value itself, not a percent's figure. */
function readFigure(text: string, type: NumberType): Scalar {
  const decimal = parseDecimal(text)
  if (decimal === undefined) return { problem: `${shown(text)} is no plain number` }
  const scaled = rescale(decimal.unscaled, decimal.scale, type.scale)
  const spec = scalarWire(type, noForms, languageDefaults)
  if (scaled === undefined || decimal.scale > type.scale) {
    return {
      problem:
        type.scale === 0
          ? `${text} is no whole number`
          : `${text} has more than the ${type.scale} digits after the point of ${describeType(type)}`,
    }
  }
  const minor =
    type.unit?.kind === "constant" && type.role === "money" ? minorUnits(type.unit.code) : undefined
  const refused =
    spec?.kind === "int"
      ? checkInteger(scaled, spec)
      : spec?.kind === "decimal" ||
          spec?.kind === "money" ||
          spec?.kind === "quantity" ||
          spec?.kind === "percent"
        ? checkDecimal(scaled, spec, minor)
        : undefined
  return refused === undefined ? { value: formatScaled(scaled, type.scale) } : problemOf(refused, text)
}

function readTime(text: string, kind: "date" | "datetime" | "instant"): Scalar {
  const read = kind === "date" ? readDate : kind === "datetime" ? readDatetime : readInstant
  const value = read(text, { kind, wire: "iso" })
  return isRefused(value) ? problemOf(value, shown(text)) : { value }
}

function readMember(text: string, type: EnumType): Scalar {
  if (type.members.some(member => member.value === text)) return { value: text }
  const near = closest(
    text,
    type.members.map(member => member.value),
  )
  return {
    problem: `${shown(text)} is no member of ${describeType(type)}`,
    ...(near === null ? {} : { member: near }),
  }
}

/** A member as a value needs its point; as a key it stands bare. */
function unpointed(text: string, type: EnumType): Scalar {
  const read = readMember(text, type)
  return "problem" in read
    ? read
    : { problem: `a member of ${describeType(type)} is written .${text} here`, member: `.${text}` }
}

function wanted(type: Type, found: string): Scalar {
  return { problem: `${found} stands where ${aType(type)} is wanted` }
}

function problemOf(refused: Refused, found: string): Scalar {
  const sentence = refused.message.replace(/( \(expected [^)]*\))?\.$/, "")
  return { problem: `${found}: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}` }
}

function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text)
}
