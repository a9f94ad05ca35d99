// `join prices as p on p.sku == x.sku one on conflict last else hold NO_PRICE`, after the lists a loop walks; in aggregates
// `join p in prices on …`. Flows in: tokens. Flows out: a Generator with its join.
import * as t from "../tokens/token-types.ts"
import type { ExitExpression, Generator, JoinClause } from "../tree/expressions.ts"
import { expected, since, startHere, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { condition } from "./expression-rules.ts"
import { isWord, next, startsExit } from "./lookahead.ts"

const K = t.Keywords

export function installJoin($: Dsl): void {
  const { rules } = $

  rules.join = $.RULE("join", () => {
    const start = startHere($)
    $.CONSUME(K.join)
    const rows = $.OR<Omit<Generator, "span">>([
      {
        GATE: () => isWord($.LA(1)) && $.LA(2).tokenType === K.in,
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          const binder = $.SUBRULE(rules.name)
          $.CONSUME(K.in)
          return { binder, source: $.SUBRULE(rules.operand) }
        },
      },
      {
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          const source = $.SUBRULE1(rules.operand)
          $.CONSUME(K.as)
          return { source, binder: $.SUBRULE1(rules.name) }
        },
      },
    ])
    const from = startHere($)
    $.CONSUME(K.on)
    const on = condition($, () => $.SUBRULE(rules.operation, { ARGS: [0] }))
    const kind = $.OR1<JoinClause["matches"]>({
      ERR_MSG: "one, optional or many",
      DEF: [
        { ALT: () => ($.CONSUME(K.one), "one") },
        { ALT: () => ($.CONSUME(K.optional), "optional") },
        { ALT: () => ($.CONSUME(K.many), "many") },
      ],
    })
    const conflict =
      $.OPTION({
        GATE: () => next($, K.on) && $.LA(2).tokenType === K.conflict,
        DEF: () => {
          $.CONSUME1(K.on)
          $.CONSUME(K.conflict)
          return $.SUBRULE(rules.conflict)
        },
      }) ?? null
    const otherwise =
      $.OPTION1(() => {
        $.CONSUME(K.else)
        return $.SUBRULE(rules.exit)
      }) ?? null
    const join: JoinClause = { on, matches: kind, conflict, otherwise, span: since($, from) }
    return { ...rows, join, span: since($, start) }
  })

  rules.conflict = $.RULE("conflict", () =>
    $.OR<"first" | "last" | ExitExpression>([
      { GATE: () => startsExit($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.exit) },
      {
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          const { image } = $.LA(1)
          if (!$.RECORDING_PHASE && image !== "first" && image !== "last")
            return stop(expected($, "first, last or a way out such as hold CODE"))
          $.CONSUME(t.Name)
          return image === "first" ? "first" : "last"
        },
      },
    ]),
  )
}
