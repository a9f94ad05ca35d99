// Names, paths and texts: what every other rule is made of.
import * as t from "../tokens/token-types.ts"
import type { Name } from "../tree/common.ts"
import { nameOf, since, startHere } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { textLiteral } from "./text-literal.ts"

export function installWords($: Dsl): void {
  const { rules } = $

  rules.name = $.RULE("name", () => nameOf($.CONSUME(t.Name)))

  rules.path = $.RULE("path", () => {
    const start = startHere($)
    const names: Name[] = [nameOf($.CONSUME(t.Name))]
    $.MANY(() => {
      $.CONSUME(t.Dot)
      names.push(nameOf($.CONSUME1(t.Name)))
    })
    return { names, span: since($, start) }
  })

  rules.text = $.RULE("text", () => {
    const token = $.CONSUME(t.Text)
    const { file, diagnostics } = $.state
    return textLiteral(token, file, diagnostics)
  })
}
