// `previous line.amount`, `running sum(line.amount)`: what stands before in the rows of a loop. Flows in: tokens. Flows out: trees.
import * as t from "../tokens/token-types.ts"
import type { Expression } from "../tree/expressions.ts"
import { expected, nameOf, since, startHere, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { expectClose } from "./recovery.ts"

const K = t.Keywords
const running: ReadonlySet<string> = new Set(["sum", "min", "max"])

export function installWindows($: Dsl): void {
  const { rules } = $

  rules.previous = $.RULE("previous", (): Expression => {
    const start = startHere($)
    $.CONSUME(K.previous)
    const path = $.SUBRULE(rules.path)
    return { kind: "previous", path, span: since($, start) }
  })

  rules.running = $.RULE("running", (): Expression => {
    const start = startHere($)
    $.CONSUME(K.running)
    if (!$.RECORDING_PHASE && !running.has($.LA(1).image)) stop(expected($, "sum, min or max"))
    const operation = nameOf($.CONSUME(t.Name))
    const open = $.CONSUME(t.OpenParen)
    const value = $.SUBRULE(rules.value)
    expectClose($, t.CloseParen, open)
    $.CONSUME(t.CloseParen)
    return { kind: "running", operation, value, span: since($, start) }
  })
}
