// The blank between two tokens of one line. Flows in: both tokens and what the tree says of them. Flows out: "", " " or two
// blanks before the first modifier of a field.
import type { IToken, TokenType } from "chevrotain"
import * as t from "../tokens/token-types.ts"
import type { Marks } from "./marks.ts"

const K = t.Keywords
/** Words after which a bracket opens a value of its own. */
const beforeValue: ReadonlySet<TokenType> = new Set([
  K.and,
  K.or,
  K.not,
  K.in,
  K.is,
  K.else,
  K.where,
  K.when,
  K.by,
  K.as,
  K.within,
  K.because,
  K.each,
  K.group,
  K.tree,
  K.match,
  K.check,
  K.default,
  K.unmapped,
  K.answers,
  K.over,
  K.expect,
  K.assume,
  K.for,
  K.of,
  K.ignoring,
])
const tightAfter: ReadonlySet<TokenType> = new Set([t.OpenParen, t.OpenBracket, t.Range, t.Dot])
const tightBefore: ReadonlySet<TokenType> = new Set([
  t.CloseParen,
  t.CloseBracket,
  t.Comma,
  t.Range,
  t.Question,
])
const opensTight: ReadonlySet<TokenType> = new Set([t.OpenParen, t.OpenBracket])

export interface Between {
  readonly left: IToken
  readonly right: IToken
  /** The token before `left` on its line. */
  readonly before: IToken | undefined
  /** The brace around both is a dictionary's: `{[text]: T}`. */
  readonly dictionary: boolean
  /** The colon of a field stands apart, that of a parameter does not. */
  readonly fieldColon: boolean
  readonly firstModifier: boolean
}

export function blankBetween(b: Between, marks: Marks): string {
  const left = b.left.tokenType
  const right = b.right.tokenType
  if (b.firstModifier) return "  "
  if (marks.prefixes.has(b.left.startOffset) && (left === t.Dot || left === t.Minus)) return ""
  if (left === t.Minus && b.before?.tokenType === t.Range) return ""
  if (right === t.Dot) return marks.prefixes.has(b.right.startOffset) && !tightAfter.has(left) ? " " : ""
  if (tightAfter.has(left) || tightBefore.has(right)) return ""
  if (left === t.OpenBrace || right === t.CloseBrace) {
    if (left === t.OpenBrace && right === t.CloseBrace) return ""
    return b.dictionary ? "" : " "
  }
  if (right === t.Colon) return b.fieldColon ? " " : ""
  if (left === t.Comma && marks.sizes.has(b.right.startOffset)) return ""
  if (left === t.Bar || right === t.Bar) return ""
  if (opensTight.has(right)) {
    const named = left.CATEGORIES?.includes(t.Name) || left === t.Name
    const afterDot = b.before?.tokenType === t.Dot
    if (named && (afterDot || !beforeValue.has(left))) return ""
    if (
      right === t.OpenBracket &&
      (left === t.CloseParen || left === t.CloseBracket || left === t.CloseBrace)
    )
      return ""
  }
  return " "
}
