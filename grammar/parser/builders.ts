// Small makers of tree parts that every rule needs. Flows in: tokens. Flows out: spans, names, documentation.
import { EOF, type IToken } from "chevrotain"
import { type Diagnostic, diagnostic, type Place } from "../diagnostics/diagnostic.ts"
import { Boundary } from "../tokens/token-types.ts"
import type { Docs, Name, Span } from "../tree/common.ts"
import { type Dsl, SyntaxStop } from "./dsl.ts"

export const endOf = (token: IToken): number => token.startOffset + token.image.length
export const spanOf = (token: IToken): Span => ({ start: token.startOffset, end: endOf(token) })
export const placeOf = ($: Dsl, token: IToken): Place => ({ file: $.state.file, span: tokenSpan($, token) })

/** At the end of the file: the end of its text. */
function tokenSpan($: Dsl, token: IToken): Span {
  if (token.tokenType !== EOF)
    return token.image === "\n" ? { start: token.startOffset, end: token.startOffset } : spanOf(token)
  const end = $.state.text.trimEnd().length
  return { start: end, end }
}

/** Where the next token begins. */
export const startHere = ($: Dsl): number => $.LA(1).startOffset
/** From `start` to the end of the last token read. */
export const since = ($: Dsl, start: number): Span => ({ start, end: endOf($.LA(0)) })

export function nameOf(token: IToken): Name {
  const { image } = token
  const quoted = image.charCodeAt(0) === 96
  return { text: (quoted ? image.slice(1, -1) : image).normalize("NFC"), span: spanOf(token), quoted }
}

const none: Docs = []

/** Takes the `///` lines that stand before the next token. */
export function docsHere($: Dsl): Docs {
  const { docs } = $.state
  if (docs.size === 0) return none
  const start = startHere($)
  const lines = docs.get(start)
  if (lines === undefined) return none
  docs.delete(start)
  return lines.map(line => line.image.trimEnd().slice(3).replace(/^ /, ""))
}

export const report = ($: Dsl, found: Diagnostic): void => {
  $.state.diagnostics.push(found)
}
export const stop = (found: Diagnostic): never => {
  throw new SyntaxStop(found)
}

/** "`else`", "the end of the file": how a token is called in a message. */
export function describe(token: IToken): string {
  if (token.tokenType === EOF) return "the end of the file"
  if (token.tokenType === Boundary) return "the next declaration"
  if (token.image === "\n" || token.image === ";") return "the end of the line"
  if (token.image === "") return "nothing"
  const image = token.image.length > 40 ? `${token.image.slice(0, 37)}…` : token.image
  return image.startsWith('"') ? image : `"${image}"`
}

export function expected(
  $: Dsl,
  what: string,
  help?: { help: string; edits?: { place: Place; text: string }[] },
): Diagnostic {
  const token = $.LA(1)
  return diagnostic("FM1101", { expected: what, found: describe(token) }, placeOf($, token), {
    label: `${what} should stand here`,
    ...help,
  })
}
