// Sentences for what the grammar did not expect. Flows in: Chevrotain's exceptions, or tokens left over at the end of a
// line. Flows out: diagnostics in an analyst's words, with a fix where one is obvious.
import type { IParserErrorMessageProvider, IToken } from "chevrotain"
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.ts"
import * as t from "../tokens/token-types.ts"
import { describe, placeOf } from "./builders.ts"
import type { Dsl } from "./dsl.ts"

/** The message of an exception is what was expected; `explain` makes the sentence. */
export const messages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected: type }) => (type.LABEL ?? type.name).replaceAll("`", '"'),
  buildNotAllInputParsedMessage: () => "the end of the file",
  buildNoViableAltMessage: ({ customUserDescription, ruleName }) => customUserDescription ?? ruleName,
  buildEarlyExitMessage: ({ customUserDescription, ruleName }) => customUserDescription ?? ruleName,
}

export function explain($: Dsl, error: { readonly message: string; readonly token: IToken }): Diagnostic {
  const { token, message } = error
  const at = placeOf($, token)
  if (message === '"="' && token.tokenType === t.Equal) {
    const target = $.LA(0).image
    return diagnostic("FM1111", { target }, at, {
      label: "compares",
      help: 'Write a single "=".',
      edits: [{ place: at, text: "=" }],
    })
  }
  if (message === "a version such as 1.0.0") {
    return diagnostic("FM1116", { found: describe(token) }, at, { label: "a version should stand here" })
  }
  if (token.tokenType === t.CloseParen || token.tokenType === t.CloseBracket) {
    return diagnostic("FM1101", { expected: message, found: describe(token) }, at, {
      label: `${message} should stand here`,
    })
  }
  return diagnostic("FM1101", { expected: message, found: describe(token) }, at, {
    label: `${message} should stand here`,
  })
}

/** A line was read and something is left of it. */
export function explainLeftover($: Dsl): Diagnostic {
  const token = $.LA(1)
  const at = placeOf($, token)
  switch (token.tokenType) {
    case t.Assign:
      return diagnostic("FM1110", {}, at, {
        label: "assigns",
        help: 'Write "==".',
        edits: [{ place: at, text: "==" }],
      })
    case t.CloseParen:
    case t.CloseBracket:
      return diagnostic("FM1106", { bracket: token.image }, at, {
        label: "closes nothing",
        help: "Remove it.",
        edits: [{ place: at, text: "" }],
      })
    case t.Question:
      return diagnostic("FM1112", {}, at, {
        label: "a choice without a word",
        help: "Write match { CONDITION -> VALUE, otherwise -> OTHER }.",
      })
    case t.Keywords.else:
      return diagnostic("FM1120", {}, at, { label: "an else of the condition itself" })
    default:
      return diagnostic("FM1118", { found: describe(token) }, at, { label: "belongs to no statement" })
  }
}
