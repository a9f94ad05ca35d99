// Reads the source of `matching re"…"`. Flows in: the raw source. Flows out: a tree of the subset, or the first thing
// that is not in it, with its offset. The subset: literals, `.`, classes, `\d \w \s` and their negations, groups,
// alternatives, `* + ? {n} {n,} {n,m}` up to 1000, `^` at the very start and `$` at the very end. Every source it takes
// means the same to a JavaScript engine with the flag `u`.
import {
  anyButLineEnd,
  anything,
  type CharacterSet,
  complement,
  digits,
  overlaps,
  spaces,
  union,
  wordCharacters,
} from "./character-set.ts"

export type PatternNode =
  | { readonly kind: "set"; readonly set: CharacterSet }
  | { readonly kind: "sequence"; readonly items: readonly PatternNode[] }
  | { readonly kind: "alternatives"; readonly options: readonly PatternNode[]; readonly offset: number }
  | {
      readonly kind: "repeat"
      readonly of: PatternNode
      readonly min: number
      readonly max: number | null
      readonly offset: number
    }

export interface PatternProblem {
  readonly problem: string
  readonly offset: number
}

export type ParsedPattern =
  | { readonly pattern: PatternNode /** The source between its anchors. */; readonly body: string }
  | PatternProblem

export const largestCount = 1000
const deepestGroup = 100

/** Thrown and caught inside this file only: a recursive descent reads best without threading failures. */
class Refusal extends Error {
  readonly offset: number
  constructor(problem: string, offset: number) {
    super(problem)
    this.offset = offset
  }
}

export function parsePattern(source: string): ParsedPattern {
  const start = source.startsWith("^") ? 1 : 0
  const end =
    source.endsWith("$") && !escapedAt(source, source.length - 1) ? source.length - 1 : source.length
  try {
    const reader = { source, at: start, end: Math.max(start, end), depth: 0 }
    const pattern = alternatives(reader)
    if (reader.at < reader.end) throw new Refusal('a ")" without its "("', reader.at)
    const anchored = start === 1 || end < source.length
    if (anchored && pattern.kind === "alternatives") {
      throw new Refusal('"^" or "$" beside alternatives: put the alternatives into a group', pattern.offset)
    }
    return { pattern, body: source.slice(start, Math.max(start, end)) }
  } catch (error) {
    if (error instanceof Refusal) return { problem: error.message, offset: error.offset }
    throw error
  }
}

interface Reader {
  readonly source: string
  at: number
  readonly end: number
  depth: number
}

function escapedAt(source: string, at: number): boolean {
  let slashes = 0
  while (source[at - 1 - slashes] === "\\") slashes++
  return slashes % 2 === 1
}

function alternatives(r: Reader): PatternNode {
  const offset = r.at
  const options = [sequence(r)]
  while (r.at < r.end && r.source[r.at] === "|") {
    r.at++
    options.push(sequence(r))
  }
  const [only] = options
  return options.length === 1 && only !== undefined ? only : { kind: "alternatives", options, offset }
}

function sequence(r: Reader): PatternNode {
  const items: PatternNode[] = []
  while (r.at < r.end && r.source[r.at] !== "|" && r.source[r.at] !== ")") items.push(repetition(r))
  return { kind: "sequence", items }
}

