// `match`: its arms and their patterns. Flows in: tokens from `match` on. Flows out: one expression of the tree.
import * as t from "../tokens/token-types.ts"
import type { Expression, MatchArm, Pattern } from "../tree/expressions.ts"
import { docsHere, since, startHere } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { condition, sumLevel } from "./expression-rules.ts"
import { isLiteralWord, isWord, next, startsExit } from "./lookahead.ts"
import { attemptLine, closeBody, lines } from "./recovery.ts"

const K = t.Keywords

export function installMatch($: Dsl): void {
  const { rules } = $

  rules.match = $.RULE("match", () => {
    const start = startHere($)
    $.CONSUME(K.match)
    const subject =
      $.OPTION({ GATE: () => !next($, t.OpenBrace), DEF: () => $.SUBRULE(rules.operation, { ARGS: [0] }) }) ??
      null
    const arms: MatchArm[] = []
    const open = $.CONSUME(t.OpenBrace)
    lines($, () => {
      const arm = attemptLine<MatchArm | null>(
        $,
        () => $.SUBRULE(rules.arm),
        span => errorArm(span),
      )
      if (arm !== null) arms.push(arm)
    })
    closeBody($, open)
    return { kind: "match", subject, arms, span: since($, start) }
  })

  rules.arm = $.RULE("arm", () => {
    const docs = docsHere($)
    const start = startHere($)
    const patterns: Pattern[] = [$.SUBRULE(rules.pattern)]
    $.MANY(() => {
      $.CONSUME(t.Comma)
      patterns.push($.SUBRULE1(rules.pattern))
    })
    $.CONSUME(t.Arrow)
    const result = readResult($)
    const because = $.OPTION(() => ($.CONSUME(K.because), $.SUBRULE(rules.text))) ?? null
    return { docs, patterns, result, because, span: since($, start) }
  })

  rules.pattern = $.RULE("pattern", () => {
    const start = startHere($)
    const ends = () => [t.Arrow, t.Comma].includes($.LA(2).tokenType as typeof t.Arrow)
    return $.OR<Pattern>({
      ERR_MSG: "a pattern",
      DEF: [
        {
          GATE: ends,
          IGNORE_AMBIGUITIES: true,
          ALT: () => ($.CONSUME(K.otherwise), { kind: "otherwise", span: since($, start) }),
        },
        {
          GATE: ends,
          IGNORE_AMBIGUITIES: true,
          ALT: () => ($.CONSUME(K.missing), { kind: "missing", span: since($, start) }),
        },
        {
          GATE: () => ends() || $.LA(2).tokenType === K.as,
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.present)
            const binder = $.OPTION(() => ($.CONSUME(K.as), $.SUBRULE(rules.name))) ?? null
            return { kind: "present", binder, span: since($, start) }
          },
        },
        {
          GATE: () => isWord($.LA(1)) && $.LA(2).tokenType === K.as,
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            const name = $.SUBRULE4(rules.name)
            $.CONSUME2(K.as)
            const binder = $.SUBRULE5(rules.name)
            return { kind: "member", name, binder, span: since($, start) }
          },
        },
        {
          // A bare member, whatever its word; `true` and `false` are values.
          GATE: () => isWord($.LA(1)) && ends() && !isLiteralWord($),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            const name = $.SUBRULE1(rules.name)
            return {
              kind: "value",
              expression: { kind: "name", name, span: since($, start) },
              span: since($, start),
            }
          },
        },
        {
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            const expression = condition($, () => $.SUBRULE(rules.operation, { ARGS: [0] }))
            const high = $.OPTION1(
              () => ($.CONSUME(t.Range), $.SUBRULE1(rules.operation, { ARGS: [sumLevel] })),
            )
            const span = since($, start)
            return high === undefined
              ? { kind: "value", expression, span }
              : { kind: "range", low: expression, high, span }
          },
        },
      ],
    })
  })
}

function errorArm(span: { start: number; end: number }): MatchArm {
  return {
    docs: [],
    patterns: [{ kind: "otherwise", span }],
    result: { kind: "error", span },
    because: null,
    span,
  }
}

function readResult($: Dsl): Expression {
  return $.OR<Expression>({
    ERR_MSG: "a value or a way out",
    DEF: [
      { GATE: () => startsExit($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE($.rules.exit) },
      { IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE($.rules.value) },
    ],
  })
}

/** `for x in xs, y in x.ys where C` inside a call. */
