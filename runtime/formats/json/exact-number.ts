// A JSON number a JS number cannot hold: more than 15 significant digits, or an exponent. Flows in: the literal as it
// stood in the text; flows out: the same literal, digit for digit. It does no arithmetic (see door/number-value.ts).

const brand: unique symbol = Symbol.for("@fmap/runtime/ExactNumber")
const literal = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/

/** A number as JSON wrote it. `text` is a valid JSON number literal. */
export class ExactNumber {
  readonly text: string

  get [brand](): true {
    return true
  }

  /** Throws a RangeError when `text` is not a JSON number literal: a bug of the caller, never of a payload. */
  constructor(text: string) {
    if (!literal.test(text))
      throw new RangeError(`Not a JSON number literal: ${JSON.stringify(text.slice(0, 60))}`)
    this.text = text
  }

  /** Lets `JSON.stringify` write the digits where the engine can; elsewhere says to use `writeJson`. */
  toJSON(): unknown {
    const json: object & { readonly rawJSON?: (text: string) => unknown } = JSON
    if (json.rawJSON !== undefined) return json.rawJSON(this.text)
    throw new TypeError(
      `JSON.stringify on this engine cannot write ${this.text.slice(0, 40)} without losing digits; use writeJson of @fmap/runtime.`,
    )
  }

  toString(): string {
    return this.text
  }
}

/** A number in a payload or a result: a JS number where that is exact, else the literal. */
export type JsonNumber = number | ExactNumber

/** True for instances of any copy of this package. A payload cannot forge one: JSON has no symbols. */
export function isExactNumber(value: unknown): value is ExactNumber {
  return value instanceof ExactNumber || (typeof value === "object" && value !== null && brand in value)
}
