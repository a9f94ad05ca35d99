// Calendars: clauses between braces, one a line or several with commas; and the expressions that ask them for a period. What goes
// together and what a number may be is judged when names are resolved.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import * as t from "../tokens/token-types.ts"
import type { CalendarClause, CalendarNumber } from "../tree/declarations.ts"
import type { ZonedExpression } from "../tree/expressions.ts"
import { describe, docsHere, placeOf, since, spanOf, startHere, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { refuseClause } from "./header.ts"
import { attempt, closeBody, lines, skipClause } from "./recovery.ts"

const K = t.Keywords
const clauseWords = [
  K.year,
  K.months,
  K.weeks,
  K.periods,
  K.week,
  K.adjustment,
  K.from,
  K.status,
  K.weekend,
  K.holidays,
  K.owner,
]
const clauseStarts = new Set(clauseWords)

export function installCalendars($: Dsl): void {
  const { rules } = $

  rules.calendar = $.RULE("calendar", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.calendar)
    const name = $.SUBRULE(rules.name)
    const open = $.CONSUME(t.OpenBrace)
    const clauses: CalendarClause[] = []
    lines($, () => {
      const clause = attempt<CalendarClause | null>(
        $,
        () => $.SUBRULE(rules.calendarClause),
        () => skipClause($, clauseStarts),
        () => null,
      )
      if (clause !== null) clauses.push(clause)
    })
    closeBody($, open)
    return { kind: "calendar", docs, name, clauses, span: since($, start) }
  })

  rules.calendarClause = $.RULE("calendarClause", () => {
    const start = startHere($)
    const token = $.LA(1)
    if (!$.RECORDING_PHASE && !clauseStarts.has(token.tokenType))
      refuseClause($, { declaration: "calendar", words: clauseWords }, token)
    return $.OR<CalendarClause>({
      ERR_MSG: "a clause of a calendar",
      DEF: [
        { ALT: () => yearClause($, start) },
        { ALT: () => ($.CONSUME(K.months), { kind: "months", span: since($, start) }) },
        {
          ALT: () => {
            $.CONSUME(K.weeks)
            const lengths = [wholeNumber($, 1)]
            $.MANY(() => {
              $.CONSUME(t.Minus)
              lengths.push(wholeNumber($, 2))
            })
            return { kind: "weeks", lengths, span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.periods)
            const count = wholeNumber($, 3)
            $.CONSUME(K.of)
            const weeks = wholeNumber($, 4)
            $.CONSUME1(K.weeks)
            return { kind: "periods", count, weeks, span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.week)
            const week = wholeNumber($, 5)
            $.CONSUME(K.in)
            $.CONSUME(K.period)
            const period = wholeNumber($, 6)
            return { kind: "longWeek", week, period, span: since($, start) }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.adjustment)
            $.CONSUME1(K.periods)
            return { kind: "adjustment", count: wholeNumber($, 7), span: since($, start) }
          },
        },
        { ALT: () => fromClause($, start) },
        {
          ALT: () => {
            $.CONSUME(K.status)
            $.CONSUME1(K.from)
            return {
              kind: "file",
              of: "status",
              source: $.SUBRULE1(rules.crosswalkSource),
              span: since($, start),
            }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.holidays)
            $.CONSUME2(K.from)
            return {
              kind: "file",
              of: "holidays",
              source: $.SUBRULE2(rules.crosswalkSource),
              span: since($, start),
            }
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.weekend)
            const days = [$.SUBRULE(rules.name)]
            $.MANY1({
              // Days are plain names; a clause word after the comma begins the next clause.
              GATE: () => $.LA(2).tokenType === t.Name,
              DEF: () => {
                $.CONSUME(t.Comma)
                days.push($.SUBRULE1(rules.name))
              },
            })
            return { kind: "weekend", days, span: since($, start) }
          },
        },
        {
          ALT: () => (
            $.CONSUME(K.owner), { kind: "owner", owner: $.SUBRULE(rules.text), span: since($, start) }
          ),
        },
      ],
    })
  })

  rules.periodOf = $.RULE("periodOf", () => {
    const start = startHere($)
    const next = $.OPTION(() => $.CONSUME(K.next)) !== undefined
    const open = $.OPTION1(() => $.CONSUME(K.open)) !== undefined
    $.CONSUME(K.period)
    $.CONSUME(K.of)
    const date = $.SUBRULE(rules.operand)
    $.CONSUME(K.in)
    const calendar = $.SUBRULE(rules.name)
    return {
      kind: "periodOf",
      which: $.RECORDING_PHASE ? "any" : next ? "next open" : open ? "open" : "any",
      date,
      calendar,
      span: since($, start),
    }
  })
}

