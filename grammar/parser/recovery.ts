// Going on after an error. Flows in: a construct that may fail. Flows out: its tree or what recovery leaves, one
// diagnostic, and a position from which the next statement, clause or declaration can be read.
import { EOF, type IToken, isRecognitionException, type TokenType } from "chevrotain"
import { diagnostic } from "../diagnostics/diagnostic.ts"
import * as t from "../tokens/token-types.ts"
import type { Span } from "../tree/common.ts"
import { describe, endOf, expected, placeOf, report, spanOf, stop } from "./builders.ts"
import { type Dsl, SyntaxStop } from "./dsl.ts"
import { explain, explainLeftover } from "./explain.ts"
import { isEnd, next } from "./lookahead.ts"

/** Runs `read`; an error in it is reported once, `resume` finds the next safe place, `fallback` stands in for the tree. */
export function attempt<R>(
  $: Dsl,
  read: () => R,
  resume: (from: number) => void,
  fallback: (span: Span) => R,
): R {
  if ($.RECORDING_PHASE) return read()
  const from = $.exportLexerState()
  const start = $.LA(1)
  const { depth, height } = $.state
  $.state.height = depth
  try {
    return read()
  } catch (error) {
    if (error instanceof SyntaxStop) report($, error.diagnostic)
    else if (isRecognitionException(error as Error))
      report($, explain($, error as Parameters<typeof explain>[1]))
    else throw error
    $.state.depth = depth
    resume(from)
    const last = $.LA(0)
    return fallback({
      start: start.startOffset,
      end: last.startOffset >= start.startOffset ? endOf(last) : start.startOffset,
    })
  } finally {
    $.state.height = height
  }
}

/** One line of a body: after it a separator, the closing brace or an error; `open` says that the next may follow at once. */
export function attemptLine<R>(
  $: Dsl,
  read: () => R,
  fallback: (span: Span) => R,
  open: (result: R) => boolean = () => false,
): R {
  return attempt(
    $,
    () => {
      const start = $.LA(1).startOffset
      const result = read()
      if (!$.RECORDING_PHASE && !atLineEnd($) && !open(result)) {
        const choice = next($, t.Question)
        report($, explainLeftover($))
        skipLine($, $.exportLexerState())
        // Of `a ? b : c` only the condition has been read: it is not what the line says.
        if (choice) return fallback({ start, end: endOf($.LA(0)) })
      }
      return result
    },
    from => skipLine($, from),
    fallback,
  )
}

export const atAnchor = ($: Dsl): boolean => next($, t.Boundary)
export const atBodyEnd = ($: Dsl): boolean => next($, t.CloseBrace) || isEnd($) || atAnchor($)
const atLineEnd = ($: Dsl): boolean => next($, t.Newline) || next($, t.Comma) || atBodyEnd($)

/** Skips to the separator that ends the line which began after position `from`, over whole brackets. */
function skipLine($: Dsl, from: number): void {
  const open: TokenType[] = []
  for (let i = from + 1; i <= $.exportLexerState(); i++) track(open, $.input[i] as IToken)
  while (!isEnd($) && !atAnchor($)) {
    const token = $.LA(1)
    // A brace that closes the body around the line is not the line's, whatever stands open in it.
    if (token.tokenType === t.CloseBrace && !open.includes(t.OpenBrace)) return
    if (token.tokenType === t.Newline) while (open.length > 0 && open.at(-1) !== t.OpenBrace) open.pop()
    if (open.length === 0) {
      if (token.tokenType === t.Newline) return
      if (token.tokenType === t.Comma && $.LA(3).tokenType === t.Assign) return
    }
    track(open, token)
    $.SKIP_TOKEN()
  }
}

function track(open: TokenType[], token: IToken): void {
  switch (token.tokenType) {
    case t.OpenBrace:
    case t.OpenParen:
    case t.OpenBracket:
      open.push(token.tokenType)
      break
    case t.CloseBrace:
      while (open.length > 0 && open.pop() !== t.OpenBrace);
      break
    case t.CloseParen:
    case t.CloseBracket:
      if (open.length > 0 && open.at(-1) !== t.OpenBrace) open.pop()
      break
    default:
  }
}

/** Skips to the next declaration. */
export function skipToAnchor($: Dsl): void {
  while (!isEnd($) && !atAnchor($)) $.SKIP_TOKEN()
}

/** Skips to the next clause of a header, its body or the next declaration. */
export function skipClause($: Dsl, clauses: ReadonlySet<TokenType>): void {
  do {
    if (isEnd($) || atAnchor($) || next($, t.OpenBrace) || next($, t.CloseBrace)) return
    $.SKIP_TOKEN()
  } while (!clauses.has($.LA(1).tokenType))
}

