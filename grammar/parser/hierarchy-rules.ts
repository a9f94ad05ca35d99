// Hierarchies: what a member is, clauses, a file or rows. Flows in: tokens. Flows out: the declaration; which member is above which,
// and whether that makes sense, is not known here.
import * as t from "../tokens/token-types.ts"
import type { Name } from "../tree/common.ts"
import type { HierarchyDeclaration, HierarchyRow } from "../tree/declarations.ts"
import type { AllowClause } from "../tree/policies.ts"
import { docsHere, since, startHere } from "./builders.ts"
import { keep } from "./contract-rules.ts"
import type { Dsl } from "./dsl.ts"
import { sumLevel } from "./expression-rules.ts"
import { clauses, readVersion } from "./header.ts"
import { rowsBody } from "./recovery.ts"

const K = t.Keywords

export function installHierarchies($: Dsl): void {
  const { rules } = $

  rules.hierarchy = $.RULE("hierarchy", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.hierarchy)
    const name = $.SUBRULE(rules.name)
    const parameters = $.SUBRULE(rules.parameters)
    const found: {
      -readonly [C in "version" | "owner" | "levels" | "from"]: HierarchyDeclaration[C]
    } = { version: null, owner: null, levels: null, from: null }
    const allows: AllowClause[] = []
    const words = [K.version, K.owner, K.levels, K.from, K.allow]
    clauses($, { declaration: "hierarchy", words, repeated: [K.allow] }, [
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
          $.CONSUME(K.levels)
          const levels: Name[] = [$.SUBRULE1(rules.name)]
          $.MANY(() => {
            $.CONSUME(t.Comma)
            levels.push($.SUBRULE2(rules.name))
          })
          found.levels = keep(found.levels, levels)
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.from)
          found.from = keep(found.from, $.SUBRULE(rules.crosswalkSource))
        },
      },
      { ALT: () => allows.push($.SUBRULE(rules.allow)) },
    ])
    const rows = $.OPTION(() => rowsBody($, (): HierarchyRow => $.SUBRULE(rules.hierarchyRow))) ?? null
    return {
      kind: "hierarchy",
      docs,
      name,
      parameters,
      ...found,
      rows,
      ...(allows.length === 0 ? {} : { allows }),
      span: since($, start),
    }
  })

  rules.hierarchyRow = $.RULE("hierarchyRow", () => {
    docsHere($)
    const start = startHere($)
    const member = $.SUBRULE(rules.operation, { ARGS: [sumLevel] })
    const parent =
      $.OPTION(() => ($.CONSUME(K.under), $.SUBRULE1(rules.operation, { ARGS: [sumLevel] }))) ?? null
    const level = $.OPTION1(() => ($.CONSUME(K.is), $.SUBRULE(rules.name))) ?? null
    return { member, parent, level, span: since($, start) }
  })
}
