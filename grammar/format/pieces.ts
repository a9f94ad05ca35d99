// The text as a row of pieces: tokens, comments and documentation with the line breaks the author made between them.
// Flows in: text that parses without errors. Flows out: pieces in order. It must not know how lines will look.
import type { IToken } from "chevrotain"
import * as t from "../tokens/token-types.ts"
import { lexAll } from "../tokens/tokenize.ts"

export interface Piece {
  readonly token: IToken
  /** Token, or a comment (docs included) that takes the rest of its line. */
  readonly kind: "token" | "comment"
  /** Line ends before it: 0 stays on the line, 1 a new line, 2 a blank line between. */
  breaks: 0 | 1 | 2
}

export function piecesOf(text: string): Piece[] {
  const all = lexAll(text)
  const pieces: Piece[] = []
  let comments = 0
  let lineEnds = 0
  const add = (token: IToken, kind: Piece["kind"]) => {
    const previous = pieces.at(-1)
    const least = previous?.kind === "comment" ? 1 : 0
    pieces.push({ token, kind, breaks: Math.max(Math.min(lineEnds, 2), least) as Piece["breaks"] })
    lineEnds = 0
  }
  for (const token of all.tokens) {
    while (
      comments < all.comments.length &&
      (all.comments[comments] as IToken).startOffset < token.startOffset
    ) {
      add(all.comments[comments++] as IToken, "comment")
    }
    if (token.tokenType === t.Newline) lineEnds++
    else add(token, "token")
  }
  while (comments < all.comments.length) add(all.comments[comments++] as IToken, "comment")
  balanceBrackets(pieces)
  return pieces
}

/** A bracket that is followed by a line end has its closing one on a line of its own, and braces the other way round. */
function balanceBrackets(pieces: readonly Piece[]): void {
  const open: number[] = []
  pieces.forEach((piece, i) => {
    const type = piece.token.tokenType
    if (type === t.OpenBrace || type === t.OpenParen || type === t.OpenBracket) open.push(i)
    if (type !== t.CloseBrace && type !== t.CloseParen && type !== t.CloseBracket) return
    const first = pieces[(open.pop() ?? i) + 1]
    if (first === undefined || first === piece) return
    if (first.breaks > 0 && piece.breaks === 0) piece.breaks = 1
    if (type === t.CloseBrace && piece.breaks > 0 && first.breaks === 0) first.breaks = 1
  })
}
