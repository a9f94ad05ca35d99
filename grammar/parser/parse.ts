// Text to tree, the door of this folder. Flows in: a file's text. Flows out: its tree, always, and what is wrong with it.
import type { IToken } from "chevrotain"
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.ts"
import { tokenize } from "../tokens/tokenize.ts"
import type { Comment } from "../tree/common.ts"
import type { FileTree } from "../tree/declarations.ts"
import { FmapParser } from "./fmap-parser.ts"

export interface Parsed {
  readonly tree: FileTree
  readonly diagnostics: readonly Diagnostic[]
}

/** The rules are analysed once; between two parses it keeps nothing that a parse reads. */
const parser = new FmapParser()
const mostDiagnostics = 100

/** Never throws on bad text: what cannot be read is absent from the tree or an error node, with a diagnostic. */
export function parse(text: string, file: string): Parsed {
  const lexed = tokenize(text, file)
  const docs = new Map(lexed.docs)
  const { diagnostics } = lexed
  const declarations = parser.read(lexed.tokens, { file, text, diagnostics, docs, depth: 0, height: 0 })
  const comments: Comment[] = lexed.comments.map(comment)
  if (docs.size > 0) {
    // Documentation of nothing stays as a comment, so that nothing an author wrote is lost.
    for (const lines of docs.values()) {
      const first = lines[0] as IToken
      const span = { start: first.startOffset, end: first.startOffset + first.image.length }
      diagnostics.push(
        diagnostic(
          "FM1016",
          {},
          { file, span },
          { label: "documents nothing", help: "Move it, or make it a comment with //." },
        ),
      )
      comments.push(...lines.map(comment))
    }
    comments.sort((a, b) => a.span.start - b.span.start)
  }
  diagnostics.sort((a, b) => a.labels[0].place.span.start - b.labels[0].place.span.start)
  return {
    tree: { kind: "file", declarations, comments, span: { start: 0, end: text.length } },
    diagnostics: capped(diagnostics, file),
  }
}

function comment(token: IToken): Comment {
  const text = token.image.trimEnd()
  return { text, span: { start: token.startOffset, end: token.startOffset + text.length } }
}

function capped(diagnostics: Diagnostic[], file: string): readonly Diagnostic[] {
  if (diagnostics.length <= mostDiagnostics) return diagnostics
  const place = diagnostics[mostDiagnostics]?.labels[0].place ?? { file, span: { start: 0, end: 0 } }
  return [
    ...diagnostics.slice(0, mostDiagnostics),
    diagnostic("FM1121", { count: mostDiagnostics }, place, { label: "the next one stands here" }),
  ]
}
