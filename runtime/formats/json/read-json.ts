// The strict, lossless JSON reader: the default of `fmap run` and of every connector. Flows in: text or bytes; flows out: payload
// values, or one refusal with its place. Beyond RFC 8259 it refuses duplicate keys, lone surrogates and deep nesting; numbers of
// more than 15 digits or with an exponent become ExactNumber. It never throws and never recurses beyond its depth limit.
import { safeDigits, significantDigits } from "../../decimal/json-number.ts"
import { isWellFormed } from "../../door/well-formed.ts"
import { ExactNumber } from "./exact-number.ts"
import { decodeUtf8 } from "./utf8.ts"

/** `line` and `column` are 1-based, columns and `offset` in UTF-16 units (bytes where the UTF-8 itself is broken). */
export interface JsonRefusal {
  readonly code: "BAD_JSON" | "BAD_UTF8" | "DUPLICATE_KEY" | "BAD_TEXT" | "TOO_DEEP"
  readonly message: string
  readonly offset: number
  readonly line: number
  readonly column: number
}

export type JsonResult = { readonly ok: unknown } | { readonly refused: JsonRefusal }

export interface JsonOptions {
  /** Levels of arrays and objects, 200 when not given; at most 1,000. */
  readonly depth?: number
}

/** Reads one JSON document. A byte order mark at its start is skipped; anything after the value but blanks is refused. */
export function readJson(text: string, options: JsonOptions = {}): JsonResult {
  const scanner: Scanner = { text, at: 0, left: Math.min(options.depth ?? 200, 1_000), refusal: undefined }
  if (text.charCodeAt(0) === 0xfeff) scanner.at = 1
  const value = readValue(scanner)
  if (scanner.refusal === undefined) {
    skipBlanks(scanner)
    if (scanner.at < text.length) fail(scanner, "BAD_JSON", "Expected the end of the JSON after its value.")
  }
  return scanner.refusal === undefined ? { ok: value } : { refused: scanner.refusal }
}

/** The same for UTF-8 bytes; bytes that are not UTF-8 are refused, never replaced. */
export function readJsonBytes(bytes: Uint8Array, options: JsonOptions = {}): JsonResult {
  const decoded = decodeUtf8(bytes)
  if (typeof decoded === "string") return readJson(decoded, options)
  const { line, column } = decoded
  return {
    refused: { code: "BAD_UTF8", message: "The bytes are not UTF-8.", offset: decoded.offset, line, column },
  }
}

interface Scanner {
  readonly text: string
  at: number
  left: number
  refusal: JsonRefusal | undefined
}

function readValue(s: Scanner): unknown {
  skipBlanks(s)
  switch (s.text.charCodeAt(s.at)) {
    case 0x7b:
      return nested(s, readObject)
    case 0x5b:
      return nested(s, readArray)
    case 0x22:
      return readString(s)
    case 0x74:
      return word(s, "true", true)
    case 0x66:
      return word(s, "false", false)
    case 0x6e:
      return word(s, "null", null)
    default:
      return readNumber(s)
  }
}

function nested(s: Scanner, read: (s: Scanner) => unknown): unknown {
  if (s.left === 0) return fail(s, "TOO_DEEP", "The JSON is nested too deep.")
  s.left--
  const value = read(s)
  s.left++
  return value
}

function readObject(s: Scanner): unknown {
  const object: Record<string, unknown> = {}
  s.at++
  skipBlanks(s)
  if (s.text.charCodeAt(s.at) === 0x7d) {
    s.at++
    return object
  }
  for (;;) {
    skipBlanks(s)
    const start = s.at
    if (s.text.charCodeAt(s.at) !== 0x22) return fail(s, "BAD_JSON", "Expected a key in double quotes.")
    const key = readString(s)
    if (key === undefined) return undefined
    if (Object.hasOwn(object, key)) {
      s.at = start
      return fail(
        s,
        "DUPLICATE_KEY",
        `The key ${JSON.stringify(key.slice(0, 60))} stands twice in one object.`,
      )
    }
    skipBlanks(s)
    if (s.text.charCodeAt(s.at) !== 0x3a) return fail(s, "BAD_JSON", "Expected a colon after the key.")
    s.at++
    const value = readValue(s)
    if (s.refusal !== undefined) return undefined
    // an assignment would change the prototype (__proto__) or fail where Object.prototype is frozen (constructor)
    if (key in object)
      Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
    else object[key] = value
    skipBlanks(s)
    const code = s.text.charCodeAt(s.at)
    if (code === 0x2c) s.at++
    else if (code === 0x7d) {
      s.at++
      return object
    } else return fail(s, "BAD_JSON", "Expected a comma or the end of the object.")
  }
}

