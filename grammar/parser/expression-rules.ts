// Values, operators and operands. Flows in: tokens. Flows out: Expression trees. Operators are read by precedence
// climbing: one rule call an operand, not one a level.
import { EOF, type IToken, type TokenType } from "chevrotain"
import { diagnostic } from "../diagnostics/diagnostic.ts"
import * as t from "../tokens/token-types.ts"
import type { BinaryOperator, Expression, MembershipExpression } from "../tree/expressions.ts"
import { nameOf, placeOf, report, since, spanOf, startHere, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { grow, nested } from "./limits.ts"
import { next, startsExit, startsNot } from "./lookahead.ts"
import { expectClose } from "./recovery.ts"

const K = t.Keywords
/** How tightly an operator binds; a higher number binds tighter. */
const level = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6 }
export const sumLevel = level.sum
/** Behind an `or` or `and` nothing is read. */
export const aboveOr = level.not
const levels: ReadonlyMap<TokenType, number> = new Map([
  [K.or, level.or],
  [K.and, level.and],
  [t.Equal, level.comparison],
  [t.NotEqual, level.comparison],
  [t.Less, level.comparison],
  [t.LessOrEqual, level.comparison],
  [t.Greater, level.comparison],
  [t.GreaterOrEqual, level.comparison],
  [K.is, level.comparison],
  [K.in, level.comparison],
  [t.Plus, level.sum],
  [t.Minus, level.sum],
  [t.Times, level.product],
  [t.Divide, level.product],
])

/** By type and not by image: a foreign `&&` has been reported and counts as `and`. */
const operatorOf: ReadonlyMap<TokenType, BinaryOperator> = new Map([
  [K.or, "or"],
  [K.and, "and"],
  [t.Equal, "=="],
  [t.NotEqual, "!="],
  [t.Less, "<"],
  [t.LessOrEqual, "<="],
  [t.Greater, ">"],
  [t.GreaterOrEqual, ">="],
  [t.Plus, "+"],
  [t.Minus, "-"],
  [t.Times, "*"],
  [t.Divide, "/"],
])

function levelHere($: Dsl): number {
  const token = $.LA(1)
  const found = levels.get(token.tokenType)
  if (found !== undefined) return found
  return token.tokenType === K.not && $.LA(2).tokenType === K.in ? level.comparison : 0
}