/** A closing bracket, or an error that points at the opening one. */
export function expectClose($: Dsl, type: TokenType, open: IToken): void {
  if ($.RECORDING_PHASE || next($, type)) return
  const token = $.LA(1)
  const closing = (type.LABEL ?? "").replaceAll("`", '"')
  if (closesSoon($, type, open.tokenType)) stop(expected($, closing))
  stop(
    diagnostic("FM1105", { bracket: open.image }, placeOf($, open), {
      label: "opened here",
      related: [{ place: placeOf($, token), text: `${closing} was wanted before ${describe(token)}` }],
    }),
  )
}

/** Whether the bracket is closed further on in its line: then something in it is wrong, not the bracket. */
function closesSoon($: Dsl, type: TokenType, opening: TokenType): boolean {
  let depth = 1
  for (let i = 1; i < 40; i++) {
    const { tokenType } = $.LA(i)
    if (tokenType === opening) depth++
    else if (tokenType === type && --depth === 0) return true
    else if (lineEnds.has(tokenType)) return false
  }
  return false
}
const lineEnds: ReadonlySet<TokenType> = new Set([
  t.Newline,
  t.Assign,
  t.OpenBrace,
  t.CloseBrace,
  t.Boundary,
  EOF,
])

/** The brace that closes a body; when it is missing, says so and goes on with what follows. */
export function closeBody($: Dsl, open: IToken): void {
  if ($.RECORDING_PHASE) {
    $.CONSUME9(t.CloseBrace)
    return
  }
  if (next($, t.CloseBrace)) {
    $.CONSUME9(t.CloseBrace)
    return
  }
  const guilty = unclosed($, open)
  const known = $.state.diagnostics.some(
    d => d.code === "FM1105" && d.labels[0].place.span.start === guilty.startOffset,
  )
  if (known) return
  const before = $.LA(0)
  const at = { file: $.state.file, span: { start: endOf(before), end: endOf(before) } }
  report(
    $,
    diagnostic(
      "FM1105",
      { bracket: "{" },
      { file: $.state.file, span: spanOf(guilty) },
      {
        label: "opened here",
        related: [{ place: placeOf($, $.LA(1)), text: `"}" was wanted before ${describe($.LA(1))}` }],
        help: 'Close it with "}".',
        edits: guilty === open ? [{ place: at, text: "\n}" }] : [],
      },
    ),
  )
}

/** The innermost brace whose closing one stands at another indentation: most likely the one left open. */
function unclosed($: Dsl, open: IToken): IToken {
  const stack: IToken[] = []
  const { text } = $.state
  for (let i = $.input.indexOf(open); i <= $.exportLexerState(); i++) {
    const token = $.input[i]
    if (token?.tokenType === t.OpenBrace) stack.push(token)
    else if (token?.tokenType === t.CloseBrace) {
      const opened = stack.pop()
      if (opened === undefined) break
      if (
        firstOnLine(text, token.startOffset) &&
        indentation(text, token.startOffset) < indentation(text, opened.startOffset)
      )
        return opened
    }
  }
  return stack.at(-1) ?? open
}

function indentation(text: string, offset: number): number {
  const start = text.lastIndexOf("\n", offset - 1) + 1
  return text.slice(start).search(/[^ \t]/)
}
const firstOnLine = (text: string, offset: number): boolean =>
  text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset).trim() === ""

/** Reads the lines of a body between its braces. */
export function lines($: Dsl, read: () => void, commas = true): void {
  if ($.RECORDING_PHASE) {
    $.MANY9(() => {
      read()
      $.OPTION9(() => $.OR9([{ ALT: () => $.CONSUME9(t.Newline) }, { ALT: () => $.CONSUME9(t.Comma) }]))
    })
    return
  }
  while (true) {
    while (next($, t.Newline) || (commas && next($, t.Comma))) $.SKIP_TOKEN()
    if (atBodyEnd($)) return
    const before = $.exportLexerState()
    read()
    if ($.exportLexerState() === before) $.SKIP_TOKEN()
  }
}

/** `{ … }`, a row on each line; what could not be read is left out. */
export function rowsBody<R>($: Dsl, row: () => R): readonly R[] {
  const open = $.CONSUME(t.OpenBrace)
  const read: R[] = []
  lines(
    $,
    () => {
      const found = attemptLine<R | null>($, row, () => null)
      if (found !== null) read.push(found)
    },
    false,
  )
  closeBody($, open)
  return read
}