function repetition(r: Reader): PatternNode {
  const of = atom(r)
  const offset = r.at
  const count = r.at < r.end ? counts(r) : null
  if (count === null) return of
  if (r.source[r.at] === "?" && r.at < r.end)
    throw new Refusal('a lazy quantifier "?" changes nothing here: take it out', r.at)
  if (r.at < r.end && /[*+{]/.test(r.source[r.at] ?? "")) throw new Refusal("two quantifiers in a row", r.at)
  return { kind: "repeat", of, ...count, offset }
}

function counts(r: Reader): { min: number; max: number | null } | null {
  const sign = r.source[r.at]
  if (sign === "*" || sign === "+" || sign === "?") {
    r.at++
    return { min: sign === "+" ? 1 : 0, max: sign === "?" ? 1 : null }
  }
  if (sign !== "{") return null
  const written = /^\{(\d+)(?:(,)(\d*))?\}/.exec(r.source.slice(r.at, Math.min(r.end, r.at + 40)))
  if (written === null) throw new Refusal('a "{" that is no count; a literal one is written "\\{"', r.at)
  const min = Number(written[1])
  const max =
    written[2] === undefined ? min : written[3] === "" || written[3] === undefined ? null : Number(written[3])
  if (min > largestCount || (max ?? 0) > largestCount)
    throw new Refusal(`a count above ${largestCount}`, r.at)
  if (max !== null && max < min) throw new Refusal("a count that ends before it begins", r.at)
  r.at += written[0].length
  return { min, max }
}

function atom(r: Reader): PatternNode {
  const sign = r.source[r.at]
  switch (sign) {
    case "(":
      return group(r)
    case "[":
      return { kind: "set", set: characterClass(r) }
    case ".":
      r.at++
      return { kind: "set", set: anyButLineEnd }
    case "\\":
      return { kind: "set", set: escape(r, false) }
    case "^":
    case "$":
      throw new Refusal(
        `"${sign}" in the middle; it may stand only at the very ${sign === "^" ? "start" : "end"}`,
        r.at,
      )
    case "*":
    case "+":
    case "?":
      throw new Refusal(`"${sign}" with nothing before it`, r.at)
    case "{":
    case "}":
    case "]":
      throw new Refusal(`a literal "${sign}" is written "\\${sign}"`, r.at)
    default:
      return { kind: "set", set: single(codePoint(r)) }
  }
}

function group(r: Reader): PatternNode {
  const offset = r.at
  if (++r.depth > deepestGroup)
    throw new Refusal(`more than ${deepestGroup} groups inside each other`, offset)
  r.at++
  if (r.source[r.at] === "?") {
    if (r.source[r.at + 1] !== ":") {
      const looks = /^\?(<?[=!])/.test(r.source.slice(r.at, r.at + 3))
      throw new Refusal(looks ? "look-ahead or look-behind" : "a named or flagged group", offset)
    }
    r.at += 2
  }
  const inner = alternatives(r)
  if (r.at >= r.end || r.source[r.at] !== ")") throw new Refusal('a "(" without its ")"', offset)
  r.at++
  r.depth--
  return inner
}

function characterClass(r: Reader): CharacterSet {
  const offset = r.at
  r.at++
  const negated = r.source[r.at] === "^"
  if (negated) r.at++
  const sets: CharacterSet[] = []
  while (r.at < r.end && r.source[r.at] !== "]") {
    const from = r.at
    const low = classMember(r)
    const isRange = r.source[r.at] === "-" && r.source[r.at + 1] !== "]" && r.at + 1 < r.end
    if (!isRange) {
      sets.push(low)
      continue
    }
    r.at++
    const high = classMember(r)
    const [a, b] = [onlyMember(low), onlyMember(high)]
    if (a === null || b === null || b < a)
      throw new Refusal("a range of characters that has no two ends", from)
    sets.push([[a, b]])
  }
  if (r.at >= r.end) throw new Refusal('a "[" without its "]"', offset)
  r.at++
  const all = union(...sets)
  const set = negated ? complement(all) : all
  if (!overlaps(set, anything)) throw new Refusal("a class that matches no character", offset)
  return set
}

function classMember(r: Reader): CharacterSet {
  const sign = r.source[r.at]
  if (sign === "\\") return escape(r, true)
  if (sign === "[") throw new Refusal('a literal "[" in a class is written "\\["', r.at)
  return single(codePoint(r))
}

function onlyMember(set: CharacterSet): number | null {
  const [range] = set
  return set.length === 1 && range !== undefined && range[0] === range[1] ? range[0] : null
}

function codePoint(r: Reader): number {
  const point = r.source.codePointAt(r.at) ?? 0
  if (point >= 0xd800 && point <= 0xdfff) throw new Refusal("half a character", r.at)
  r.at += point > 0xffff ? 2 : 1
  return point
}

function single(point: number): CharacterSet {
  return [[point, point]]
}

const controls: ReadonlyMap<string, number> = new Map([
  ["t", 9],
  ["n", 10],
  ["v", 11],
  ["f", 12],
  ["r", 13],
])

function escape(r: Reader, inClass: boolean): CharacterSet {
  const offset = r.at
  const sign = r.at + 1 < r.end ? r.source[r.at + 1] : undefined
  if (sign === undefined) throw new Refusal('a "\\" at the end', offset)
  r.at += 2
  switch (sign) {
    case "d":
      return digits
    case "D":
      return complement(digits)
    case "w":
      return wordCharacters
    case "W":
      return complement(wordCharacters)
    case "s":
      return spaces
    case "S":
      return complement(spaces)
    case "u":
      return single(unicodeEscape(r, offset))
  }
  const control = controls.get(sign)
  if (control !== undefined) return single(control)
  if (/[\^$\\.*+?()[\]{}|/]/.test(sign) || (inClass && sign === "-")) return single(sign.charCodeAt(0))
  if (/[1-9]/.test(sign)) throw new Refusal("a back-reference", offset)
  if (sign === "b" || sign === "B") throw new Refusal(`"\\${sign}", a word boundary`, offset)
  if (sign === "p" || sign === "P")
    throw new Refusal(`"\\${sign}", a Unicode property: name the characters`, offset)
  throw new Refusal(`"\\${sign}", which escapes nothing`, offset)
}

function unicodeEscape(r: Reader, offset: number): number {
  const written = /^(?:([0-9A-Fa-f]{4})|\{([0-9A-Fa-f]{1,6})\})/.exec(
    r.source.slice(r.at, Math.min(r.end, r.at + 8)),
  )
  const point = Number.parseInt(written?.[1] ?? written?.[2] ?? "d800", 16)
  if (written === null || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
    throw new Refusal('"\\u" without the four hexadecimal digits of a character', offset)
  }
  r.at += written[0].length
  return point
}
