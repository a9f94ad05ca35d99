// What an operator stands between: names, literals, calls, brackets, and the word-headed form each.
import type { IToken } from "chevrotain"
import { diagnostic } from "../diagnostics/diagnostic.ts"
import * as t from "../tokens/token-types.ts"
import type { Name } from "../tree/common.ts"
import type { CallExpression, Expression, Generator, ListElement, SortKey } from "../tree/expressions.ts"
import type { Statement } from "../tree/statements.ts"
import { nameOf, placeOf, report, since, spanOf, startHere, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { condition, sumLevel } from "./expression-rules.ts"
import {
  isLiteralWord,
  isNameOperand,
  isPlainWord,
  isWord,
  next,
  startsAsOf,
  startsEach,
  startsExit,
  startsGroup,
  startsMatch,
  startsPeriodOf,
  startsPrevious,
  startsRunning,
  startsShare,
  startsSpread,
  startsTree,
  startsZoned,
} from "./lookahead.ts"
import { attemptLine, closeBody, expectClose, lines } from "./recovery.ts"

const K = t.Keywords
const nothingWords: ReadonlySet<string> = new Set([
  "null",
  "nil",
  "none",
  "undefined",
  "NULL",
  "None",
  "Null",
])

export function installOperands($: Dsl): void {
  const { rules } = $

  rules.primary = $.RULE("primary", () => {
    const start = startHere($)
    return $.OR<Expression>({
      ERR_MSG: "a value",
      DEF: [
        {
          GATE: () => isNameOperand($),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            const named = readName($)
            const loop = $.OPTION1({
              GATE: () => $.LA(0).image === "position" && next($, K.of) && isPlainWord($.LA(2)),
              DEF: () => ($.CONSUME(K.of), $.SUBRULE(rules.name)),
            })
            return loop === undefined ? named : { kind: "position", of: loop, span: since($, start) }
          },
        },
        { GATE: () => startsZoned($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.zoned) },
        { GATE: () => startsPeriodOf($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.periodOf) },
        { GATE: () => startsMatch($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.match) },
        { GATE: () => startsSpread($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.spread) },
        { GATE: () => startsEach($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.each) },
        { GATE: () => startsTree($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.tree) },
        { GATE: () => startsPrevious($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.previous) },
        { GATE: () => startsRunning($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.running) },
        { GATE: () => startsGroup($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.group) },
        { GATE: () => startsShare($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.share) },
        {
          GATE: () => isLiteralWord($) || !startsExit($),
          IGNORE_AMBIGUITIES: true,
          ALT: () => $.SUBRULE(rules.literal),
        },
        { GATE: () => startsExit($), IGNORE_AMBIGUITIES: true, ALT: () => misplacedExit($) },
        {
          ALT: () => {
            const open = $.CONSUME(t.OpenParen)
            const inner = $.SUBRULE(rules.value)
            expectClose($, t.CloseParen, open)
            $.CONSUME(t.CloseParen)
            return { kind: "parenthesized", inner, span: since($, start) }
          },
        },
        { ALT: () => $.SUBRULE(rules.record) },
        { ALT: () => $.SUBRULE(rules.list) },
      ],
    })
  })

  rules.literal = $.RULE("literal", () => {
    const start = startHere($)
    return $.OR<Expression>({
      ERR_MSG: "a value",
      DEF: [
        { ALT: () => $.SUBRULE(rules.text) },
        {
          ALT: () => ({
            kind: "pattern",
            source: $.CONSUME(t.Pattern).image.slice(3, -1),
            span: since($, start),
          }),
        },
        {
          ALT: () => {
            const number = $.OR1([{ ALT: () => $.CONSUME(t.Integer) }, { ALT: () => $.CONSUME(t.Decimal) }])
            if (!$.RECORDING_PHASE && !wellFormed.test(number.image))
              return { kind: "error", span: since($, start) }
            const currency = $.OPTION({ GATE: () => isCurrency($.LA(1)), DEF: () => $.CONSUME(t.Name) })
            if (currency === undefined || $.RECORDING_PHASE)
              return { kind: "number", text: number.image, span: since($, start) }
            return { kind: "money", text: number.image, currency: nameOf(currency), span: since($, start) }
          },
        },
        {
          ALT: () => ({
            kind: "percent",
            text: $.CONSUME(t.Percent).image.slice(0, -1),
            span: since($, start),
          }),
        },
        { ALT: () => ({ kind: "date", text: $.CONSUME(t.DateToken).image, span: since($, start) }) },
        { ALT: () => ({ kind: "instant", text: $.CONSUME(t.Instant).image, span: since($, start) }) },
        { ALT: () => ({ kind: "duration", text: $.CONSUME(t.Duration).image, span: since($, start) }) },
        { ALT: () => ($.CONSUME(K.true), { kind: "boolean", value: true, span: since($, start) }) },
        { ALT: () => ($.CONSUME(K.false), { kind: "boolean", value: false, span: since($, start) }) },
        { ALT: () => ($.CONSUME(K.missing), { kind: "missing", span: since($, start) }) },
        {
          ALT: () => (
            $.CONSUME(t.Dot), { kind: "enumMember", name: $.SUBRULE(rules.name), span: since($, start) }
          ),
        },
      ],
    })
  })

  rules.call = $.RULE("call", (callee: Name, start: number) => {
    const open = $.CONSUME(t.OpenParen)
    const found: Expression[] = []
    let generator: CallExpression["generator"] = null
    $.OPTION({
      GATE: () => !next($, t.CloseParen),
      DEF: () => {
        found.push($.SUBRULE(rules.argument))
        $.OR<unknown>([
          {
            ALT: () => {
              generator = readGenerator($)
            },
          },
          {
            IGNORE_AMBIGUITIES: true,
            ALT: () =>
              $.MANY(() => {
                $.CONSUME(t.Comma)
                found.push($.SUBRULE1(rules.argument))
              }),
          },
        ])
      },
    })
    expectClose($, t.CloseParen, open)
    $.CONSUME(t.CloseParen)
    const asOf = $.OPTION2({ GATE: () => startsAsOf($), DEF: () => $.SUBRULE(rules.asOf) }) ?? null
    return { kind: "call", callee, arguments: found, generator, asOf, span: since($, start) }
  })

  rules.asOf = $.RULE("asOf", () => {
    const start = startHere($)
    const before = $.RECORDING_PHASE ? 0 : ($.LA(0).endOffset ?? 0) + 1
    $.CONSUME(K.as)
    $.CONSUME(K.of)
    const day = $.SUBRULE(rules.day)
    return { day, before, span: since($, start) }
  })

  // A path, a date, or anything in brackets: so that what follows the day is not read into it.
  rules.day = $.RULE("day", () => {
    const start = startHere($)
    return $.OR<Expression>({
      ERR_MSG: "a day: a name, a date or a value in ( )",
      DEF: [
        { ALT: () => ({ kind: "date", text: $.CONSUME(t.DateToken).image, span: since($, start) }) },
        {
          ALT: () => {
            const open = $.CONSUME(t.OpenParen)
            const inner = $.SUBRULE(rules.value)
            expectClose($, t.CloseParen, open)
            $.CONSUME(t.CloseParen)
            return { kind: "parenthesized", inner, span: since($, start) }
          },
        },
        {
          ALT: () => {
            let path: Expression = { kind: "name", name: $.SUBRULE(rules.name), span: since($, start) }
            $.MANY(() => {
              $.CONSUME(t.Dot)
              path = { kind: "member", object: path, name: $.SUBRULE1(rules.name), span: since($, start) }
            })
            return path
          },
        },
      ],
    })
  })

  rules.argument = $.RULE("argument", () => {
    const start = startHere($)
    const label = $.OPTION({
      GATE: () => isWord($.LA(1)) && $.LA(2).tokenType === t.Colon,
      DEF: () => {
        const name = $.SUBRULE(rules.name)
        $.CONSUME(t.Colon)
        return name
      },
    })
    const value = $.SUBRULE(rules.value)
    if (label === undefined && !$.RECORDING_PHASE) return value
    const then = $.OPTION1(() => ($.CONSUME(K.then), $.SUBRULE1(rules.value))) ?? null
    return $.RECORDING_PHASE || label === undefined
      ? value
      : { kind: "labelled", label, value, then, span: since($, start) }
  })

  rules.each = $.RULE("each", () => {
    const start = startHere($)
    $.CONSUME(K.each)
    const generators: Generator[] = [readRows($)]
    $.MANY(() => {
      $.CONSUME(t.Comma)
      const from = startHere($)
      const source = $.SUBRULE1(rules.operand)
      $.CONSUME1(K.as)
      const binder = $.SUBRULE1(rules.name)
      generators.push({ source, binder, span: since($, from) })
    })
    $.MANY3(() => generators.push($.SUBRULE(rules.join)))
    const where =
      $.OPTION(() => ($.CONSUME(K.where), condition($, () => $.SUBRULE(rules.operation, { ARGS: [0] })))) ??
      null
    const sort: SortKey[] = []
    $.OPTION1(() => {
      $.CONSUME(K.sort)
      $.CONSUME(K.by)
      sort.push(readSortKey($))
      $.MANY1(() => {
        $.CONSUME1(t.Comma)
        const from = startHere($)
        const key = $.SUBRULE3(rules.operation, { ARGS: [sumLevel] })
        const descending = $.OPTION3(() =>
          $.OR1([{ ALT: () => $.CONSUME1(K.descending) }, { ALT: () => $.CONSUME1(K.ascending) }]),
        )
        sort.push({ key, descending: descending?.image === "descending", span: since($, from) })
      })
    })
    const body = $.SUBRULE4(rules.operation, { ARGS: [0] })
    return { kind: "each", generators, where, sort, body, span: since($, start) }
  })

  rules.share = $.RULE("share", () => {
    const start = startHere($)
    $.CONSUME(K.share)
    $.CONSUME(K.of)
    const total = $.SUBRULE(rules.operation, { ARGS: [sumLevel] })
    $.CONSUME(K.by)
    const weight = $.SUBRULE1(rules.operation, { ARGS: [sumLevel] })
    const within = $.OPTION(() => ($.CONSUME(K.within), $.SUBRULE(rules.name))) ?? null
    $.CONSUME(K.remainder)
    $.CONSUME(K.to)
    const remainder = $.SUBRULE1(rules.name)
    return { kind: "share", total, weight, within, remainder, span: since($, start) }
  })

  rules.record = $.RULE("record", () => {
    const start = startHere($)
    const open = $.CONSUME(t.OpenBrace)
    const statements: Statement[] = []
    lines($, () =>
      statements.push(
        attemptLine<Statement>(
          $,
          () => $.SUBRULE(rules.statement),
          span => ({ kind: "errorStatement", span }),
        ),
      ),
    )
    closeBody($, open)
    return { kind: "record", statements, span: since($, start) }
  })

  rules.list = $.RULE("list", () => {
    const start = startHere($)
    const open = $.CONSUME(t.OpenBracket)
    const elements: ListElement[] = []
    const element = (value: Expression, from: number, when: Expression | null) =>
      elements.push({ value, when, span: since($, from) })
    $.OPTION({
      GATE: () => !next($, t.CloseBracket),
      DEF: () => {
        const from = startHere($)
        const value = $.SUBRULE(rules.value)
        element(
          value,
          from,
          $.OPTION1(() => ($.CONSUME(K.when), $.SUBRULE(rules.operation, { ARGS: [0] }))) ?? null,
        )
        $.MANY({
          GATE: () => $.LA(2).tokenType !== t.CloseBracket,
          DEF: () => {
            $.CONSUME(t.Comma)
            const begin = startHere($)
            const more = $.SUBRULE1(rules.value)
            element(
              more,
              begin,
              $.OPTION2(() => ($.CONSUME1(K.when), $.SUBRULE1(rules.operation, { ARGS: [0] }))) ?? null,
            )
          },
        })
        $.OPTION3(() => $.CONSUME1(t.Comma))
      },
    })
    expectClose($, t.CloseBracket, open)
    $.CONSUME(t.CloseBracket)
    return { kind: "list", elements, span: since($, start) }
  })
}

