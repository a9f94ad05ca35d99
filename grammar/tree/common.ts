// What every node of the syntax tree is made of. Flows in: nothing. Flows out: spans, names, comments.
// Positions are offsets into the text (UTF-16 code units); lines are computed only when something is shown.

/** Half-open range of offsets in one file's text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** An identifier as written; `text` is without backticks, NFC. `quoted` tells that it stood in backticks. */
export interface Name {
  readonly text: string
  readonly span: Span
  readonly quoted: boolean
}

/** A `//` comment. `///` documentation is not here: it belongs to the node it documents (`docs`). */
export interface Comment {
  readonly text: string
  readonly span: Span
}

/** Lines of `///` documentation without the slashes and one leading space; empty when there is none. */
export type Docs = readonly string[]

/** `a.b.c` where only names may stand: units, `ignore`, `at`. Never empty. */
export interface Path {
  readonly names: readonly Name[]
  readonly span: Span
}
