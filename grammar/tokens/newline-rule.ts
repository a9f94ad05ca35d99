// Which line ends separate statements (language-decisions 1). Flows in: the lexer's tokens. Flows out: the same
// tokens without the line ends that mean nothing. It must not know the grammar beyond this table.
import type { IToken, TokenType } from "chevrotain"
import { keywords } from "./keywords.ts"
import * as t from "./token-types.ts"

/** After these a line goes on. */
const joinsAfter: ReadonlySet<TokenType> = new Set([
  t.Equal,
  t.NotEqual,
  t.LessOrEqual,
  t.GreaterOrEqual,
  t.Assign,
  t.Less,
  t.Greater,
  t.Plus,
  t.Minus,
  t.Times,
  t.Divide,
  t.Range,
  t.Dot,
  t.Comma,
  t.Colon,
  t.Bar,
  t.Arrow,
  t.OpenParen,
  t.OpenBracket,
  t.OpenBrace,
])
/** Before these too; never before `-`, `->` and `..`. */
const joinsBefore: ReadonlySet<TokenType> = new Set([
  t.Dot,
  t.Times,
  t.Divide,
  t.Plus,
  t.Equal,
  t.NotEqual,
  t.Less,
  t.LessOrEqual,
  t.Greater,
  t.GreaterOrEqual,
  t.CloseBrace,
  t.OpenBrace,
])
/** After these an operand is missing when the next line assigns: that line stays one of its own. */
const wantsOperand: ReadonlySet<TokenType> = new Set([
  t.Equal,
  t.NotEqual,
  t.LessOrEqual,
  t.GreaterOrEqual,
  t.Assign,
  t.Less,
  t.Greater,
  t.Plus,
  t.Minus,
  t.Times,
  t.Divide,
  t.Arrow,
])
/** Words that end a line unfinished when an operand stands before them. */
const unfinishedWords: ReadonlySet<string> = new Set(["and", "or", "else"])
export const continuationWords: ReadonlySet<string> = new Set(
  keywords.filter(k => "continues" in k && k.continues).map(k => k.word),
)
/** A continuation word before one of these is a name: a field, a target, a pattern, a key. */
const makesName: ReadonlySet<TokenType> = new Set([t.Assign, t.Colon, t.Question, t.Arrow, t.Comma])
const declarationWords: ReadonlySet<string> = new Set(
  keywords.filter(k => k.role === "declaration").map(k => k.word),
)

type Frame = { readonly kind: "brace" | "members" | "round"; readonly index: number }

/** Drops every line end that separates nothing and puts a Boundary before each certain declaration. */
export function separateLines(lexed: readonly IToken[], text: string): IToken[] {
  const out: IToken[] = []
  const frames: Frame[] = []
  let inFlow = false
  for (let i = 0; i < lexed.length; i++) {
    const token = lexed[i] as IToken
    const type = token.tokenType
    if (type === t.Newline) {
      const at = nextOnLine(lexed, i)
      const next = lexed[at]
      if (next === undefined) break
      closeUnfinished(frames, out, next, lexed, at)
      const begins = inFlow && beginsFlowLine(lexed, at)
      if (keeps(frames, out, next, lexed[at + 1], lexed[at + 2], begins)) out.push(token)
      i = at - 1
      continue
    }
    if (type === t.OpenBrace)
      frames.push({ kind: holdsMembers(out) ? "members" : "brace", index: out.length })
    else if (type === t.OpenParen || type === t.OpenBracket) frames.push({ kind: "round", index: out.length })
    else if (type === t.CloseBrace) closeBrace(frames)
    else if (type === t.CloseParen || type === t.CloseBracket) {
      if (frames.at(-1)?.kind === "round") frames.pop()
    } else if (isAnchor(token, lexed[i + 1], text)) {
      out.push(boundary(token.startOffset))
      frames.length = 0
      inFlow = token.tokenType === t.Keywords.flow
    }
    out.push(token)
  }
  return out
}

function boundary(startOffset: number): IToken {
  return { image: "", startOffset, tokenType: t.Boundary, tokenTypeIdx: t.Boundary.tokenTypeIdx as number }
}

function nextOnLine(lexed: readonly IToken[], from: number): number {
  let at = from + 1
  while (lexed[at]?.tokenType === t.Newline) at++
  return at
}