export function readRows($: Dsl): Generator {
  const from = startHere($)
  const source = $.SUBRULE($.rules.operand)
  $.CONSUME(K.as)
  const binder = $.SUBRULE($.rules.name)
  return { source, binder, span: since($, from) }
}

export function readSortKey($: Dsl): SortKey {
  const from = startHere($)
  const key = $.SUBRULE2($.rules.operation, { ARGS: [sumLevel] })
  const word = $.OPTION2(() =>
    $.OR([{ ALT: () => $.CONSUME(K.descending) }, { ALT: () => $.CONSUME(K.ascending) }]),
  )
  return { key, descending: word?.image === "descending", span: since($, from) }
}

/** After `->`: a way out, or a value with its handlers. */
function readGenerator($: Dsl): CallExpression["generator"] {
  const { rules } = $
  $.CONSUME(K.for)
  const generators: Generator[] = []
  const one = (binder: Generator["binder"], from: number, source: Expression) =>
    generators.push({ binder, source, span: since($, from) })
  const from = startHere($)
  const first = $.SUBRULE(rules.name)
  $.CONSUME(K.in)
  one(first, from, $.SUBRULE(rules.operand))
  $.MANY1(() => {
    $.CONSUME1(t.Comma)
    const begin = startHere($)
    const further = $.SUBRULE1(rules.name)
    $.CONSUME1(K.in)
    one(further, begin, $.SUBRULE1(rules.operand))
  })
  $.MANY4(() => generators.push($.SUBRULE(rules.join)))
  const where = $.OPTION1(() => ($.CONSUME(K.where), $.SUBRULE(rules.operation, { ARGS: [0] }))) ?? null
  return { generators, where }
}

