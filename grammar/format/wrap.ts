// Lines longer than the width are broken where a line may go on. Flows in: pieces and their lines. Flows out: whether a
// break was made (in the pieces), so that the layout is made anew.

import { continuationWords } from "../tokens/newline-rule.ts"
import * as t from "../tokens/token-types.ts"
import type { Line } from "./layout.ts"
import type { Piece } from "./pieces.ts"

const makesName: ReadonlySet<unknown> = new Set([t.Assign, t.Colon, t.Question, t.Arrow, t.Comma])

/** Breaks each too long line once, at the outermost and latest place that fits. */
export function wrapOnce(
  pieces: readonly Piece[],
  lines: readonly Line[],
  texts: readonly string[],
  width: number,
): boolean {
  let changed = false
  lines.forEach((line, i) => {
    if ((texts[i]?.length ?? 0) <= width || line.isComment) return
    const at = breakPlace(pieces, line, texts[i]?.length ?? 0, width)
    if (at === undefined) return
    ;(pieces[at] as Piece).breaks = 1
    changed = true
  })
  return changed
}

function breakPlace(pieces: readonly Piece[], line: Line, length: number, width: number): number | undefined {
  // Columns of pieces, padding of alignment counted in front: it stands left of everything that can be broken.
  const bare = line.indent + line.parts.join("").length
  let column = line.indent + Math.max(0, length - bare)
  let depth = 0
  let best: { at: number; depth: number; fits: boolean } | undefined
  for (let i = line.from; i < line.to; i++) {
    const piece = pieces[i] as Piece
    const type = piece.token.tokenType
    if (type === t.CloseBrace || type === t.CloseParen || type === t.CloseBracket) depth--
    if (i > line.from && piece.kind === "token" && mayBreakBefore(pieces, i, depth)) {
      const fits = column <= width
      const better = best === undefined || depth < best.depth || (depth === best.depth && fits)
      if (better && (fits || best === undefined || !best.fits)) best = { at: i, depth, fits }
    }
    if (type === t.OpenBrace || type === t.OpenParen || type === t.OpenBracket) depth++
    column += line.parts[i - line.from]?.length ?? 0
  }
  return best?.at
}

function mayBreakBefore(pieces: readonly Piece[], i: number, depth: number): boolean {
  const { token } = pieces[i] as Piece
  const left = pieces[i - 1]?.token
  const right = pieces[i + 1]?.token
  if (left === undefined || left.tokenType === t.Dot) return false
  if (left.tokenType === t.Comma) return depth > 0 || token.tokenType !== t.Newline
  if (left.tokenType === t.Keywords.skip || left.tokenType === t.Keywords.on) return false
  // `unchanged when null` is one thought, and a line of a header begins with its clause.
  if (left.tokenType === t.Keywords.unchanged) return false
  if (left.tokenType === t.Keywords.not || left.tokenType === t.Keywords.sort) return false
  if (token.tokenType === t.Keywords.and || token.tokenType === t.Keywords.or || token.tokenType === t.Plus)
    return !isNameHere(right)
  if (
    !["else", "because", "where", "when", "within", "on", "sort", "remainder", "join", "over"].includes(
      token.image,
    ) ||
    !continuationWords.has(token.image)
  )
    return false
  return !isNameHere(right) && left.tokenType !== t.Keywords.leave && left.tokenType !== t.Keywords.ignore
}

const isNameHere = (right: { tokenType: unknown } | undefined): boolean =>
  right !== undefined && makesName.has(right.tokenType)
