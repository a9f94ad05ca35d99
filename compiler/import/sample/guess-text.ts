// What texts of a column or member have in common. Flows in: the texts that are there. Flows out: a type, how it stands, and how sure
// that is. Zeros in front, figures that a spreadsheet has rounded and days that may be months stay text: a guess never loses a digit.
import { isCurrency, isRefused, readDate, readDatetime, readInstant } from "@fmap/runtime"
import type { ImportedType, ImportNote } from "../model.ts"
import { textLiteral } from "../print/text-literal.ts"

export interface Guess {
  readonly type: ImportedType
  readonly wire: string | null
  readonly sure: ImportNote["sure"]
  /** Why, in words; null where it is plain. */
  readonly why: string | null
}

export const plainText: ImportedType = { kind: "text", min: null, max: null, measure: null, pattern: null }

const identifies =
  /(?:^|[_\s.-])(?:id|ids|key|code|number|no|nr|num|uuid|guid|zip|postal|phone|iban|ref)$|[a-z](?:Id|ID|Key|Code|Number|No)$/
/** Whole in a sample, amounts need not be whole the next day. */
export const isAmount =
  /amount|price|total|revenue|cost|balance|(?:^|[_\s])tax|discount|credit|debit|(?:^|[_\s])fees?$/i
const enough = 20
const mostValues = 8

export function guessText(texts: readonly string[], name: string): Guess {
  if (texts.length === 0) return text("unsure", "no row has a value")
  const every = (test: (text: string) => boolean) => texts.every(test)
  if (texts.some(each => /^-?0\d/.test(each)) && every(each => /^-?\d+(?:\.\d+)?$/.test(each))) {
    const day = compactDays(texts, name)
    return day ?? text("certain", "zeros in front are kept")
  }
  const bool = guessBool(texts)
  if (bool !== null) return bool
  if (every(each => /^-?\d+$/.test(each))) {
    const day = compactDays(texts, name)
    if (day !== null) return day
    if (identifies.test(name.replaceAll('"', "")) || texts.some(each => each.length > 18))
      return text("likely", "digits that identify something are not counted with")
    if (isAmount.test(name)) return figure(texts)
    return {
      type: { kind: "int", min: null, max: null },
      wire: null,
      sure: "likely",
      why: "all are whole numbers",
    }
  }
  if (every(each => /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(each))) return figure(texts)
  if (every(each => /^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$/i.test(each) || /^-?\d+(?:[.,]\d+)*$/.test(each)))
    return text(
      "unsure",
      "figures with exponents, signs between thousands or a decimal comma are not read as they stand",
    )
  return guessTime(texts) ?? guessCode(texts, name) ?? guessEnum(texts) ?? text(null, null)
}

function text(sure: Guess["sure"], why: string | null): Guess {
  return { type: plainText, wire: null, sure, why }
}

function figure(texts: readonly string[]): Guess {
  const scale = Math.max(2, ...texts.map(each => each.split(".")[1]?.length ?? 0))
  const whole = Math.max(...texts.map(each => each.replace("-", "").split(".")[0]?.length ?? 1))
  if (scale > 18 || whole > 19) return text("unsure", "the figures have more digits than amounts have")
  const isWhole = texts.every(each => !each.includes("."))
  return {
    type: { kind: "decimal", precision: Math.max(18, whole + scale), scale, min: null, max: null },
    wire: null,
    sure: isWhole ? "unsure" : "likely",
    why: isWhole
      ? "the name says an amount, and all figures are whole: they may count minor units such as cents, which `money … wire minor` says"
      : `the sample has at most ${scale} digits after the point; an amount of money wants its currency`,
  }
}

export type BoolPair = readonly [yes: string, no: string]

/** How files say true and false. */
export const boolPairs = [
  ["true", "false"],
  ["TRUE", "FALSE"],
  ["True", "False"],
  ["T", "F"],
] as const satisfies readonly BoolPair[]

