// Pieces to lines: indentation, blanks, columns. Flows in: pieces and marks. Flows out: lines with the pieces they hold.
// Line breaks are the author's (or wrap.ts's); nothing here makes or removes one.
import type { IToken } from "chevrotain"
import { separateLines } from "../tokens/newline-rule.ts"
import * as t from "../tokens/token-types.ts"
import type { Marks } from "./marks.ts"
import type { Piece } from "./pieces.ts"
import { blankBetween } from "./spacing.ts"

export interface Line {
  readonly indent: number
  /** First and one-past-last piece. */
  readonly from: number
  readonly to: number
  readonly blankBefore: boolean
  /** Text of each piece with the blank before it; the first has none. */
  readonly parts: string[]
  /** Index in `parts` of the sign or rest that stands in a column, by kind. */
  readonly column: { readonly kind: "field" | "assign" | "arrow" | "clause"; readonly at: number } | null
  readonly isComment: boolean
}

interface Frame {
  readonly kind: "brace" | "round"
  readonly close: number
  readonly content: number
  readonly dictionary: boolean
  readonly system: boolean
}

export function layout(pieces: readonly Piece[], marks: Marks, text: string): Line[] {
  const starts = lineStarts(pieces, marks, text)
  const lines: Line[] = []
  const frames: Frame[] = []
  for (let from = 0; from < pieces.length; ) {
    let to = from + 1
    while (to < pieces.length && (pieces[to] as Piece).breaks === 0) to++
    lines.push(readLine(pieces, from, to, { marks, starts, frames }))
    from = to
  }
  return lines
}

/** Tokens that begin a line of a body. */
function lineStarts(pieces: readonly Piece[], marks: Marks, text: string): ReadonlySet<IToken> {
  const stream: IToken[] = []
  for (const piece of pieces) {
    if (piece.breaks > 0)
      stream.push({
        ...piece.token,
        image: "\n",
        tokenType: t.Newline,
        tokenTypeIdx: t.Newline.tokenTypeIdx as number,
      })
    if (piece.kind === "token") stream.push(piece.token)
  }
  const tokens = separateLines(stream, text)
  const starts = new Set<IToken>()
  tokens.forEach((token, i) => {
    if (
      marks.starts.has(token.startOffset) ||
      tokens[i - 1]?.tokenType === t.Newline ||
      tokens[i - 1]?.tokenType === t.OpenBrace
    )
      starts.add(token)
  })
  return starts
}

interface Context {
  readonly marks: Marks
  readonly starts: ReadonlySet<IToken>
  readonly frames: Frame[]
}

function readLine(pieces: readonly Piece[], from: number, to: number, context: Context): Line {
  const { marks, starts, frames } = context
  const first = pieces[from] as Piece
  const outer = frames.at(-1)
  const indent = indentOf(first, outer, starts)
  const isStart = first.kind === "token" && starts.has(first.token)
  const parts: string[] = []
  let column: Line["column"] = null
  let depth = 0
  const previousToken = previous(pieces, from)
  const inFunction = marks.functions.some(
    ({ start, end }) => start <= first.token.startOffset && first.token.startOffset < end,
  )
  const clause = !inFunction && isClauseLine(first, outer, isStart, previousToken)
  for (let i = from; i < to; i++) {
    const piece = pieces[i] as Piece
    const { token } = piece
    const left = i > from ? (pieces[i - 1] as Piece) : undefined
    const image = token.image.trimEnd()
    const type = token.tokenType
    if (piece.kind === "comment") {
      parts.push(left === undefined ? image : `  ${image}`)
      continue
    }
    const fieldColon =
      type === t.Colon && isStart && depth === 0 && i <= from + 3 && outer?.kind === "brace" && i - from <= 2
    const blank =
      left === undefined
        ? ""
        : blankBetween(
            {
              left: left.token,
              right: token,
              before: i - 2 >= from ? pieces[i - 2]?.token : undefined,
              dictionary: frames.at(-1)?.dictionary ?? false,
              fieldColon,
              firstModifier:
                marks.modifiers.has(token.startOffset) && !followsModifier(pieces, i, from, marks),
            },
            marks,
          )
    if (column === null && i > from) {
      if (fieldColon) column = { kind: "field", at: i - from }
      else if (isStart && depth === 0 && type === t.Assign && i - from <= 2)
        column = { kind: "assign", at: i - from }
      else if (isStart && depth === 0 && type === t.Arrow && outer?.kind === "brace")
        column = { kind: "arrow", at: i - from }
      else if (clause && i === from + 1) column = { kind: "clause", at: 1 }
    }
    parts.push(blank + image)
    depth += open(pieces, i, indent, frames, marks, inFunction)
  }
  return {
    indent,
    from,
    to,
    blankBefore: first.breaks === 2 && from > 0 && keepsBlank(first, previousToken),
    parts,
    column,
    isComment: first.kind === "comment",
  }
}

/** No blank line directly inside of a bracket. */
function keepsBlank(first: Piece, before: IToken | undefined): boolean {
  const type = first.token.tokenType
  if (type === t.CloseBrace || type === t.CloseParen || type === t.CloseBracket) return false
  return (
    before === undefined ||
    ![t.OpenBrace, t.OpenParen, t.OpenBracket].includes(before.tokenType as typeof t.OpenBrace)
  )
}

const previous = (pieces: readonly Piece[], at: number): IToken | undefined => pieces[at - 1]?.token

/** The first of a field's modifiers stands two blanks apart. */
function followsModifier(pieces: readonly Piece[], at: number, from: number, marks: Marks): boolean {
  for (let i = at - 1; i > from; i--) {
    const start = pieces[i]?.token.startOffset ?? -1
    if (marks.modifiers.has(start)) return true
    if (marks.starts.has(start)) return false
  }
  return false
}

function isClauseLine(
  first: Piece,
  outer: Frame | undefined,
  isStart: boolean,
  before: IToken | undefined,
): boolean {
  if (first.kind !== "token" || first.token.tokenType === t.OpenBrace) return false
  if (outer?.system) return before?.tokenType !== t.Comma
  return outer === undefined && !isStart && before?.tokenType !== t.Comma
}

function indentOf(first: Piece, outer: Frame | undefined, starts: ReadonlySet<IToken>): number {
  const content = outer?.content ?? 0
  if (first.kind === "comment") return content
  const type = first.token.tokenType
  if (type === t.CloseBrace || type === t.CloseParen || type === t.CloseBracket) return outer?.close ?? 0
  if (outer?.kind === "round" || type === t.OpenBrace || starts.has(first.token)) return content
  return content + 2
}

/** Follows brackets; the answer is how the depth changes. */
function open(
  pieces: readonly Piece[],
  i: number,
  indent: number,
  frames: Frame[],
  marks: Marks,
  inFunction: boolean,
): number {
  const type = pieces[i]?.token.tokenType
  const parent = frames.at(-1)
  if (type === t.OpenBrace) {
    const close = parent?.kind === "round" ? indent : (parent?.content ?? (inFunction ? indent : 0))
    const system = marks.systems.has(pieces[i - 2]?.token.startOffset ?? -1)
    frames.push({
      kind: "brace",
      close,
      content: close + 2,
      dictionary: pieces[i + 1]?.token.tokenType === t.OpenBracket,
      system,
    })
    return 1
  }
  if (type === t.OpenParen || type === t.OpenBracket) {
    frames.push({ kind: "round", close: indent, content: indent + 2, dictionary: false, system: false })
    return 1
  }
  if (type === t.CloseBrace || type === t.CloseParen || type === t.CloseBracket) {
    frames.pop()
    return -1
  }
  return 0
}
