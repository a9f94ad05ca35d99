// What money a document holds, and which of its places are personal. Flows in: a document and what is known of its values. Flows out: each amount with its field and currency; documents and
// paths with what is personal hidden.
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { masked } from "../../results/shown-value.ts"
import type { CurrencyPlace, Figures, MoneyPlace } from "../port/event.ts"

export interface Amount {
  /** Its place, with `*` for elements: `record.lines.*.amount`. */
  readonly field: string
  readonly currency: string
  /** Decimal text. */
  readonly value: string
}

/** Amounts whose currency does not stand in the document are left out: nobody could add them up. */
export function amountsIn(document: unknown, { money }: Figures): readonly Amount[] {
  return money.flatMap(place => amountsAt(document, place))
}

function amountsAt(document: unknown, { path, currency }: MoneyPlace): readonly Amount[] {
  return placesOf(document, path).flatMap(({ value, elements }) => {
    const text = decimalText(value)
    if (text === undefined) return []
    const code = "code" in currency ? currency.code : codeAt(document, currency, elements)
    return code !== undefined ? [{ field: path.join("."), currency: code, value: text }] : []
  })
}

function codeAt(
  document: unknown,
  { path, called }: CurrencyPlace,
  elements: readonly number[],
): string | undefined {
  const found = valueAt(document, path, elements)
  const text = typeof found === "string" ? found : decimalText(found)
  if (text === undefined || text === "" || text.length > 40) return undefined
  return called === undefined ? text : `${called} ${text}`
}

interface Place {
  readonly value: unknown
  /** Numbers of the elements it is in. */
  readonly elements: readonly number[]
}

function placesOf(
  value: unknown,
  path: readonly string[],
  elements: readonly number[] = [],
): readonly Place[] {
  const [name, ...rest] = path
  if (name === undefined) return [{ value, elements }]
  if (name === "*")
    return Array.isArray(value)
      ? value.flatMap((element, index) => placesOf(element, rest, [...elements, index]))
      : []
  return placesOf(member(value, name), rest, elements)
}

function valueAt(document: unknown, path: readonly string[], elements: readonly number[]): unknown {
  let at = document
  let list = 0
  for (const name of path) {
    const index = name === "*" ? elements[list++] : undefined
    at = index === undefined ? member(at, name) : Array.isArray(at) ? at[index] : undefined
  }
  return at
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined
}

/** Undefined where it is no figure. */
export function decimalText(value: unknown): string | undefined {
  const text = isExactNumber(value)
    ? value.text
    : typeof value === "number" || typeof value === "string"
      ? String(value)
      : ""
  return /^-?\d{1,300}(?:\.\d{1,300})?$/u.test(text) ? text : undefined
}

/** The document with marks where something personal stands. */
export function withoutPersonal(
  document: unknown,
  figures: Figures | undefined,
  path: readonly string[] = [],
): unknown {
  if (document === undefined || figures === undefined) return document
  if (figures.masked.some(place => fits(place, path) && place.length <= path.length)) return masked
  if (Array.isArray(document))
    return document.map((element, index) => withoutPersonal(element, figures, [...path, String(index)]))
  if (typeof document !== "object" || document === null || isExactNumber(document)) return document
  return Object.fromEntries(
    Object.entries(document).map(([name, value]) => [name, withoutPersonal(value, figures, [...path, name])]),
  )
}

/** Does the path lead to the place, or into it? */
function fits(place: readonly string[], path: readonly string[]): boolean {
  return place.every((name, index) => {
    const here = path[index]
    return here === undefined || name === here || (name === "*" && /^\d+$/u.test(here))
  })
}