/** `wire "T"|"F"`. */
export function pairForm(pair: BoolPair | null): string | null {
  return pair === null ? null : `${textLiteral(pair[0])}|${textLiteral(pair[1])}`
}

function guessBool(texts: readonly string[]): Guess | null {
  for (const pair of boolPairs) {
    const [yes, no] = pair
    if (!texts.every(each => each === yes || each === no)) continue
    const both = texts.includes(yes) && texts.includes(no)
    return {
      type: { kind: "bool" },
      wire: pairForm(pair),
      sure: both ? "likely" : "unsure",
      why: both ? `all are ${yes} or ${no}` : `all are ${texts[0]}`,
    }
  }
  return null
}

/** `20260331`: eight digits are a day only where the name says so. */
function compactDays(texts: readonly string[], name: string): Guess | null {
  if (!/dat|day|budat|_at$|_on$/i.test(name) || !texts.every(each => /^(?:19|20)\d{6}$/.test(each)))
    return null
  if (!texts.every(each => isDate(each, "yyyyMMdd"))) return null
  return time("date", 'pattern "yyyyMMdd"', "unsure", "all are days written with eight digits")
}

function guessTime(texts: readonly string[]): Guess | null {
  const every = (test: (text: string) => boolean) => texts.every(test)
  if (every(each => /^\d{4}-\d\d-\d\d$/.test(each) && isDate(each, null)))
    return time("date", null, "likely", "all are days")
  if (every(each => !isRefused(readInstant(each, { kind: "instant", wire: "iso" }))))
    return time("instant", null, "likely", "all are points in time")
  if (every(each => !isRefused(readDatetime(each, { kind: "datetime", wire: "iso" }))))
    return time("datetime", null, "likely", "all are times without a zone")
  for (const pattern of ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.SSS"])
    if (every(each => !isRefused(readDatetime(each, { kind: "datetime", wire: { pattern } }))))
      return time("datetime", `pattern "${pattern}"`, "likely", "all are times without a zone")
  if (every(each => isDate(each, "dd.MM.yyyy")))
    return time("date", 'pattern "dd.MM.yyyy"', "likely", "all are days")
  for (const [one, other] of [
    ["MM/dd/yyyy", "dd/MM/yyyy"],
    ["dd/MM/yyyy", "MM/dd/yyyy"],
  ] as const) {
    if (!every(each => isDate(each, one))) continue
    if (every(each => isDate(each, other)))
      return text("unsure", "nothing tells which of two numbers is the month")
    return time("date", `pattern "${one}"`, "likely", "all are days, and some can be read in one way only")
  }
  return null
}

function isDate(value: string, pattern: string | null): boolean {
  return !isRefused(readDate(value, { kind: "date", wire: pattern === null ? "iso" : { pattern } }))
}

function time(
  kind: "date" | "datetime" | "instant",
  wire: string | null,
  sure: Guess["sure"],
  why: string,
): Guess {
  return { type: { kind }, wire, sure, why }
}

function guessCode(texts: readonly string[], name: string): Guess | null {
  if (!/curr|waers|iso_?code|ccy/i.test(name)) return null
  if (texts.every(isCurrency))
    return { type: { kind: "currency" }, wire: null, sure: "likely", why: "all are codes of currencies" }
  if (!texts.every(each => /^[a-z]{3}$/.test(each) && isCurrency(each.toUpperCase()))) return null
  const why = "all are codes of currencies in small letters"
  return { type: { kind: "currency" }, wire: "lower", sure: "likely", why }
}

function guessEnum(texts: readonly string[]): Guess | null {
  const values = new Set(texts)
  if (texts.length < enough || values.size > mostValues || values.size * 4 > texts.length) return null
  if (texts.some(each => each.length > 40)) return null
  const members = [...values].map(value => ({ value, docs: [] }))
  return {
    type: { kind: "enum", open: true, members },
    wire: null,
    sure: "unsure",
    why: `${texts.length} rows have ${values.size === 1 ? "one value" : `${values.size} values`}`,
  }
}