/** `each spread TOTAL over periods of S to E inclusive in Corp by days remainder to last as s { … }`. */
export function installSpread($: Dsl): void {
  const { rules } = $
  rules.spread = $.RULE("spread", () => {
    const start = startHere($)
    $.CONSUME(K.each)
    $.CONSUME(K.spread)
    const total = $.SUBRULE(rules.operand)
    $.CONSUME(K.over)
    $.CONSUME(K.periods)
    $.CONSUME(K.of)
    const from = $.SUBRULE1(rules.operand)
    $.CONSUME(K.to)
    const to = $.SUBRULE2(rules.operand)
    const end = $.CONSUME(t.Name)
    if (!$.RECORDING_PHASE && end.image !== "inclusive" && end.image !== "exclusive")
      stop(
        diagnostic("FM1130", { found: describe(end) }, placeOf($, end), {
          label: "is the last day part of it?",
          help: "Write inclusive or exclusive.",
        }),
      )
    $.CONSUME(K.in)
    const calendar = $.SUBRULE(rules.name)
    $.CONSUME(K.by)
    const by = $.SUBRULE1(rules.name)
    $.CONSUME(K.remainder)
    $.CONSUME1(K.to)
    const remainder = $.SUBRULE2(rules.name)
    $.CONSUME(K.as)
    const binder = $.SUBRULE3(rules.name)
    const body = $.SUBRULE3(rules.operation, { ARGS: [0] })
    const inclusive = end.image === "inclusive"
    return {
      kind: "spread",
      total,
      from,
      to,
      inclusive,
      calendar,
      by,
      remainder,
      binder,
      body,
      span: since($, start),
    }
  })
}

/** `date of at in "Europe/Berlin"`; the words are names everywhere else. */
export function installZones($: Dsl): void {
  const { rules } = $
  rules.zoned = $.RULE("zoned", () => {
    const start = startHere($)
    const gives = $.CONSUME(t.Name).image as ZonedExpression["gives"]
    $.CONSUME(K.of)
    const of = $.SUBRULE(rules.operand)
    $.CONSUME(K.in)
    const zone = $.SUBRULE(rules.text)
    const policy = $.OPTION({
      GATE: () => $.LA(1).image === "earlier" || $.LA(1).image === "later",
      DEF: () => $.CONSUME1(t.Name),
    })
    return {
      kind: "zoned",
      gives,
      of,
      zone,
      policy: policy?.image === "earlier" ? "earlier" : policy?.image === "later" ? "later" : null,
      span: since($, start),
    }
  })
}

function yearClause($: Dsl, start: number): CalendarClause {
  const { rules } = $
  $.CONSUME(K.year)
  return $.OR1<CalendarClause>({
    ERR_MSG: '"starts", "ends" or "named by"',
    DEF: [
      {
        ALT: () => {
          $.CONSUME(K.starts)
          const month = $.SUBRULE2(rules.name)
          return { kind: "yearStarts", month, day: wholeNumber($, 8), span: since($, start) }
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.ends)
          const which = $.SUBRULE3(rules.name)
          const weekday = $.SUBRULE4(rules.name)
          $.CONSUME1(K.of)
          const month = $.SUBRULE5(rules.name)
          return { kind: "yearEnds", which, weekday, month, span: since($, start) }
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.named)
          $.CONSUME(K.by)
          return { kind: "yearNamed", by: $.SUBRULE6(rules.name), span: since($, start) }
        },
      },
    ],
  })
}

/** `from 2020 until 2035`, or the file of the periods. */
function fromClause($: Dsl, start: number): CalendarClause {
  const { rules } = $
  $.CONSUME(K.from)
  return $.OR2<CalendarClause>({
    ERR_MSG: 'the first fiscal year, or csv "…" (…)',
    DEF: [
      {
        ALT: () => {
          const token = $.CONSUME9(t.Integer)
          $.CONSUME(K.until)
          const from = { text: token.image, span: spanOf(token) }
          const last = $.CONSUME(t.Integer)
          return {
            kind: "range",
            from,
            until: { text: last.image, span: spanOf(last) },
            span: since($, start),
          }
        },
      },
      {
        ALT: () => ({
          kind: "file",
          of: "periods",
          source: $.SUBRULE(rules.crosswalkSource),
          span: since($, start),
        }),
      },
    ],
  })
}

function wholeNumber($: Dsl, place: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8): CalendarNumber {
  const token = $[`CONSUME${place}`](t.Integer)
  return { text: token.image, span: spanOf(token) }
}
