// Headers of declarations: clauses in any order, each once. Flows in: the clause words of one declaration. Flows out:
// clauses read one by one; unknown and repeated ones are reported and passed over.
import type { IToken, TokenType } from "chevrotain"
import { diagnostic } from "../diagnostics/diagnostic.ts"
import { suggest } from "../diagnostics/suggest.ts"
import * as t from "../tokens/token-types.ts"
import { describe, placeOf, report, stop } from "./builders.ts"
import type { Alternative, Dsl } from "./dsl.ts"
import { isEnd, isWord, next } from "./lookahead.ts"
import { atAnchor, attempt, skipClause } from "./recovery.ts"

export interface ClauseSet {
  /** "contract", "map": how messages call the declaration. */
  readonly declaration: string
  readonly words: readonly TokenType[]
  /** Of these there may be several. */
  readonly repeated?: readonly TokenType[]
}

/** Reads clauses up to the body. Each alternative begins with its word. */
export function clauses($: Dsl, set: ClauseSet, read: Alternative<unknown>[]): void {
  if ($.RECORDING_PHASE) {
    $.MANY8(() => $.OR8(read))
    return
  }
  const words = new Set(set.words)
  const seen = new Map<TokenType, IToken>()
  while (!isEnd($) && !atAnchor($) && !next($, t.OpenBrace) && !next($, t.CloseBrace)) {
    const token = $.LA(1)
    const slot = directions.has(token.tokenType) ? t.Keywords.reads : token.tokenType
    attempt(
      $,
      () => {
        if (!words.has(token.tokenType)) refuseClause($, set, token)
        const before = seen.get(slot)
        if (before === undefined) seen.set(slot, token)
        else if (set.repeated?.includes(slot) !== true) reportTwice($, set, token, before)
        $.OR8(read)
      },
      () => skipClause($, words),
      () => {
        if (seen.get(slot) === token) seen.delete(slot)
      },
    )
  }
}

/** One of these is said. */
const directions: ReadonlySet<TokenType> = new Set([t.Keywords.writes, t.Keywords.events])

export function refuseClause($: Dsl, set: ClauseSet, token: IToken): never {
  const names = set.words.map(w => w.name.slice(1, -1))
  const place = placeOf($, token)
  const near = isWord(token) ? suggest(token.image, names) : undefined
  const help = near === undefined ? {} : { help: `Did you mean "${near}"?`, edits: [{ place, text: near }] }
  return stop(
    diagnostic(
      "FM1103",
      { found: describe(token), declaration: set.declaration, clauses: names.join(", ") },
      place,
      {
        label: "a clause or the body should stand here",
        ...help,
      },
    ),
  )
}

function reportTwice($: Dsl, set: ClauseSet, token: IToken, before: IToken): void {
  report(
    $,
    diagnostic(
      "FM1104",
      {
        clause:
          before.image === token.image ? `"${token.image}" twice` : `"${before.image}" and "${token.image}"`,
        declaration: set.declaration,
      },
      placeOf($, token),
      {
        label: "said again",
        related: [{ place: placeOf($, before), text: "said first here" }],
      },
    ),
  )
}

/** The version after `version` or `since`. */
export function readVersion($: Dsl): { text: string; span: { start: number; end: number } } {
  const token = $.CONSUME7(t.Version)
  return {
    text: token.image,
    span: { start: token.startOffset, end: token.startOffset + token.image.length },
  }
}