function readArray(s: Scanner): unknown {
  const items: unknown[] = []
  s.at++
  skipBlanks(s)
  if (s.text.charCodeAt(s.at) === 0x5d) {
    s.at++
    return items
  }
  for (;;) {
    const value = readValue(s)
    if (s.refusal !== undefined) return undefined
    items.push(value)
    skipBlanks(s)
    const code = s.text.charCodeAt(s.at)
    if (code === 0x2c) s.at++
    else if (code === 0x5d) {
      s.at++
      return items
    } else return fail(s, "BAD_JSON", "Expected a comma or the end of the array.")
  }
}

/** From the opening quote to behind the closing one. */
function readString(s: Scanner): string | undefined {
  const { text } = s
  const opening = s.at
  let start = opening + 1
  let at = start
  let value = ""
  let surrogates = false
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === 0x22) break
    if (code === 0x5c) {
      value += text.slice(start, at)
      s.at = at
      const escaped = readEscape(s)
      if (escaped === undefined) return undefined
      if (escaped >= "\ud800" && escaped <= "\udfff") surrogates = true
      value += escaped
      at = s.at
      start = at
      continue
    }
    if (code < 0x20) {
      s.at = at
      return fail(s, "BAD_JSON", "A control character stands in a text; it is written as an escape.")
    }
    if (code >= 0xd800 && code <= 0xdfff) surrogates = true
    if (Number.isNaN(code)) {
      s.at = opening
      return fail(s, "BAD_JSON", "The text has no closing quote.")
    }
    at++
  }
  value = start === opening + 1 ? text.slice(start, at) : value + text.slice(start, at)
  if (surrogates && !isWellFormed(value)) {
    s.at = opening
    return fail(s, "BAD_TEXT", "The text has half of a surrogate pair, which is no character.")
  }
  s.at = at + 1
  return value
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
])

function readEscape(s: Scanner): string | undefined {
  const letter = s.text.charAt(s.at + 1)
  if (letter === "u") {
    const digits = s.text.slice(s.at + 2, s.at + 6)
    if (!/^[0-9a-fA-F]{4}$/.test(digits))
      return fail(s, "BAD_JSON", "Expected four hexadecimal digits after \\u.")
    s.at += 6
    return String.fromCharCode(Number.parseInt(digits, 16))
  }
  const character = simpleEscapes.get(letter)
  if (character === undefined) return fail(s, "BAD_JSON", "The text has an escape that JSON does not know.")
  s.at += 2
  return character
}

function readNumber(s: Scanner): unknown {
  const { text, at } = s
  const integer = text.charCodeAt(at) === 0x2d ? at + 1 : at
  const point = digitsEnd(text, integer)
  const leadingZero = point > integer + 1 && text.charCodeAt(integer) === 0x30
  let end = point
  if (point > integer && text.charCodeAt(point) === 0x2e) {
    const fraction = digitsEnd(text, point + 1)
    end = fraction > point + 1 ? fraction : at
  }
  const mantissa = end
  if (end > integer && isExponentMark(text.charCodeAt(end))) {
    const sign = text.charCodeAt(end + 1)
    const digits = sign === 0x2b || sign === 0x2d ? end + 2 : end + 1
    const exponent = digitsEnd(text, digits)
    end = exponent > digits ? exponent : at
  }
  if (end <= integer || leadingZero || continuesWord(text.charCodeAt(end))) {
    return fail(
      s,
      "BAD_JSON",
      at >= text.length ? "The JSON ends before its value does." : "Expected a JSON value.",
    )
  }
  const literal = text.slice(at, end)
  s.at = end
  return end === mantissa && isSafe(literal) ? Number(literal) : new ExactNumber(literal)
}

/** Does a double keep every digit of a literal without exponent? Beyond 40 characters it may be too small for one. */
function isSafe(literal: string): boolean {
  return literal.length <= safeDigits || (literal.length <= 40 && significantDigits(literal) <= safeDigits)
}

function digitsEnd(text: string, from: number): number {
  let at = from
  for (;;) {
    const code = text.charCodeAt(at)
    if (!(code >= 0x30 && code <= 0x39)) return at
    at++
  }
}

function isExponentMark(code: number): boolean {
  return code === 0x65 || code === 0x45
}

/** A letter, digit, sign or point: what cannot follow a number. */
function continuesWord(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) ||
    code === 0x2e ||
    code === 0x2b ||
    code === 0x2d
  )
}

function word(s: Scanner, text: string, value: boolean | null): unknown {
  if (!s.text.startsWith(text, s.at)) return fail(s, "BAD_JSON", "Expected a JSON value.")
  s.at += text.length
  return value
}

function skipBlanks(s: Scanner): void {
  for (;;) {
    const code = s.text.charCodeAt(s.at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
    s.at++
  }
}

function fail(s: Scanner, code: JsonRefusal["code"], message: string): undefined {
  if (s.refusal !== undefined) return undefined
  const before = s.text.slice(0, s.at)
  const lineStart = before.lastIndexOf("\n") + 1
  s.refusal = { code, message, offset: s.at, line: before.split("\n").length, column: s.at - lineStart + 1 }
  return undefined
}
