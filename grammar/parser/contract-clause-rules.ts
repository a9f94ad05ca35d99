// Clauses of a contract's header: where it comes from, how long it is kept, what its events change, what the target answers.
import * as t from "../tokens/token-types.ts"
import type { Name } from "../tree/common.ts"
import type { AnswersClause, EventsClause } from "../tree/declarations.ts"
import type { TypeNode } from "../tree/types.ts"
import { since, spanOf, startHere } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { said } from "./field-rule-rules.ts"
import { expectClose } from "./recovery.ts"

const K = t.Keywords

export function installContractClauses($: Dsl): void {
  const { rules } = $

  // What the platform calls it: `contract Deal as "Opportunity"`.
  rules.sourceName = $.RULE("sourceName", () => {
    $.CONSUME(K.as)
    return $.SUBRULE(rules.text)
  })

  rules.contractSource = $.RULE("contractSource", () => {
    const start = startHere($)
    $.CONSUME(K.from)
    const format = $.SUBRULE(rules.name)
    const file = $.SUBRULE(rules.text)
    const token = $.OPTION(() => $.CONSUME(K.picks))
    const picks = token === undefined || $.RECORDING_PHASE ? null : spanOf(token)
    return { format, file, picks, span: since($, start) }
  })

  rules.retention = $.RULE("retention", () => {
    const start = startHere($)
    $.CONSUME(K.retention)
    const count = $.CONSUME(t.Integer).image
    return { count, unit: $.SUBRULE(rules.name), span: since($, start) }
  })

  rules.slo = $.RULE("slo", () => {
    const start = startHere($)
    $.CONSUME(K.slo)
    const share = $.CONSUME(t.Percent).image
    $.CONSUME(K.within)
    return { share, within: $.CONSUME(t.Duration).image, span: since($, start) }
  })

  rules.events = $.RULE("events", () => {
    const start = startHere($)
    $.CONSUME(K.events)
    const lists = $.OR<EventsClause["lists"]>({
      ERR_MSG: '"unchanged when null unless in …" or "changed in …"',
      DEF: [
        {
          ALT: () => {
            $.CONSUME(K.unchanged)
            $.CONSUME(K.when)
            said($, "null", () => $.CONSUME(t.Name))
            $.CONSUME(K.unless)
            return "cleared"
          },
        },
        { ALT: () => ($.CONSUME(K.changed), "changed") },
      ],
    })
    $.CONSUME(K.in)
    const list = $.SUBRULE(rules.path)
    return { lists, list, span: since($, start) }
  })

  // `bitmaps Header.changedFields over (Header, Name, BillingAddress(Street, City))`: the fields of the event's schema in their order.
  rules.bitmaps = $.RULE("bitmaps", () => {
    const start = startHere($)
    $.CONSUME(K.bitmaps)
    const lists = [$.SUBRULE(rules.path)]
    $.MANY(() => {
      $.CONSUME(t.Comma)
      lists.push($.SUBRULE1(rules.path))
    })
    $.CONSUME(K.over)
    const open = $.CONSUME(t.OpenParen)
    const fields = [$.SUBRULE(rules.bitmapField)]
    $.MANY1(() => {
      $.CONSUME1(t.Comma)
      fields.push($.SUBRULE1(rules.bitmapField))
    })
    expectClose($, t.CloseParen, open)
    $.CONSUME(t.CloseParen)
    return { lists, fields, span: since($, start) }
  })

  rules.bitmapField = $.RULE("bitmapField", () => {
    const start = startHere($)
    const name = $.SUBRULE(rules.name)
    const parts: Name[] = []
    $.OPTION(() => {
      const open = $.CONSUME(t.OpenParen)
      parts.push($.SUBRULE1(rules.name))
      $.MANY(() => {
        $.CONSUME(t.Comma)
        parts.push($.SUBRULE2(rules.name))
      })
      expectClose($, t.CloseParen, open)
      $.CONSUME(t.CloseParen)
    })
    return { name, parts, span: since($, start) }
  })

  rules.answers = $.RULE("answers", () => {
    const start = startHere($)
    $.CONSUME(K.answers)
    const fields: AnswersClause["fields"][number][] = []
    const open = $.CONSUME(t.OpenParen)
    const one = (from: number, name: Name, optional: boolean, type: TypeNode) =>
      fields.push({ name, optional, type, span: since($, from) })
    const from = startHere($)
    const first = $.SUBRULE(rules.name)
    const optional = $.OPTION(() => $.CONSUME(t.Question)) !== undefined
    $.CONSUME(t.Colon)
    one(from, first, optional, $.SUBRULE(rules.type))
    $.MANY(() => {
      $.CONSUME(t.Comma)
      const begin = startHere($)
      const name = $.SUBRULE1(rules.name)
      const maybe = $.OPTION1(() => $.CONSUME1(t.Question)) !== undefined
      $.CONSUME1(t.Colon)
      one(begin, name, maybe, $.SUBRULE1(rules.type))
    })
    expectClose($, t.CloseParen, open)
    $.CONSUME(t.CloseParen)
    return { fields, span: since($, start) }
  })
}
