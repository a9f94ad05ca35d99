// Consumers: who reads which fields. Flows in: tokens. Flows out: the declaration; what it names is not looked up here.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import { suggest } from "../diagnostics/suggest.ts"
import * as t from "../tokens/token-types.ts"
import type { Path } from "../tree/common.ts"
import type { ConsumerDeclaration, ConsumerMember } from "../tree/consumers.ts"
import { describe, docsHere, placeOf, since, startHere, stop } from "./builders.ts"
import { keep } from "./contract-rules.ts"
import type { Dsl } from "./dsl.ts"
import { clauses } from "./header.ts"
import { isWord, next } from "./lookahead.ts"
import { attemptLine, closeBody, expectClose, lines } from "./recovery.ts"

const K = t.Keywords

export function installConsumers($: Dsl): void {
  const { rules } = $

  rules.consumer = $.RULE("consumer", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.consumer)
    const name = $.SUBRULE(rules.name)
    const found: { -readonly [C in "owner" | "contact"]: ConsumerDeclaration[C] } = {
      owner: null,
      contact: null,
    }
    clauses($, { declaration: "consumer", words: [K.owner, K.contact] }, [
      {
        ALT: () => {
          $.CONSUME(K.owner)
          found.owner = keep(found.owner, $.SUBRULE1(rules.text))
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.contact)
          found.contact = keep(found.contact, $.SUBRULE2(rules.text))
        },
      },
    ])
    const open = $.CONSUME(t.OpenBrace)
    const members: ConsumerMember[] = []
    lines($, () =>
      members.push(
        attemptLine<ConsumerMember>(
          $,
          () => $.SUBRULE(rules.consumerMember),
          span => ({ kind: "errorMember", span }),
        ),
      ),
    )
    closeBody($, open)
    return { kind: "consumer", docs, name, ...found, members, span: since($, start) }
  })

  // `reads SalesOrder { total, lines.amount }`, `reads Booking`.
  rules.consumerMember = $.RULE("consumerMember", () => {
    if (!$.RECORDING_PHASE) refuseStart($)
    docsHere($)
    const start = startHere($)
    $.CONSUME(K.reads)
    const of = $.SUBRULE(rules.name)
    const fields = $.OPTION(() => {
      const open = $.CONSUME(t.OpenBrace)
      const paths: Path[] = [$.SUBRULE(rules.path)]
      $.MANY({
        GATE: () => isWord($.LA(2)),
        DEF: () => {
          $.CONSUME(t.Comma)
          paths.push($.SUBRULE1(rules.path))
        },
      })
      $.OPTION1(() => $.CONSUME1(t.Comma))
      expectClose($, t.CloseBrace, open)
      $.CONSUME(t.CloseBrace)
      return paths
    })
    return { kind: "reads", of, fields: fields ?? null, span: since($, start) }
  })
}

function refuseStart($: Dsl): void {
  if (next($, K.reads)) return
  const token = $.LA(1)
  const place = placeOf($, token)
  const near = isWord(token) ? suggest(token.image, ["reads"]) : undefined
  stop(
    diagnostic("FM1117", { found: describe(token), body: "a consumer" }, place, {
      label: "`reads` and what is read should stand here",
      ...(near === undefined ? {} : { help: `Did you mean "${near}"?`, edits: [{ place, text: near }] }),
    }),
  )
}
