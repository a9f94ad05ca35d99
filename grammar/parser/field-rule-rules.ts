// Rules of a record about which of its fields have values together. Flows in: tokens. Flows out: FieldsRule and RequireRule.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import * as t from "../tokens/token-types.ts"
import type { Name } from "../tree/common.ts"
import type { FieldsRule } from "../tree/declarations.ts"
import { describe, placeOf, since, startHere, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { condition } from "./expression-rules.ts"
import { isWord, next } from "./lookahead.ts"

const K = t.Keywords

export function installFieldRules($: Dsl): void {
  const { rules } = $

  rules.fieldsRule = $.RULE("fieldsRule", () => {
    const start = startHere($)
    const rule = $.OR<FieldsRule["rule"]>([
      {
        ALT: () => {
          $.CONSUME(K.exactly)
          said($, "one", () => $.CONSUME(t.Name))
          return "exactly one"
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.at)
          $.CONSUME(K.most)
          said($, "one", () => $.CONSUME1(t.Name))
          return "at most one"
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.all)
          $.CONSUME(K.or)
          said($, "none", () => $.CONSUME2(t.Name))
          return "all or none"
        },
      },
    ])
    $.CONSUME(K.of)
    const fields: Name[] = [$.SUBRULE(rules.name)]
    $.MANY({
      GATE: () => moreFields($),
      DEF: () => ($.CONSUME(t.Comma), fields.push($.SUBRULE1(rules.name))),
    })
    const exit = $.OPTION(() => ($.CONSUME(K.else), $.SUBRULE(rules.exit))) ?? null
    return { kind: "fieldsRule", docs: [], rule, fields, exit, span: since($, start) }
  })

  rules.require = $.RULE("require", () => {
    const start = startHere($)
    const profile = $.OPTION2(() => ($.CONSUME(K.on), $.SUBRULE2(rules.name))) ?? null
    $.CONSUME(K.require)
    const fields: Name[] = [$.SUBRULE(rules.name)]
    $.MANY({
      GATE: () => moreFields($),
      DEF: () => ($.CONSUME(t.Comma), fields.push($.SUBRULE1(rules.name))),
    })
    const when =
      $.OPTION1(() => ($.CONSUME(K.when), condition($, () => $.SUBRULE(rules.operation, { ARGS: [0] })))) ??
      null
    const exit = $.OPTION(() => ($.CONSUME(K.else), $.SUBRULE(rules.exit))) ?? null
    return { kind: "require", docs: [], profile, fields, when, exit, span: since($, start) }
  })
}

/** `exactly one`, `at most`, `all or`, `require a`: a rule and no field of that name. */
export function startsFieldRule($: Dsl): boolean {
  const after = $.LA(2)
  if (next($, K.exactly)) return isWord(after)
  if (next($, K.at)) return after.tokenType === K.most
  if (next($, K.all)) return after.tokenType === K.or
  if (next($, K.on)) return isWord(after) && $.LA(3).tokenType === K.require
  return next($, K.require) && isWord(after)
}

/** A comma that is not followed by the declaration of the next field or by another rule. */
function moreFields($: Dsl): boolean {
  const after = $.LA(3).tokenType
  return isWord($.LA(2)) && after !== t.Colon && after !== t.Question
}

/** A word that is none of the language outside of this place. */
export function said($: Dsl, wanted: string, read: () => unknown): void {
  if ($.RECORDING_PHASE || $.LA(1).image === wanted) {
    read()
    return
  }
  stop(
    diagnostic("FM1101", { expected: `"${wanted}"`, found: describe($.LA(1)) }, placeOf($, $.LA(1)), {
      label: `"${wanted}" should stand here`,
    }),
  )
}
