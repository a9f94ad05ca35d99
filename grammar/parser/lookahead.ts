// What the next words mean. Flows in: the tokens ahead. Flows out: yes or no. Keywords are words like any other; here is
// the one place that says when a word is taken as a keyword and when as a name.
import { EOF, type IToken, type TokenType } from "chevrotain"
import * as t from "../tokens/token-types.ts"
import type { Dsl } from "./dsl.ts"

const K = t.Keywords

/** Words that stand between or after operands; after another word they never begin an operand. */
const following: ReadonlySet<TokenType> = new Set([
  K.else,
  K.and,
  K.or,
  K.in,
  K.is,
  K.because,
  K.where,
  K.when,
  K.sort,
  K.by,
  K.within,
  K.as,
  K.for,
  K.on,
  K.at,
  K.descending,
  K.ascending,
  K.over,
  K.remainder,
  K.then,
])
const exits: ReadonlySet<TokenType> = new Set([K.reject, K.hold, K.warn])
const literalStarts: ReadonlySet<TokenType> = new Set([
  t.Text,
  t.Integer,
  t.Decimal,
  t.Percent,
  t.DateToken,
  t.Instant,
  t.Duration,
  t.Dot,
  t.OpenParen,
  t.OpenBracket,
  t.OpenBrace,
  t.Minus,
])

export const isWord = (token: IToken): boolean =>
  token.tokenType === t.Name || (token.tokenType.CATEGORIES?.includes(t.Name) ?? false)
export const next = ($: Dsl, type: TokenType): boolean => $.LA(1).tokenType === type
/** A name that is no operator or clause word. */
export const isPlainWord = (token: IToken): boolean => isWord(token) && !following.has(token.tokenType)

/** `match x {`, `match {`, `match (x else y) {`; else a name. */
export function startsMatch($: Dsl): boolean {
  const after = $.LA(2)
  if (after.tokenType === t.OpenBrace) return true
  if (after.tokenType === t.OpenParen) return $.LA(behindBrackets($, 2)).tokenType === t.OpenBrace
  return isPlainWord(after) || after.tokenType === t.Text || after.tokenType === t.Integer
}

/** The place of what stands behind the round brackets that open at a place. */
function behindBrackets($: Dsl, open: number): number {
  let depth = 0
  for (let at = open; ; at++) {
    const { tokenType } = $.LA(at)
    if (tokenType === t.OpenParen) depth++
    else if (tokenType === t.CloseParen) depth--
    if (depth === 0 || tokenType === EOF) return at + 1
  }
}

/** `each xs`, `each (…)`: a call `each(x)` is refused by the checker, so the bracket belongs to the rows. */
export function startsEach($: Dsl): boolean {
  return isPlainWord($.LA(2))
}

/** `as of day` after a call; `each f(x) as of { … }` gives its rows the name `of`. */
export function startsAsOf($: Dsl): boolean {
  if (!next($, K.as) || $.LA(2).tokenType !== K.of) return false
  const after = $.LA(3)
  return isPlainWord(after) || after.tokenType === t.OpenParen || after.tokenType === t.DateToken
}

/** `previous line.amount`. */
export function startsPrevious($: Dsl): boolean {
  return next($, K.previous) && isPlainWord($.LA(2))
}
/** `running sum(…)`: whatever the function, so that a wrong one is told. */
export function startsRunning($: Dsl): boolean {
  return next($, K.running) && isPlainWord($.LA(2)) && $.LA(3).tokenType === t.OpenParen
}

/** `tree xs`: as with `each`. */
export function startsTree($: Dsl): boolean {
  return next($, K.tree) && isPlainWord($.LA(2))
}

/** `group xs`: as with `each`. */
export function startsGroup($: Dsl): boolean {
  return next($, K.group) && isPlainWord($.LA(2))
}

/** `share of x`: after a name no other `of` stands on its line. */
export function startsShare($: Dsl): boolean {
  return next($, K.share) && $.LA(2).tokenType === K.of
}