function keeps(
  frames: readonly Frame[],
  out: readonly IToken[],
  next: IToken,
  afterNext: IToken | undefined,
  third: IToken | undefined,
  begins: boolean,
): boolean {
  const frame = frames.at(-1)
  const previous = out.at(-1)
  if (frame === undefined || frame.kind === "round" || previous === undefined) return false
  if (previous.tokenType === t.Newline) return false
  if (joinsAfter.has(previous.tokenType))
    return wantsOperand.has(previous.tokenType) && afterNext?.tokenType === t.Assign
  if (next.tokenType === t.CloseBrace) return false
  if (frame.kind === "members") return true
  if (unfinishedWords.has(previous.image) && endsOperand(out.at(-2))) return false
  if (joinsBefore.has(next.tokenType)) return false
  if (begins || !continuationWords.has(next.image)) return true
  // `at most one of` begins a line of a record.
  if (next.tokenType === t.Keywords.at && afterNext?.tokenType === t.Keywords.most) return true
  // So does `on create require`.
  if (next.tokenType === t.Keywords.on && third?.tokenType === t.Keywords.require) return true
  return afterNext !== undefined && makesName.has(afterNext.tokenType)
}

const routed: ReadonlySet<TokenType> = new Set([t.Keywords.hold, t.Keywords.reject, t.Keywords.failure])

/** In a flow `on hold …` begins a line, and so do `when C {` and `for each x in xs {`: a control that has a `when` ends with `else`. */
function beginsFlowLine(lexed: readonly IToken[], at: number): boolean {
  const { tokenType } = lexed[at] as IToken
  if (tokenType === t.Keywords.on) return routed.has(lexed[at + 1]?.tokenType as TokenType)
  if (tokenType !== t.Keywords.when && tokenType !== t.Keywords.for) return false
  for (let next = at + 1; next < lexed.length; next++) {
    const type = lexed[next]?.tokenType as TokenType
    if (type === t.OpenBrace) return true
    if (endsGroupHead.has(type)) return false
  }
  return false
}
const endsGroupHead: ReadonlySet<TokenType> = new Set([
  t.Keywords.else,
  t.Keywords.match,
  t.CloseBrace,
  t.Assign,
])

function endsOperand(token: IToken | undefined): boolean {
  if (token === undefined) return false
  const type = token.tokenType
  return type !== t.Newline && type !== t.Dot && !joinsAfter.has(type) && token.image !== "leave"
}

/** `enum {`, `enum Name {`: each line is a member there, whatever its word. */
function holdsMembers(out: readonly IToken[]): boolean {
  return out.at(-1)?.image === "enum" || (out.at(-2)?.image === "enum" && out.at(-3)?.tokenType !== t.Dot)
}

function closeBrace(frames: Frame[]): void {
  while (frames.length > 0 && frames.pop()?.kind === "round");
}

/** A line `name =` inside round brackets of a body means that a bracket was left open above: lines count again. */
function closeUnfinished(
  frames: Frame[],
  out: readonly IToken[],
  next: IToken,
  lexed: readonly IToken[],
  at: number,
): void {
  const top = frames.at(-1)
  if (
    top?.kind !== "round" ||
    !frames.some(f => f.kind !== "round") ||
    (next.tokenType.name !== "Name" && next.tokenType.CATEGORIES?.length === 0)
  )
    return
  const after = lexed[at + 1]?.tokenType
  const inType = out[top.index - 2]?.tokenType === t.Colon
  const fieldLine = after === t.Colon || (after === t.Question && lexed[at + 2]?.tokenType === t.Colon)
  if (after === t.Assign || (inType && fieldLine)) while (frames.at(-1)?.kind === "round") frames.pop()
}

/** A declaration word at column 1 before a name or text (`import` also before its brace). */
function isAnchor(token: IToken, next: IToken | undefined, text: string): boolean {
  if (!declarationWords.has(token.image)) return false
  const { startOffset } = token
  if (startOffset > 0 && text.charCodeAt(startOffset - 1) !== 10) return false
  if (next === undefined) return false
  if (token.image === "import" && next.tokenType === t.OpenBrace) return true
  return (
    next.tokenType === t.Text || next.tokenType === t.Name || (next.tokenType.CATEGORIES?.length ?? 0) > 0
  )
}
