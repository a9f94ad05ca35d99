// Text to tokens. Flows in: one file's text. Flows out: tokens with the separating line ends, comments, documentation,
// and diagnostics of characters. Foreign signs are reported and replaced by what was meant, so that the parser goes on.
import { type IToken, Lexer, type TokenType } from "chevrotain"
import type { Diagnostic } from "../diagnostics/diagnostic.ts"
import { checkCharacters, checkName } from "./check-characters.ts"
import { reportForeign } from "./foreign-signs.ts"
import { separateLines } from "./newline-rule.ts"
import * as t from "./token-types.ts"

export interface Tokens {
  readonly tokens: IToken[]
  readonly comments: readonly IToken[]
  /** Documentation lines by the start of the token they stand before. */
  readonly docs: ReadonlyMap<number, readonly IToken[]>
  readonly diagnostics: Diagnostic[]
}

const lexer = new Lexer([...t.lexedTypes], {
  positionTracking: "onlyOffset",
  skipValidations: true,
  ensureOptimizations: false,
})
/** Types that are reported and replaced. */
const foreign: ReadonlySet<TokenType> = new Set([
  t.BadNumber,
  t.BareFraction,
  t.OpenText,
  t.SingleQuoted,
  t.ForeignPair,
  t.Foreign,
  t.Unknown,
])

export function tokenize(text: string, file: string): Tokens {
  const lexed = lexer.tokenize(text)
  const diagnostics: Diagnostic[] = checkCharacters(text, file)
  const tokens: IToken[] = []
  for (const token of lexed.tokens) {
    const type = token.tokenType
    if (type === t.Name) {
      const keyword = t.keywordTypeOf.get(token.image)
      if (keyword !== undefined) retype(token, keyword)
      else checkName(token, file, diagnostics)
    } else if (type === t.Version && !isVersionPlace(tokens.at(-1))) {
      diagnostics.push(reportForeign(token, file, text))
      retype(token, t.Decimal)
    } else if (foreign.has(type)) {
      diagnostics.push(reportForeign(token, file, text))
      const instead = substitute(token)
      if (instead === null) continue
      retype(token, instead)
    }
    tokens.push(token)
  }
  const separated = separateLines(tokens, text)
  return {
    tokens: separated,
    comments: lexed.groups["comments"] ?? [],
    docs: docsBefore(lexed.groups["docs"] ?? [], separated),
    diagnostics,
  }
}

/** All tokens with every line end, and comments and documentation in order: what the formatter keeps. */
export function lexAll(text: string): {
  readonly tokens: readonly IToken[]
  readonly comments: readonly IToken[]
} {
  const lexed = lexer.tokenize(text)
  for (const token of lexed.tokens) {
    const keyword = token.tokenType === t.Name ? t.keywordTypeOf.get(token.image) : undefined
    if (keyword !== undefined) retype(token, keyword)
  }
  const comments = [...(lexed.groups["comments"] ?? []), ...(lexed.groups["docs"] ?? [])]
  return { tokens: lexed.tokens, comments: comments.sort((a, b) => a.startOffset - b.startOffset) }
}

function retype(token: IToken, type: TokenType): void {
  token.tokenType = type
  token.tokenTypeIdx = type.tokenTypeIdx as number
}

function isVersionPlace(previous: IToken | undefined): boolean {
  return previous !== undefined && (previous.image === "version" || previous.image === "since")
}

/** The type the author meant; null drops the token. */
function substitute(token: IToken): TokenType | null {
  switch (token.tokenType) {
    case t.BadNumber:
    case t.BareFraction:
      return t.Decimal
    case t.OpenText:
    case t.SingleQuoted:
      return t.Text
    default:
  }
  switch (token.image) {
    case "&&":
      return t.Keywords.and
    case "||":
      return t.Keywords.or
    case "!":
      return t.Keywords.not
    case "=>":
      return t.Arrow
    case "===":
      return t.Equal
    case "!==":
    case "<>":
      return t.NotEqual
    case ":=":
      return t.Assign
    case "%":
      return t.Times
    case ";":
      return t.Newline
    default:
      return null
  }
}

function docsBefore(
  docs: readonly IToken[],
  tokens: readonly IToken[],
): ReadonlyMap<number, readonly IToken[]> {
  const found = new Map<number, IToken[]>()
  let at = 0
  for (const doc of docs) {
    while (at < tokens.length) {
      const token = tokens[at] as IToken
      if (token.startOffset > doc.startOffset && token.tokenType !== t.Newline) break
      at++
    }
    const start = tokens[at]?.startOffset ?? Number.MAX_SAFE_INTEGER
    const lines = found.get(start)
    if (lines === undefined) found.set(start, [doc])
    else lines.push(doc)
  }
  return found
}
