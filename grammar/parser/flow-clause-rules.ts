// What a flow says beside its steps: schedules, rules of an effect, ways out, routes, service levels. Flows in: tokens. Flows out: the
// clauses as written; what may stand together is for the checker to say.
import * as t from "../tokens/token-types.ts"
import type { Name } from "../tree/common.ts"
import type { FlowClause, FlowEvery, FlowExit, FlowRefusal } from "../tree/flows.ts"
import { since, spanOf, startHere } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { said } from "./field-rule-rules.ts"
import { isWord, moreNames, next } from "./lookahead.ts"
import { attemptLine, closeBody, lines } from "./recovery.ts"

const K = t.Keywords

export function installFlowClauses($: Dsl): void {
  const { rules } = $

  // `every day at 02:00 in "Europe/Berlin" as night misfire latest`.
  rules.flowEvery = $.RULE("flowEvery", () => {
    const start = startHere($)
    $.CONSUME(K.every)
    const every = $.OR<FlowEvery>({
      ERR_MSG: "how often: day, week, month, a duration or cron",
      DEF: [
        {
          ALT: () => {
            const token = $.CONSUME(t.Duration)
            return { kind: "interval", length: { text: token.image, span: spanOf(token) } }
          },
        },
        { ALT: () => ($.CONSUME(K.cron), { kind: "cron", text: $.SUBRULE(rules.text) }) },
        {
          GATE: () => next($, K.week),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.week)
            $.CONSUME(K.on)
            return { kind: "week", day: $.SUBRULE1(rules.name), at: $.SUBRULE(rules.flowTime) }
          },
        },
        {
          GATE: () => $.LA(1).image === "month",
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME1(t.Name)
            $.CONSUME1(K.on)
            const day = $.OR1([
              {
                GATE: () => $.LA(1).image === "last",
                ALT: () => (
                  said($, "last", () => $.CONSUME2(t.Name)), said($, "day", () => $.CONSUME3(t.Name)), null
                ),
              },
              {
                ALT: () => {
                  said($, "day", () => $.CONSUME4(t.Name))
                  const token = $.CONSUME(t.Integer)
                  return { text: token.image, span: spanOf(token) }
                },
                IGNORE_AMBIGUITIES: true,
              },
            ])
            return { kind: "month", day, at: $.SUBRULE1(rules.flowTime) }
          },
        },
        {
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            said($, "day", () => $.CONSUME5(t.Name))
            return { kind: "time", unit: "day", at: $.SUBRULE2(rules.flowTime) }
          },
        },
      ],
    })
    $.CONSUME(K.in)
    const zone = $.SUBRULE2(rules.text)
    const name = $.OPTION(() => ($.CONSUME(K.as), $.SUBRULE3(rules.name))) ?? null
    const misfire = $.OPTION1(() => ($.CONSUME(K.misfire), $.SUBRULE4(rules.name))) ?? null
    return { kind: "schedule", every, zone, name, misfire, span: since($, start) }
  })

  rules.flowTime = $.RULE("flowTime", () => {
    $.CONSUME(K.at)
    const token = $.CONSUME(t.Time)
    return { text: token.image, span: spanOf(token) }
  })

  rules.flowExit = $.RULE("flowExit", () => {
    const start = startHere($)
    return $.OR<FlowExit>({
      ERR_MSG: "hold CODE, reject CODE or dead letter",
      DEF: [
        {
          ALT: () => {
            const word = $.OR1([{ ALT: () => $.CONSUME(K.hold) }, { ALT: () => $.CONSUME(K.reject) }])
            const code = $.SUBRULE(rules.name)
            const message = $.OPTION(() => $.SUBRULE(rules.text)) ?? null
            return { verb: word.image as "hold", code, message, span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.dead)
            said($, "letter", () => $.CONSUME(t.Name))
            return { verb: "dead letter", code: null, message: null, span: since($, start) }
          },
        },
      ],
    })
  })

  rules.flowClause = $.RULE("flowClause", () => {
    const start = startHere($)
    return $.OR<FlowClause>({
      ERR_MSG: "after, retry, timeout, limit, refused, in doubt or compensate",
      DEF: [
        {
          ALT: () => {
            $.CONSUME(K.after)
            const steps = namesHere($)
            return { kind: "after", steps, span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.retry)
            const times = $.CONSUME(t.Integer).image
            said($, "times", () => $.CONSUME(t.Name))
            const backoff =
              $.OPTION(() => {
                $.CONSUME(K.backoff)
                const from = $.CONSUME(t.Duration).image
                $.CONSUME(K.to)
                return { from, to: $.CONSUME1(t.Duration).image }
              }) ?? null
            return { kind: "retry", times, backoff, span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.timeout)
            return { kind: "timeout", after: $.CONSUME2(t.Duration).image, span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.limit)
            const count = $.CONSUME1(t.Integer).image
            $.CONSUME(K.per)
            return { kind: "limit", count, per: $.SUBRULE2(rules.name), span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.refused)
            const open = $.CONSUME(t.OpenBrace)
            const arms: FlowRefusal[] = []
            lines($, () => {
              const arm = attemptLine<FlowRefusal | null>(
                $,
                () => $.SUBRULE(rules.flowRefusal),
                () => null,
              )
              if (arm !== null) arms.push(arm)
            })
            closeBody($, open)
            return { kind: "refused", arms, span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.in)
            $.CONSUME(K.doubt)
            return { kind: "doubt", exit: $.SUBRULE(rules.flowExit), span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.compensate)
            said($, "with", () => $.CONSUME1(t.Name))
            return { kind: "compensate", what: $.SUBRULE(rules.operand), span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.else)
            return { kind: "else", exit: $.SUBRULE1(rules.flowExit), span: since($, start) }
          },
        },
      ],
    })
  })

  rules.flowRefusal = $.RULE("flowRefusal", () => {
    const start = startHere($)
    const codes = $.OR({
      ERR_MSG: "a code of the target as a text, or otherwise",
      DEF: [
        { ALT: () => ($.CONSUME(K.otherwise), null) },
        {
          ALT: () => {
            const texts = [$.SUBRULE(rules.text)]
            $.MANY(() => ($.CONSUME(t.Comma), texts.push($.SUBRULE1(rules.text))))
            return texts
          },
        },
      ],
    })
    $.CONSUME(t.Arrow)
    return { codes, exit: $.SUBRULE(rules.flowExit), span: since($, start) }
  })

  rules.flowRoute = $.RULE("flowRoute", () => {
    const start = startHere($)
    $.CONSUME(K.on)
    const word = $.OR([
      { ALT: () => $.CONSUME(K.hold) },
      { ALT: () => $.CONSUME(K.reject) },
      { ALT: () => $.CONSUME(K.failure) },
    ])
    const codes: Name[] =
      $.OPTION({
        GATE: () => isWord($.LA(1)) && !next($, K.queue) && !next($, K.dead),
        DEF: () => namesHere($),
      }) ?? []
    const queue = $.OR1({
      ERR_MSG: 'queue "…" or dead letter',
      DEF: [
        { ALT: () => ($.CONSUME(K.queue), $.SUBRULE(rules.text)) },
        { ALT: () => ($.CONSUME(K.dead), said($, "letter", () => $.CONSUME(t.Name)), null) },
      ],
    })
    const assign = $.OPTION1(() => ($.CONSUME(K.assign), $.SUBRULE1(rules.text))) ?? null
    const lane = $.OPTION2(() => ($.CONSUME(K.lane), $.SUBRULE2(rules.name))) ?? null
    const on = word.image as "hold"
    return { kind: "route", on, codes, queue, assign, lane, span: since($, start) }
  })

  rules.flowSlo = $.RULE("flowSlo", () => {
    const start = startHere($)
    $.CONSUME(K.slo)
    const name = $.SUBRULE(rules.name)
    const share = $.CONSUME(t.Percent).image
    $.CONSUME(K.within)
    const within = $.CONSUME(t.Duration).image
    const from = $.OPTION(() => ($.CONSUME(K.from), $.SUBRULE(rules.operation, { ARGS: [0] }))) ?? null
    return { kind: "slo", name, share, within, from, span: since($, start) }
  })

  rules.flowNames = $.RULE("flowNames", () => {
    const names = [$.SUBRULE(rules.name)]
    $.MANY({
      GATE: () => moreNames($),
      DEF: () => ($.CONSUME(t.Comma), names.push($.SUBRULE1(rules.name))),
    })
    return names
  })
}

const namesHere = ($: Dsl): Name[] => $.SUBRULE9($.rules.flowNames)