const zonedWords: ReadonlySet<string> = new Set(["date", "datetime", "instant"])

/** `each spread total over`; `each spread as s` walks a list of that name. */
export function startsSpread($: Dsl): boolean {
  if (!next($, K.each) || $.LA(2).tokenType !== K.spread) return false
  const after = $.LA(3)
  return isPlainWord(after) || after.tokenType === t.OpenParen || after.tokenType === t.Integer
}

/** `date of x`, `datetime of x`, `instant of x`. */
export function startsZoned($: Dsl): boolean {
  if (!zonedWords.has($.LA(1).image) || $.LA(2).tokenType !== K.of) return false
  const operand = $.LA(3)
  return isPlainWord(operand) || literalStarts.has(operand.tokenType)
}

/** `period of d`, `open period of d`, `next open period of d`. */
export function startsPeriodOf($: Dsl): boolean {
  let at = 1
  if ($.LA(at).tokenType === K.next) at++
  if ($.LA(at).tokenType === K.open) at++
  else if (at === 2) return false
  if ($.LA(at).tokenType !== K.period || $.LA(at + 1).tokenType !== K.of) return false
  const operand = $.LA(at + 2)
  return isPlainWord(operand) || literalStarts.has(operand.tokenType)
}

/** `reject CODE`, `skip row CODE`, `omit`, `clear`, `equally`. */
export function startsExit($: Dsl): boolean {
  const type = $.LA(1).tokenType
  const after = $.LA(2)
  if (exits.has(type)) return isPlainWord(after)
  if (type === K.skip) return after.tokenType === K.row
  if (type === K.omit || type === K.clear || type === K.equally)
    return after.tokenType !== t.Dot && after.tokenType !== t.OpenParen
  return false
}

/** `true`, `false`, `missing` unless something belongs to them as to a name. */
export function isLiteralWord($: Dsl): boolean {
  const type = $.LA(1).tokenType
  if (type !== K.true && type !== K.false && type !== K.missing) return false
  const after = $.LA(2).tokenType
  return after !== t.Dot && after !== t.OpenParen && after !== t.OpenBracket
}

/** `not` before an operand. */
export function startsNot($: Dsl): boolean {
  if (!next($, K.not)) return false
  const after = $.LA(2)
  return isPlainWord(after) || (literalStarts.has(after.tokenType) && after.tokenType !== t.Dot)
}

/** A word that stands for a value by its name. */
export function isNameOperand($: Dsl): boolean {
  const token = $.LA(1)
  const type = token.tokenType
  if (startsZoned($)) return false
  if (type === t.Name) return true
  if (!isWord(token)) return false
  if (startsPeriodOf($)) return false
  if (type === K.match) return !startsMatch($)
  if (type === K.each) return !startsEach($)
  if (type === K.group) return !startsGroup($)
  if (type === K.tree) return !startsTree($)
  if (type === K.previous) return !startsPrevious($)
  if (type === K.running) return !startsRunning($)
  if (type === K.share) return !startsShare($)
  // Only after `else` is it a way out.
  if (type === K.equally) return true
  return !isLiteralWord($) && !startsExit($)
}

/** `name =`: whatever the word, it is a target. */
export const isTarget = ($: Dsl): boolean => $.LA(2).tokenType === t.Assign
/** `name :`, `name? :`: whatever the word, it is a field. */
export const isField = ($: Dsl): boolean => {
  const after = $.LA(2).tokenType
  return after === t.Colon || after === t.Question
}
/** Between two items of a list of names: a comma that is not followed by the next statement or arm. */
export const moreNames = ($: Dsl): boolean =>
  isWord($.LA(2)) && $.LA(3).tokenType !== t.Assign && $.LA(3).tokenType !== t.Arrow
export const isEnd = ($: Dsl): boolean => $.LA(1).tokenType === EOF
