// The header of a flow: what starts it, which events it wants, in which order. Flows in: tokens. Flows out: the declaration; what
// the body may hold is in flow-step-rules.ts.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import * as t from "../tokens/token-types.ts"
import type { Name, Span } from "../tree/common.ts"
import type { FlowCondition, FlowDeclaration, FlowTrigger } from "../tree/flows.ts"
import type { AllowClause } from "../tree/policies.ts"
import type { NamedTypeNode } from "../tree/types.ts"
import { docsHere, placeOf, report, since, startHere } from "./builders.ts"
import { keep } from "./contract-rules.ts"
import type { Dsl } from "./dsl.ts"
import { aboveOr, sumLevel } from "./expression-rules.ts"
import { said } from "./field-rule-rules.ts"
import { clauses, readVersion } from "./header.ts"
import { isWord, next } from "./lookahead.ts"
import { expectClose } from "./recovery.ts"

const K = t.Keywords

export function installFlows($: Dsl): void {
  const { rules } = $

  rules.flow = $.RULE("flow", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.flow)
    const name = $.SUBRULE(rules.name)
    const found: {
      -readonly [C in "version" | "owner" | "trigger" | "when" | "lane"]: FlowDeclaration[C]
    } = { version: null, owner: null, trigger: null, when: null, lane: null }
    const allows: AllowClause[] = []
    const words = [K.version, K.on, K.every, K.when, K.lane, K.owner, K.allow]
    clauses($, { declaration: "flow", words, repeated: [K.allow] }, [
      {
        ALT: () => {
          $.CONSUME(K.version)
          found.version = keep(found.version, readVersion($))
        },
      },
      {
        ALT: () => {
          found.trigger = keep(found.trigger, $.SUBRULE(rules.flowOn))
        },
      },
      {
        ALT: () => {
          found.trigger = keep(found.trigger, $.SUBRULE(rules.flowEvery))
        },
      },
      {
        ALT: () => {
          const from = startHere($)
          $.CONSUME(K.when)
          const conditions = [$.SUBRULE(rules.flowCondition)]
          $.MANY(() => ($.CONSUME(K.and), conditions.push($.SUBRULE1(rules.flowCondition))))
          if (!$.RECORDING_PHASE && next($, K.or)) refuseOr($)
          found.when = keep(found.when, { conditions, span: since($, from) })
        },
      },
      {
        ALT: () => {
          const from = startHere($)
          $.CONSUME(K.lane)
          const key = $.SUBRULE(rules.operation, { ARGS: [0] })
          const newest =
            $.OPTION(() => {
              $.CONSUME(K.newest)
              $.CONSUME(K.by)
              return $.SUBRULE1(rules.operation, { ARGS: [0] })
            }) ?? null
          found.lane = keep(found.lane, { key, newest, span: since($, from) })
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.owner)
          found.owner = keep(found.owner, $.SUBRULE(rules.text))
        },
      },
      { ALT: () => allows.push($.SUBRULE(rules.allow)) },
    ])
    const headerSpan = since($, start)
    const statements = $.SUBRULE(rules.flowBody)
    return {
      kind: "flow",
      docs,
      name,
      ...found,
      ...(allows.length === 0 ? {} : { allows }),
      statements,
      headerSpan,
      span: since($, start),
    }
  })

  // `opp.StageName becomes "Closed Won"`, or a condition.
  rules.flowCondition = $.RULE("flowCondition", (): FlowCondition => {
    const start = startHere($)
    const operand = $.SUBRULE(rules.operation, { ARGS: [aboveOr] })
    const becomes =
      $.OPTION(() => {
        $.CONSUME(K.becomes)
        return $.SUBRULE1(rules.operation, { ARGS: [sumLevel] })
      }) ?? null
    return { operand, becomes, span: since($, start) }
  })

  rules.flowOn = $.RULE("flowOn", () => {
    const start = startHere($)
    $.CONSUME(K.on)
    return $.OR<FlowTrigger>({
      ERR_MSG: 'what starts the flow, as in "on order: SalesOrder changed"',
      DEF: [
        {
          GATE: () => next($, K.manual) && $.LA(2).tokenType !== t.Colon,
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.manual)
            const bound = $.OPTION({
              GATE: () => isWord($.LA(1)) && $.LA(2).tokenType === t.Colon,
              DEF: () => ({
                name: $.SUBRULE(rules.name),
                type: ($.CONSUME(t.Colon), namedType($, () => $.SUBRULE1(rules.name))),
              }),
            })
            return { kind: "manual", ...(bound ?? { name: null, type: null }), span: since($, start) }
          },
        },
        {
          GATE: () => next($, K.call) && $.LA(2).tokenType !== t.Colon,
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.call)
            const name = $.SUBRULE2(rules.name)
            $.CONSUME1(t.Colon)
            const type = namedType($, () => $.SUBRULE3(rules.name))
            const answers =
              $.OPTION1(() => ($.CONSUME(K.answers), namedType($, () => $.SUBRULE4(rules.name)))) ?? null
            return { kind: "call", name, type, answers, span: since($, start) }
          },
        },
        {
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            const name = $.SUBRULE5(rules.name)
            $.CONSUME2(t.Colon)
            const type = namedType($, () => $.SUBRULE6(rules.name))
            const changed = $.OPTION2(() => changes($)) ?? null
            return { kind: "record", name, type, changed, span: since($, start) }
          },
        },
      ],
    })
  })
}

/** `changed in (StageName, Amount) not by us`. */
function changes($: Dsl): { fields: Name[] | null; notByUs: Span | null } {
  const { rules } = $
  $.CONSUME(K.changed)
  const fields =
    $.OPTION3(() => {
      $.CONSUME(K.in)
      const open = $.CONSUME(t.OpenParen)
      const names = [$.SUBRULE7(rules.name)]
      $.MANY(() => ($.CONSUME(t.Comma), names.push($.SUBRULE8(rules.name))))
      expectClose($, t.CloseParen, open)
      $.CONSUME(t.CloseParen)
      return names
    }) ?? null
  const notByUs =
    $.OPTION4(() => {
      const start = startHere($)
      $.CONSUME(K.not)
      $.CONSUME(K.by)
      said($, "us", () => $.CONSUME(t.Name))
      return since($, start)
    }) ?? null
  return { fields, notByUs }
}

function namedType($: Dsl, read: () => Name): NamedTypeNode {
  const name = read()
  return { kind: "namedType", name, arguments: [], span: name?.span ?? since($, startHere($)) }
}

/** `a or b becomes c` would leave open what became so. */
function refuseOr($: Dsl): void {
  report(
    $,
    diagnostic("FM7100", {}, placeOf($, $.LA(1)), {
      label: "one of several",
      help: "Put the conditions of the or into brackets; a becomes stands outside of them.",
    }),
  )
  $.SKIP_TOKEN()
  $.SUBRULE9($.rules.operation, { ARGS: [0] })
}
