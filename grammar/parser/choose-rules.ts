// `choose`: arms of assignments of which one counts. Flows in: tokens. Flows out: a ChooseStatement. An arm without anything in it
// is read as one, so that a deleted assignment is told by its name.
import { EOF, type TokenType } from "chevrotain"
import * as t from "../tokens/token-types.ts"
import type { Pattern } from "../tree/expressions.ts"
import type { ChooseArm, Statement } from "../tree/statements.ts"
import { docsHere, expected, since, startHere, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { isTarget, next } from "./lookahead.ts"
import { attemptLine, closeBody, lines } from "./recovery.ts"

const K = t.Keywords

export function installChoose($: Dsl): void {
  const { rules } = $

  rules.choose = $.RULE("choose", () => {
    const start = startHere($)
    $.CONSUME(K.choose)
    const subject =
      $.OPTION({ GATE: () => !next($, t.OpenBrace), DEF: () => $.SUBRULE(rules.operation, { ARGS: [0] }) }) ??
      null
    const arms: ChooseArm[] = []
    const open = $.CONSUME(t.OpenBrace)
    lines($, () =>
      arms.push(
        attemptLine<ChooseArm>(
          $,
          () => $.SUBRULE(rules.chooseArm, { ARGS: [subject !== null] }),
          span => errorArm(span),
          // What stands behind the arrow of an empty arm is the next arm.
          arm => arm.statements.length === 0,
        ),
      ),
    )
    closeBody($, open)
    return { kind: "choose", docs: [], subject, arms, span: since($, start) }
  })

  rules.chooseArm = $.RULE("chooseArm", (overValue: boolean) => {
    const docs = docsHere($)
    const start = startHere($)
    const patterns: Pattern[] = [$.SUBRULE(rules.pattern)]
    $.MANY(() => {
      $.CONSUME(t.Comma)
      patterns.push($.SUBRULE1(rules.pattern))
    })
    $.CONSUME(t.Arrow)
    const statements: Statement[] = []
    $.OPTION1({
      GATE: () => !isEmptyArm($, overValue),
      DEF: () =>
        $.OR<unknown>({
          ERR_MSG: 'a field and "="',
          DEF: [
            {
              ALT: () => {
                const body = $.SUBRULE(rules.record)
                if (!$.RECORDING_PHASE) statements.push(...body.statements)
              },
            },
            {
              ALT: () => {
                if (!$.RECORDING_PHASE && !isTarget($) && !next($, K.leave))
                  stop(expected($, 'a field and "="'))
                statements.push($.SUBRULE(rules.statement))
              },
            },
          ],
        }),
    })
    const because = $.OPTION2(() => ($.CONSUME(K.because), $.SUBRULE(rules.text))) ?? null
    return { docs, patterns, statements, because, span: since($, start) }
  })
}

const ends: ReadonlySet<TokenType> = new Set([t.CloseBrace, t.Comma, t.Boundary, t.Newline, EOF])

/** Nothing behind the arrow, or the pattern and arrow of the next arm; only arms over values have patterns with commas. */
function isEmptyArm($: Dsl, overValue: boolean): boolean {
  if ($.RECORDING_PHASE) return false
  if (isTarget($) || next($, K.leave)) return false
  for (let i = 1; ; i++) {
    const { tokenType } = $.LA(i)
    if (ends.has(tokenType) && (i === 1 || !overValue || tokenType !== t.Comma)) return i === 1
    if (tokenType === t.Arrow) return true
    if (tokenType === t.OpenBrace || tokenType === t.Assign) return false
  }
}

function errorArm(span: { start: number; end: number }): ChooseArm {
  return {
    docs: [],
    patterns: [{ kind: "otherwise", span }],
    statements: [{ kind: "errorStatement", span }],
    because: null,
    span,
  }
}
