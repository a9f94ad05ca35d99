// `tree xs as x where C by x.parent to x.id as n { … }`. Flows in: tokens. Flows out: a TreeExpression.
import * as t from "../tokens/token-types.ts"
import type { Expression } from "../tree/expressions.ts"
import { since, startHere } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { condition, sumLevel } from "./expression-rules.ts"
import { readRows } from "./operand-rules.ts"

const K = t.Keywords

export function installTree($: Dsl): void {
  const { rules } = $

  rules.tree = $.RULE("tree", (): Expression => {
    const start = startHere($)
    $.CONSUME(K.tree)
    const rows = readRows($)
    const where =
      $.OPTION(() => ($.CONSUME(K.where), condition($, () => $.SUBRULE(rules.operation, { ARGS: [0] })))) ??
      null
    $.CONSUME(K.by)
    const parent = $.SUBRULE1(rules.operation, { ARGS: [sumLevel] })
    $.CONSUME(K.to)
    const key = $.SUBRULE2(rules.operation, { ARGS: [sumLevel] })
    $.CONSUME1(K.as)
    const binder = $.SUBRULE1(rules.name)
    const body = $.SUBRULE3(rules.operation, { ARGS: [0] })
    return { kind: "tree", rows, where, parent, key, binder, body, span: since($, start) }
  })
}