export function installExpressions($: Dsl): void {
  const { rules } = $

  rules.value = $.RULE("value", () => {
    const start = startHere($)
    let value = $.SUBRULE(rules.operation, { ARGS: [0] })
    $.MANY(() => {
      grow($)
      const elseSpan = spanOf($.CONSUME(K.else))
      const handler = $.SUBRULE(rules.valueOrExit)
      value = { kind: "else", value, elseSpan, handler, span: since($, start) }
    })
    return value
  })

  // After `else` and `->`: a way out or an operation without further `else`.
  rules.valueOrExit = $.RULE("valueOrExit", () =>
    $.OR({
      ERR_MSG: "a value or a way out",
      DEF: [
        { GATE: () => startsExit($), IGNORE_AMBIGUITIES: true, ALT: (): Expression => $.SUBRULE(rules.exit) },
        { IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.operation, { ARGS: [0] }) },
      ],
    }),
  )

  rules.exit = $.RULE("exit", () => {
    const start = startHere($)
    return $.OR<ReturnType<typeof rules.exit>>({
      ERR_MSG: "a way out such as reject CODE or hold CODE",
      DEF: [
        {
          ALT: () => {
            const word = $.OR1([
              { ALT: () => $.CONSUME(K.reject) },
              { ALT: () => $.CONSUME(K.hold) },
              { ALT: () => $.CONSUME(K.warn) },
            ])
            const code = $.SUBRULE(rules.name)
            const message = $.OPTION(() => $.SUBRULE(rules.text)) ?? null
            return { kind: "exit", verb: word.image as "reject", code, message, span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.skip)
            $.CONSUME(K.row)
            const code = $.SUBRULE1(rules.name)
            const message = $.OPTION1(() => $.SUBRULE1(rules.text)) ?? null
            return { kind: "exit", verb: "skip row", code, message, span: since($, start) }
          },
        },
        {
          ALT: () => (
            $.CONSUME(K.omit),
            { kind: "exit", verb: "omit", code: null, message: null, span: since($, start) }
          ),
        },
        {
          ALT: () => (
            $.CONSUME(K.clear),
            { kind: "exit", verb: "clear", code: null, message: null, span: since($, start) }
          ),
        },
        {
          ALT: () => (
            $.CONSUME(K.equally),
            { kind: "exit", verb: "equally", code: null, message: null, span: since($, start) }
          ),
        },
      ],
    })
  })

  rules.operation = $.RULE("operation", (minimum = 0) => {
    const leave = nested($)
    const start = startHere($)
    let left = $.OR<Expression>({
      ERR_MSG: "a value",
      DEF: [
        {
          GATE: () => next($, K.not) && startsNot($),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.not)
            const operand = $.SUBRULE(rules.operation, { ARGS: [level.not] })
            return { kind: "unary", operator: "not", operand, span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(t.Minus)
            const operand = $.SUBRULE1(rules.operation, { ARGS: [level.product + 1] })
            return { kind: "unary", operator: "-", operand, span: since($, start) }
          },
        },
        { IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.operand) },
      ],
    })
    let compared = false
    $.MANY({
      GATE: () => {
        const here = levelHere($)
        return here !== 0 && here >= minimum
      },
      DEF: () => {
        grow($)
        const operatorLevel = levelHere($)
        if (operatorLevel === level.comparison) {
          if (compared)
            report($, diagnostic("FM1108", {}, placeOf($, $.LA(1)), { label: "a second comparison" }))
          if (compared) left = { kind: "error", span: left.span }
          compared = true
        } else if (operatorLevel < level.comparison) compared = false
        left = $.OR1<Expression>([
          {
            ALT: () => {
              const sign = $.CONSUME(t.Operator)
              const right = $.SUBRULE2(rules.operation, { ARGS: [operatorLevel + 1] })
              return {
                kind: "binary",
                operator: operatorOf.get(sign.tokenType) ?? "==",
                operatorSpan: spanOf(sign),
                left,
                right,
                span: since($, start),
              }
            },
          },
          {
            ALT: () => {
              $.CONSUME(K.is)
              const word = $.OR2({
                ERR_MSG: '"present" or "missing"',
                DEF: [{ ALT: () => $.CONSUME(K.present) }, { ALT: () => $.CONSUME(K.missing) }],
              })
              return {
                kind: "presence",
                operand: left,
                present: word.image === "present",
                span: since($, start),
              }
            },
          },
          { ALT: () => $.SUBRULE(rules.membership, { ARGS: [left, start] }) },
        ])
      },
    })
    leave()
    return left
  })

  rules.membership = $.RULE("membership", (operand: Expression, start: number) => {
    const negated = $.OPTION(() => $.CONSUME(K.not)) !== undefined
    $.CONSUME(K.in)
    const low = $.SUBRULE(rules.operation, { ARGS: [level.sum] })
    const high = $.OPTION1(() => {
      $.CONSUME(t.Range)
      return $.SUBRULE1(rules.operation, { ARGS: [level.sum] })
    })
    const set: MembershipExpression["set"] =
      high === undefined ? { kind: "list", list: low } : { kind: "range", low, high }
    return {
      kind: "membership",
      operand,
      negated: $.RECORDING_PHASE ? false : negated,
      set,
      span: since($, start),
    }
  })

  rules.operand = $.RULE("operand", () => {
    const start = startHere($)
    let value = $.SUBRULE(rules.primary)
    $.MANY(() => {
      grow($)
      value = $.OR<Expression>([
        {
          ALT: () => {
            $.CONSUME(t.Dot)
            const token = $.CONSUME(t.Name)
            if (next($, t.OpenParen)) refuseMethod($, token)
            return { kind: "member", object: value, name: nameOf(token), span: since($, start) }
          },
        },
        {
          ALT: () => {
            const open = $.CONSUME(t.OpenBracket)
            const index = $.SUBRULE(rules.value)
            expectClose($, t.CloseBracket, open)
            $.CONSUME(t.CloseBracket)
            return { kind: "index", object: value, index, span: since($, start) }
          },
        },
      ])
    })
    return value
  })
}

function refuseMethod($: Dsl, token: IToken): void {
  if ($.RECORDING_PHASE) return
  stop(diagnostic("FM1119", { name: token.image }, placeOf($, token), { label: "called as a method" }))
}

/** After the `else` of a condition: a way out, or nothing yet. */
const endsCondition: ReadonlySet<TokenType> = new Set([
  K.reject,
  K.hold,
  K.warn,
  K.skip,
  K.omit,
  K.clear,
  K.equally,
  t.Newline,
  t.CloseBrace,
  EOF,
])

/** A condition: an operation that must not be an assignment, without an `else` that stands in for a value. */
export function condition($: Dsl, read: () => Expression): Expression {
  const result = read()
  if ($.RECORDING_PHASE) return result
  if (next($, K.else) && !endsCondition.has($.LA(2).tokenType)) {
    stop(diagnostic("FM1120", {}, placeOf($, $.LA(1)), { label: "an else of the condition itself" }))
  }
  if (!next($, t.Assign)) return result
  const place = placeOf($, $.LA(1))
  report(
    $,
    diagnostic("FM1110", {}, place, {
      label: "assigns",
      help: 'Write "==".',
      edits: [{ place, text: "==" }],
    }),
  )
  $.SKIP_TOKEN()
  read()
  return { kind: "error", span: since($, result.span.start) }
}
