// The body of a flow: steps, groups of steps, controls, routes. Flows in: tokens. Flows out: statements in the order written; what must
// happen before what follows from their values and is not known here.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import { suggest } from "../diagnostics/suggest.ts"
import * as t from "../tokens/token-types.ts"
import type { Name } from "../tree/common.ts"
import type { FlowClause, FlowFilter, FlowStatement, FlowWork } from "../tree/flows.ts"
import { describe, docsHere, placeOf, since, startHere, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { sumLevel } from "./expression-rules.ts"
import { isTarget, isWord, next } from "./lookahead.ts"
import { attemptLine, closeBody, lines } from "./recovery.ts"

const K = t.Keywords
const firstWords = [
  "let",
  "send",
  "ensure",
  "load",
  "reconcile",
  "publish",
  "answer",
  "control",
  "when",
  "for",
  "on",
  "slo",
]
const clauseStarts: ReadonlySet<unknown> = new Set([
  K.after,
  K.retry,
  K.timeout,
  K.limit,
  K.refused,
  K.in,
  K.compensate,
  K.else,
])

export function installFlowSteps($: Dsl): void {
  const { rules } = $

  rules.flowBody = $.RULE("flowBody", () => {
    const open = $.CONSUME(t.OpenBrace)
    const statements: FlowStatement[] = []
    lines(
      $,
      () =>
        statements.push(
          attemptLine<FlowStatement>(
            $,
            () => $.SUBRULE(rules.flowStatement),
            span => ({ kind: "errorStatement", span }),
          ),
        ),
      false,
    )
    closeBody($, open)
    return statements
  })

  rules.flowStatement = $.RULE("flowStatement", () => {
    if (!$.RECORDING_PHASE) refuseStart($)
    const docs = docsHere($)
    const start = startHere($)
    return $.OR<FlowStatement>({
      ERR_MSG: "a step",
      DEF: [
        {
          GATE: () => isTarget($),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            const name = $.SUBRULE(rules.name)
            $.CONSUME(t.Assign)
            const work = $.SUBRULE(rules.flowWork)
            return {
              kind: "step",
              docs,
              name,
              work,
              clauses: $.SUBRULE(rules.flowClauses),
              span: since($, start),
            }
          },
        },
        {
          GATE: () => next($, K.let),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.let)
            const name = $.SUBRULE1(rules.name)
            $.CONSUME1(t.Assign)
            const value = $.SUBRULE(rules.value)
            return { kind: "let", docs, name, value, span: since($, start) }
          },
        },
        {
          GATE: () => next($, K.control),
          IGNORE_AMBIGUITIES: true,
          ALT: () => ({ ...$.SUBRULE(rules.control), docs }),
        },
        { IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.flowGroup) },
        { GATE: () => next($, K.on), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.flowRoute) },
        { GATE: () => next($, K.slo), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.flowSlo) },
        {
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            const work = $.SUBRULE1(rules.flowWork)
            return {
              kind: "step",
              docs,
              name: null,
              work,
              clauses: $.SUBRULE1(rules.flowClauses),
              span: since($, start),
            }
          },
        },
      ],
    })
  })

  rules.flowGroup = $.RULE("flowGroup", () => {
    const start = startHere($)
    let when = null
    let each: { name: Name; of: ReturnType<typeof rules.path> } | null = null
    $.OR([
      {
        ALT: () => {
          $.CONSUME(K.when)
          when = $.SUBRULE(rules.operation, { ARGS: [0] })
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.for)
          $.CONSUME(K.each)
          const name = $.SUBRULE(rules.name)
          $.CONSUME(K.in)
          each = { name, of: $.SUBRULE(rules.path) }
        },
      },
    ])
    const statements = $.SUBRULE(rules.flowBody)
    return { kind: "group", when, each, statements, span: since($, start) }
  })

  rules.flowClauses = $.RULE("flowClauses", () => {
    const found: FlowClause[] = []
    $.MANY({
      GATE: () => clauseStarts.has($.LA(1).tokenType),
      DEF: () => found.push($.SUBRULE(rules.flowClause)),
    })
    return found
  })

  rules.flowFilter = $.RULE("flowFilter", (): FlowFilter => {
    const start = startHere($)
    const field = $.SUBRULE(rules.name)
    $.CONSUME(t.Equal)
    const value = $.SUBRULE(rules.operation, { ARGS: [sumLevel] })
    return { field, value, span: since($, start) }
  })

  rules.flowWork = $.RULE("flowWork", () => {
    const start = startHere($)
    return $.OR<FlowWork>({
      ERR_MSG: "a read, a call of a map or an effect",
      DEF: [
        {
          GATE: () => next($, K.read) && isWord($.LA(2)),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.read)
            const from = $.SUBRULE(rules.path)
            const by = $.OPTION(() => ($.CONSUME(K.by), $.SUBRULE(rules.operation, { ARGS: [0] }))) ?? null
            const where: FlowFilter[] = []
            $.OPTION1(() => {
              $.CONSUME(K.where)
              where.push($.SUBRULE(rules.flowFilter))
              $.MANY(() => ($.CONSUME(K.and), where.push($.SUBRULE1(rules.flowFilter))))
            })
            return { kind: "read", from, by, where, span: since($, start) }
          },
        },
        {
          GATE: () => next($, K.send) && isWord($.LA(2)),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.send)
            const what = $.SUBRULE(rules.operand)
            $.CONSUME(K.to)
            const to = $.SUBRULE1(rules.path)
            const verb = $.SUBRULE(rules.name)
            return { kind: "send", what, to, verb, span: since($, start) }
          },
        },
        {
          GATE: () => next($, K.ensure) && isWord($.LA(2)),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.ensure)
            const what = $.SUBRULE1(rules.operand)
            $.CONSUME(K.in)
            const path = $.SUBRULE2(rules.path)
            const by = $.OPTION2(() => ($.CONSUME1(K.by), $.SUBRULE1(rules.name))) ?? null
            return { kind: "ensure", what, in: path, by, span: since($, start) }
          },
        },
        {
          GATE: () => next($, K.load) && isWord($.LA(2)),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.load)
            const what = $.SUBRULE2(rules.operand)
            $.CONSUME1(K.to)
            const to = $.SUBRULE3(rules.path)
            const mode = $.SUBRULE2(rules.name)
            const over = $.OPTION3(() => ($.CONSUME(K.over), $.SUBRULE(rules.flowNames))) ?? []
            return { kind: "load", what, to, mode, over, span: since($, start) }
          },
        },
        {
          GATE: () => next($, K.reconcile) && isWord($.LA(2)),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.reconcile)
            return { kind: "reconcile", load: $.SUBRULE3(rules.name), span: since($, start) }
          },
        },
        {
          GATE: () => next($, K.publish) && isWord($.LA(2)),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.publish)
            return { kind: "publish", what: $.SUBRULE3(rules.operand), span: since($, start) }
          },
        },
        {
          GATE: () => next($, K.answer) && isWord($.LA(2)),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.answer)
            return { kind: "answer", what: $.SUBRULE4(rules.operand), span: since($, start) }
          },
        },
        {
          IGNORE_AMBIGUITIES: true,
          ALT: () => ({ kind: "make", what: $.SUBRULE5(rules.operand), span: since($, start) }),
        },
      ],
    })
  })
}

/** What cannot begin a step, said before the grammar says it less well. */
function refuseStart($: Dsl): void {
  const token = $.LA(1)
  if (isWord(token) && (isTarget($) || firstWords.includes(token.image))) return
  const place = placeOf($, token)
  const near = isWord(token) ? suggest(token.image, firstWords) : undefined
  stop(
    diagnostic("FM1117", { found: describe(token), body: "a flow" }, place, {
      label: "a step should begin here",
      ...(near === undefined ? {} : { help: `Did you mean "${near}"?`, edits: [{ place, text: near }] }),
    }),
  )
}
