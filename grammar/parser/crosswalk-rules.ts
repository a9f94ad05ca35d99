// Crosswalks: key parameters, clauses, a file or rows.
import * as t from "../tokens/token-types.ts"
import type { Name } from "../tree/common.ts"
import type {
  CrosswalkDeclaration,
  CrosswalkRow,
  CrosswalkSource,
  LinksClause,
} from "../tree/declarations.ts"
import type { Expression, TextLiteral } from "../tree/expressions.ts"
import type { AllowClause } from "../tree/policies.ts"
import { docsHere, since, spanOf, startHere } from "./builders.ts"
import { keep } from "./contract-rules.ts"
import type { Dsl } from "./dsl.ts"
import { condition, sumLevel } from "./expression-rules.ts"
import { clauses, readVersion } from "./header.ts"
import { expectClose, rowsBody } from "./recovery.ts"

const K = t.Keywords

export function installCrosswalks($: Dsl): void {
  const { rules } = $

  rules.crosswalk = $.RULE("crosswalk", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.crosswalk)
    const name = $.SUBRULE(rules.name)
    const parameters = $.SUBRULE(rules.parameters)
    const arrow = $.OR([{ ALT: () => $.CONSUME(t.Arrow) }, { ALT: () => $.CONSUME(t.BothWays) }])
    const bothWays = !$.RECORDING_PHASE && arrow.tokenType === t.BothWays ? spanOf(arrow) : null
    const result = $.SUBRULE(rules.type)
    const found: {
      -readonly [C in
        | "version"
        | "owner"
        | "unmapped"
        | "keyForm"
        | "from"
        | "effective"]: CrosswalkDeclaration[C]
    } = {
      version: null,
      owner: null,
      unmapped: null,
      keyForm: null,
      from: null,
      effective: null,
    }
    const allows: AllowClause[] = []
    let links: LinksClause | undefined
    const words = [K.version, K.owner, K.unmapped, K.key, K.from, K.links, K.effective, K.allow]
    clauses($, { declaration: "crosswalk", words, repeated: [K.allow] }, [
      {
        ALT: () => {
          $.CONSUME(K.version)
          found.version = keep(found.version, readVersion($))
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.owner)
          found.owner = keep(found.owner, $.SUBRULE(rules.text))
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.unmapped)
          found.unmapped = keep(found.unmapped, $.SUBRULE(rules.valueOrExit))
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.key)
          found.keyForm = keep(found.keyForm, $.SUBRULE1(rules.name))
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.from)
          found.from = keep(found.from, $.SUBRULE(rules.crosswalkSource))
        },
      },
      {
        ALT: () => {
          const from = startHere($)
          $.CONSUME(K.links)
          const first = $.SUBRULE(rules.path)
          $.CONSUME(K.to)
          const to = $.SUBRULE1(rules.path)
          links ??= { from: first, to, span: since($, from) }
        },
      },
      { ALT: () => (found.effective = keep(found.effective, $.SUBRULE(rules.effective))) },
      { ALT: () => allows.push($.SUBRULE(rules.allow)) },
    ])
    const rows = $.OPTION(() => rowsBody($, (): CrosswalkRow => $.SUBRULE(rules.crosswalkRow))) ?? null
    return {
      kind: "crosswalk",
      docs,
      name,
      parameters,
      bothWays,
      result,
      ...found,
      ...(links === undefined ? {} : { links }),
      rows,
      span: since($, start),
    }
  })

  rules.crosswalkSource = $.RULE("crosswalkSource", () => {
    const start = startHere($)
    const format = $.SUBRULE(rules.name)
    const file = $.SUBRULE(rules.text)
    const columns = $.OPTION(() => $.SUBRULE(rules.columns)) ?? []
    const wildcard = $.OPTION2(() => ($.CONSUME(K.wildcard), $.SUBRULE1(rules.text))) ?? null
    const where =
      $.OPTION1(() => ($.CONSUME(K.where), condition($, () => $.SUBRULE(rules.operation, { ARGS: [0] })))) ??
      null
    return { format, file, columns, wildcard, where, span: since($, start) }
  })

  rules.columns = $.RULE("columns", () => {
    const columns: CrosswalkSource["columns"][number][] = []
    const one = (from: number, name: Name, column: TextLiteral) =>
      columns.push({ name, column, span: since($, from) })
    const open = $.CONSUME(t.OpenParen)
    const from = startHere($)
    one(from, $.SUBRULE1(rules.name), ($.CONSUME(t.Colon), $.SUBRULE1(rules.text)))
    $.MANY(() => {
      $.CONSUME(t.Comma)
      const begin = startHere($)
      one(begin, $.SUBRULE2(rules.name), ($.CONSUME1(t.Colon), $.SUBRULE2(rules.text)))
    })
    expectClose($, t.CloseParen, open)
    $.CONSUME(t.CloseParen)
    return columns
  })

  rules.effective = $.RULE("effective", () => {
    const start = startHere($)
    $.CONSUME(K.effective)
    const word = $.SUBRULE(rules.name)
    const untilWord = $.OPTION(() => ($.CONSUME(K.until), $.SUBRULE1(rules.name))) ?? null
    const columns = $.OPTION1(() => $.SUBRULE(rules.columns)) ?? null
    return { word, untilWord, columns, span: since($, start) }
  })

  rules.crosswalkRow = $.RULE("crosswalkRow", () => {
    docsHere($)
    const start = startHere($)
    const keys: Expression[] = [$.SUBRULE(rules.operation, { ARGS: [sumLevel] })]
    $.MANY(() => {
      $.CONSUME(t.Comma)
      keys.push($.SUBRULE1(rules.operation, { ARGS: [sumLevel] }))
    })
    $.CONSUME(t.Arrow)
    const value = $.SUBRULE2(rules.operation, { ARGS: [0] })
    const from =
      $.OPTION(() => ($.CONSUME(K.from), $.SUBRULE3(rules.operation, { ARGS: [sumLevel] }))) ?? null
    const until =
      $.OPTION1(() => ($.CONSUME(K.until), $.SUBRULE4(rules.operation, { ARGS: [sumLevel] }))) ?? null
    return { keys, value, from, until, span: since($, start) }
  })
}
