// Tests: given, assume, expect.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import { suggest } from "../diagnostics/suggest.ts"
import * as t from "../tokens/token-types.ts"
import type { Expectation, TestMember, TestValue } from "../tree/declarations.ts"
import type { Expression } from "../tree/expressions.ts"
import { describe, docsHere, placeOf, since, startHere, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { condition } from "./expression-rules.ts"
import { isWord, moreNames, next, startsExit } from "./lookahead.ts"
import { attemptLine, closeBody, lines } from "./recovery.ts"

const K = t.Keywords

export function installTests($: Dsl): void {
  const { rules } = $

  rules.test = $.RULE("test", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.test)
    const title = $.SUBRULE(rules.text)
    $.CONSUME(K.of)
    const of = $.SUBRULE(rules.name)
    const open = $.CONSUME(t.OpenBrace)
    const members: TestMember[] = []
    lines($, () =>
      members.push(
        attemptLine<TestMember>(
          $,
          () => $.SUBRULE(rules.testMember),
          span => ({ kind: "errorMember", span }),
        ),
      ),
    )
    closeBody($, open)
    return { kind: "test", docs, title, of, members, span: since($, start) }
  })

  rules.testMember = $.RULE("testMember", () => {
    if (!$.RECORDING_PHASE) refuseStart($)
    const start = startHere($)
    return $.OR<TestMember>([
      {
        ALT: () => {
          $.CONSUME(K.given)
          const bindings: Extract<TestMember, { kind: "given" }>["bindings"][number][] = []
          let from = startHere($)
          const name = $.SUBRULE(rules.name)
          $.CONSUME(t.Assign)
          const value = $.SUBRULE(rules.testValue)
          bindings.push({ name, value, span: since($, from) })
          $.MANY({
            GATE: () => isWord($.LA(2)) && !moreNames($),
            DEF: () => {
              $.CONSUME(t.Comma)
              from = startHere($)
              const more = $.SUBRULE1(rules.name)
              $.CONSUME1(t.Assign)
              const other = $.SUBRULE1(rules.testValue)
              bindings.push({ name: more, value: other, span: since($, from) })
            },
          })
          return { kind: "given", bindings, span: since($, start) }
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.assume)
          const call = $.SUBRULE(rules.operand)
          $.CONSUME(t.Equal)
          const value = $.SUBRULE(rules.operation, { ARGS: [0] })
          return { kind: "assume", call, value, span: since($, start) }
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.expect)
          const expectations: Expectation[] = [$.SUBRULE(rules.expectation)]
          $.MANY1(() => {
            $.CONSUME1(t.Comma)
            expectations.push($.SUBRULE1(rules.expectation))
          })
          return { kind: "expect", expectations, span: since($, start) }
        },
      },
    ])
  })

  rules.testValue = $.RULE("testValue", () => {
    const start = startHere($)
    return $.OR<TestValue>([
      {
        GATE: () => next($, K.file) && $.LA(2).tokenType === t.Text,
        IGNORE_AMBIGUITIES: true,
        ALT: () => ($.CONSUME(K.file), { kind: "file", path: $.SUBRULE(rules.text), span: since($, start) }),
      },
      {
        IGNORE_AMBIGUITIES: true,
        ALT: () => ({
          kind: "expression",
          expression: $.SUBRULE(rules.operation, { ARGS: [0] }),
          span: since($, start),
        }),
      },
    ])
  })

  rules.expectation = $.RULE("expectation", () => {
    const start = startHere($)
    return $.OR<Expectation>([
      {
        GATE: () => next($, K.like) && $.LA(2).tokenType === K.file,
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          $.CONSUME(K.like)
          $.CONSUME(K.file)
          const path = $.SUBRULE(rules.text)
          const ignoring: Expression[] = []
          $.OPTION1(() => {
            $.CONSUME(K.ignoring)
            ignoring.push($.SUBRULE1(rules.operand))
            $.MANY(() => {
              $.CONSUME(t.Comma)
              ignoring.push($.SUBRULE2(rules.operand))
            })
          })
          return { kind: "like", path, ignoring, span: since($, start) }
        },
      },
      {
        GATE: () => startsExit($) && !next($, K.omit) && !next($, K.clear),
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          const word = $.OR1([
            { ALT: () => $.CONSUME(K.hold) },
            { ALT: () => $.CONSUME(K.reject) },
            { ALT: () => $.CONSUME(K.warn) },
            { ALT: () => ($.CONSUME(K.skip), $.CONSUME(K.row)) },
          ])
          const verb = word.image === "row" ? "skip row" : (word.image as "hold")
          const code = $.SUBRULE(rules.name)
          const at = $.OPTION(() => ($.CONSUME(K.at), $.SUBRULE(rules.operand))) ?? null
          return { kind: "outcome", verb, code, at, span: since($, start) }
        },
      },
      {
        IGNORE_AMBIGUITIES: true,
        ALT: () => ({
          kind: "condition",
          condition: condition($, () => $.SUBRULE(rules.operation, { ARGS: [0] })),
          span: since($, start),
        }),
      },
    ])
  })
}

function refuseStart($: Dsl): void {
  docsHere($)
  const token = $.LA(1)
  if (next($, K.given) || next($, K.assume) || next($, K.expect)) return
  const place = placeOf($, token)
  const near = isWord(token) ? suggest(token.image, ["given", "assume", "expect"]) : undefined
  const help = near === undefined ? {} : { help: `Did you mean "${near}"?`, edits: [{ place, text: near }] }
  stop(
    diagnostic("FM1117", { found: describe(token), body: "a test" }, place, {
      label: "given, assume or expect should begin here",
      ...help,
    }),
  )
}
