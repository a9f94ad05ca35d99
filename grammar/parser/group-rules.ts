// `group xs as x where C by p = EXPR, x.account as g sort by K { … }`. Flows in: tokens. Flows out: a GroupExpression.
import * as t from "../tokens/token-types.ts"
import type { Generator, GroupKey, SortKey } from "../tree/expressions.ts"
import { since, startHere } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { condition, sumLevel } from "./expression-rules.ts"
import { isTarget, isWord } from "./lookahead.ts"
import { readRows, readSortKey } from "./operand-rules.ts"

const K = t.Keywords

export function installGroup($: Dsl): void {
  const { rules } = $

  rules.group = $.RULE("group", () => {
    const start = startHere($)
    $.CONSUME(K.group)
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
    $.CONSUME(K.by)
    const keys: GroupKey[] = [$.SUBRULE(rules.groupKey)]
    $.MANY1(() => {
      $.CONSUME1(t.Comma)
      keys.push($.SUBRULE1(rules.groupKey))
    })
    $.CONSUME2(K.as)
    const binder = $.SUBRULE2(rules.name)
    const sort: SortKey[] = []
    $.OPTION1(() => {
      $.CONSUME(K.sort)
      $.CONSUME1(K.by)
      sort.push(readSortKey($))
      $.MANY2(() => {
        $.CONSUME2(t.Comma)
        const from = startHere($)
        const key = $.SUBRULE3(rules.operation, { ARGS: [sumLevel] })
        const descending = $.OPTION3(() =>
          $.OR1([{ ALT: () => $.CONSUME1(K.descending) }, { ALT: () => $.CONSUME1(K.ascending) }]),
        )
        sort.push({ key, descending: descending?.image === "descending", span: since($, from) })
      })
    })
    const body = $.SUBRULE4(rules.operation, { ARGS: [0] })
    return { kind: "group", generators, where, keys, binder, sort, body, span: since($, start) }
  })

  rules.groupKey = $.RULE("groupKey", () => {
    const start = startHere($)
    const name =
      $.OPTION({
        GATE: () => isWord($.LA(1)) && isTarget($),
        DEF: () => {
          const given = $.SUBRULE(rules.name)
          $.CONSUME(t.Assign)
          return given
        },
      }) ?? null
    const value = $.SUBRULE(rules.operation, { ARGS: [sumLevel] })
    return { name, value, span: since($, start) }
  })
}
