// The one form of fmap text. Flows in: a file's text. Flows out: the formatted text, or what is wrong with the file: a broken
// file is never touched. Line breaks stay the author's, except where a line is longer than the width.
import type { Diagnostic } from "../diagnostics/diagnostic.ts"
import { parse } from "../parser/parse.ts"
import { alignedTexts } from "./align.ts"
import { layout } from "./layout.ts"
import { marksOf } from "./marks.ts"
import { piecesOf } from "./pieces.ts"
import { wrapOnce } from "./wrap.ts"

export type Formatted =
  | { readonly kind: "formatted"; readonly text: string }
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] }

const defaultWidth = 110
/** Each round breaks each long line once; a line has no more places to break than this. */
const mostRounds = 200

/** `width` in UTF-16 code units, a line that cannot be broken may be longer. */
export function formatSource(
  text: string,
  file: string,
  options: { readonly width?: number } = {},
): Formatted {
  const { tree, diagnostics } = parse(text, file)
  if (diagnostics.some(d => d.severity === "error")) return { kind: "refused", diagnostics }
  const marks = marksOf(tree)
  const pieces = piecesOf(text)
  const width = options.width ?? defaultWidth
  let lines = layout(pieces, marks, text)
  let texts = alignedTexts(lines)
  for (let round = 0; round < mostRounds && wrapOnce(pieces, lines, texts, width); round++) {
    lines = layout(pieces, marks, text)
    texts = alignedTexts(lines)
  }
  const out = texts.map((line, i) => (lines[i]?.blankBefore ? `\n${line}` : line)).join("\n")
  return { kind: "formatted", text: out === "" ? "" : `${out}\n` }
}
