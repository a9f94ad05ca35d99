// What stands after the body of a map over a set of rows: `collect by`, `totals`, controls over the whole run. Flows in: the
// tokens after the brace. Flows out: the clauses, each read by itself, so that an error in one never takes the map with it.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import * as t from "../tokens/token-types.ts"
import type { Name, Path } from "../tree/common.ts"
import type { CollectClause, TotalsClause } from "../tree/declarations.ts"
import type { ControlStatement } from "../tree/statements.ts"
import { expected, report, since, startHere } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { isWord, next } from "./lookahead.ts"
import { attempt, skipClause } from "./recovery.ts"

const K = t.Keywords
const clauseWords = new Set([K.collect, K.totals, K.control])

export function installSets($: Dsl): void {
  const { rules } = $

  rules.source = $.RULE("source", () => {
    const start = startHere($)
    const role = $.OPTION({
      GATE: () => (next($, K.each) || next($, K.set)) && isWord($.LA(2)),
      DEF: () => $.OR([{ ALT: () => $.CONSUME(K.each) }, { ALT: () => $.CONSUME(K.set) }]),
    })
    const parameter = $.SUBRULE(rules.parameter)
    return { ...parameter, role: (role?.image ?? null) as "each" | "set" | null, span: since($, start) }
  })

  rules.collect = $.RULE("collect", () => {
    const start = startHere($)
    $.CONSUME(K.collect)
    $.CONSUME(K.by)
    const keys: Name[] = [$.SUBRULE(rules.name)]
    $.MANY(() => ($.CONSUME(t.Comma), keys.push($.SUBRULE1(rules.name))))
    const folds: CollectClause["folds"][number][] = []
    $.MANY1({
      GATE: () => isWord($.LA(1)) && !clauseWords.has($.LA(1).tokenType) && !next($, K.incomplete),
      DEF: () => {
        const from = startHere($)
        const operation = $.SUBRULE2(rules.name)
        folds.push({ operation, field: $.SUBRULE3(rules.name), span: since($, from) })
        $.MANY2(() => {
          $.CONSUME1(t.Comma)
          const more = startHere($)
          folds.push({ operation, field: $.SUBRULE4(rules.name), span: since($, more) })
        })
      },
    })
    const incomplete =
      $.OPTION(() => {
        $.CONSUME(K.incomplete)
        const action = $.SUBRULE5(rules.name)
        if (!$.RECORDING_PHASE && $.LA(1).image !== "group") report($, expected($, '"group"'))
        else $.SUBRULE6(rules.name)
        return action
      }) ?? null
    return { kind: "collect", keys, folds, incomplete, span: since($, start) }
  })

  rules.setClauses = $.RULE("setClauses", () => {
    const totals: TotalsClause[] = []
    const controls: ControlStatement[] = []
    let collect: CollectClause | null = null
    const read = (): void => {
      $.OR([
        {
          ALT: () => {
            const clause = $.SUBRULE(rules.collect)
            if (collect !== null) reportTwice($, collect, clause)
            collect ??= clause
          },
        },
        {
          ALT: () => {
            const start = startHere($)
            $.CONSUME(K.totals)
            const paths: Path[] = [$.SUBRULE(rules.path)]
            $.MANY(() => ($.CONSUME(t.Comma), paths.push($.SUBRULE1(rules.path))))
            totals.push({ kind: "totals", paths, span: since($, start) })
          },
        },
        { ALT: () => controls.push($.SUBRULE(rules.control)) },
      ])
    }
    const again = () => undefined
    if ($.RECORDING_PHASE) $.MANY1(read)
    else while (clauseWords.has($.LA(1).tokenType)) attempt($, read, () => skipClause($, clauseWords), again)
    return { collect, totals, controls }
  })
}

function reportTwice($: Dsl, first: CollectClause, again: CollectClause): void {
  const word = (clause: CollectClause) => ({
    file: $.state.file,
    span: { start: clause.span.start, end: clause.span.start + "collect".length },
  })
  report(
    $,
    diagnostic("FM1104", { clause: '"collect" twice', declaration: "map" }, word(again), {
      label: "said again",
      related: [{ place: word(first), text: "said first here" }],
    }),
  )
}
