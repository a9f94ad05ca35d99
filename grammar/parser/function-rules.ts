// Functions: a name, parameters, a result and the expression that gives it. There is no body in braces, so a function ends
// where the next declaration begins.
import * as t from "../tokens/token-types.ts"
import type { FunctionParameter } from "../tree/declarations.ts"
import { docsHere, since, startHere } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { expectClose } from "./recovery.ts"

const K = t.Keywords

export function installFunctions($: Dsl): void {
  const { rules } = $

  rules.fn = $.RULE("fn", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.fn)
    const name = $.SUBRULE(rules.name)
    const parameters: FunctionParameter[] = []
    const open = $.CONSUME(t.OpenParen)
    $.OPTION(() => {
      parameters.push($.SUBRULE(rules.fnParameter))
      $.MANY(() => {
        $.CONSUME(t.Comma)
        parameters.push($.SUBRULE1(rules.fnParameter))
      })
    })
    expectClose($, t.CloseParen, open)
    $.CONSUME(t.CloseParen)
    $.CONSUME(t.Arrow)
    const result = $.SUBRULE(rules.type)
    const resultOptional = $.OPTION1(() => $.CONSUME(t.Question)) !== undefined
    $.CONSUME(t.Assign)
    const value = $.SUBRULE(rules.value)
    const because = $.OPTION2(() => ($.CONSUME(K.because), $.SUBRULE(rules.text))) ?? null
    return {
      kind: "fn",
      docs,
      name,
      parameters,
      result,
      resultOptional,
      value,
      because,
      span: since($, start),
    }
  })

  rules.fnParameter = $.RULE("fnParameter", () => {
    const start = startHere($)
    const name = $.SUBRULE(rules.name)
    const optional = $.OPTION(() => $.CONSUME(t.Question)) !== undefined
    $.CONSUME(t.Colon)
    const type = $.SUBRULE(rules.type)
    return { name, type, optional, span: since($, start) }
  })
}
