// Unions: the records a value may be, and what tells which one it is. Flows in: tokens after the first record's name. Flows
// out: a union type. What may tell the kind is judged where the records are known.
import * as t from "../tokens/token-types.ts"
import type { Expression } from "../tree/expressions.ts"
import type { NamedTypeNode, UnionArm, UnionTypeNode } from "../tree/types.ts"
import { since, startHere } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { condition } from "./expression-rules.ts"
import { next } from "./lookahead.ts"
import { attemptLine, closeBody, lines } from "./recovery.ts"

const K = t.Keywords

export function installUnions($: Dsl): void {
  const { rules } = $

  rules.unionRest = $.RULE("unionRest", (first: NamedTypeNode, start: number) => {
    const members: NamedTypeNode[] = [first]
    const more = () => {
      $.CONSUME(K.or)
      const from = startHere($)
      const name = $.SUBRULE(rules.name)
      members.push({ kind: "namedType", name, arguments: [], span: since($, from) })
    }
    more()
    $.MANY(() => {
      $.CONSUME1(K.or)
      const from = startHere($)
      const name = $.SUBRULE1(rules.name)
      members.push({ kind: "namedType", name, arguments: [], span: since($, from) })
    })
    $.CONSUME(K.by)
    const begin = startHere($)
    const by = $.OR<UnionTypeNode["by"]>({
      ERR_MSG: "what tells the kind of the record",
      DEF: [
        {
          GATE: () => next($, K.presence) && $.LA(2).tokenType === t.OpenBrace,
          IGNORE_AMBIGUITIES: true,
          ALT: () => ($.CONSUME(K.presence), { kind: "presence", span: since($, begin) }),
        },
        {
          GATE: () => next($, K.shape) && !belongsToName($),
          IGNORE_AMBIGUITIES: true,
          ALT: () => ($.CONSUME(K.shape), { kind: "shape", span: since($, begin) }),
        },
        {
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            const value = condition($, () => $.SUBRULE(rules.operation, { ARGS: [0] }))
            return { kind: "value", value, span: since($, begin) }
          },
        },
      ],
    })
    const arms: UnionArm[] = []
    $.OPTION({
      GATE: () => next($, t.OpenBrace),
      DEF: () => {
        const open = $.CONSUME(t.OpenBrace)
        lines($, () => {
          const arm = attemptLine<UnionArm | null>(
            $,
            () => $.SUBRULE(rules.unionArm),
            () => null,
          )
          if (arm !== null) arms.push(arm)
        })
        closeBody($, open)
      },
    })
    return { kind: "unionType", members, by, arms, span: since($, start) }
  })

  rules.unionArm = $.RULE("unionArm", () => {
    const start = startHere($)
    const values: Expression[] = [$.SUBRULE(rules.operation, { ARGS: [0] })]
    $.MANY(() => {
      $.CONSUME(t.Comma)
      values.push($.SUBRULE1(rules.operation, { ARGS: [0] }))
    })
    $.CONSUME(t.Arrow)
    const member = $.SUBRULE(rules.name)
    return { values, member, span: since($, start) }
  })
}

/** `shape.x`, `shape(x)`, `shape {`: a field of that name. */
function belongsToName($: Dsl): boolean {
  const after = $.LA(2).tokenType
  return after === t.Dot || after === t.OpenParen || after === t.OpenBrace
}