function readName($: Dsl): Expression {
  const token = $.CONSUME(t.Name)
  const called = $.OPTION(() => $.SUBRULE($.rules.call, { ARGS: [nameOf(token), token.startOffset] }))
  if (called !== undefined && !$.RECORDING_PHASE) return called
  if (nothingWords.has(token.image)) {
    const place = placeOf($, token)
    report(
      $,
      diagnostic("FM1113", { word: token.image }, place, {
        label: "no such value",
        help: 'Write "missing".',
        edits: [{ place, text: "missing" }],
      }),
    )
    return { kind: "error", span: place.span }
  }
  if (token.image === "if" && (isPlainWord($.LA(1)) || next($, K.not))) {
    stop(
      diagnostic("FM1112", {}, placeOf($, token), {
        label: "an if",
        help: "Write match { CONDITION -> VALUE, otherwise -> OTHER }.",
      }),
    )
  }
  return { kind: "name", name: nameOf(token), span: spanOf(token) }
}

function misplacedExit($: Dsl): Expression {
  const token = $.LA(1)
  const found = $.SUBRULE($.rules.exit)
  if (!$.RECORDING_PHASE) {
    const place = placeOf($, token)
    report($, diagnostic("FM1114", { verb: found.verb }, place, { label: "stands as a value" }))
    return { kind: "error", span: found.span }
  }
  return found
}

/** A malformed number has been reported by the lexer. */
const wellFormed = /^(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/
const currencyCode = /^[A-Z]{3}$/
const isCurrency = (token: IToken): boolean => currencyCode.test(token.image)
