// Maps: sources, givens, target, clauses and the body of statements.
import * as t from "../tokens/token-types.ts"
import type { MapDeclaration, Parameter, SourceParameter } from "../tree/declarations.ts"
import type { AllowClause } from "../tree/policies.ts"
import type { Statement } from "../tree/statements.ts"
import { docsHere, since, spanOf, startHere } from "./builders.ts"
import { keep } from "./contract-rules.ts"
import type { Dsl } from "./dsl.ts"
import { clauses, readVersion } from "./header.ts"
import { attemptLine, closeBody, lines } from "./recovery.ts"

const K = t.Keywords

export function installMaps($: Dsl): void {
  const { rules } = $

  rules.map = $.RULE("map", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.map)
    const name = $.SUBRULE(rules.name)
    const sources: SourceParameter[] = []
    const givens: Parameter[] = []
    const found: {
      -readonly [C in "version" | "target" | "owner" | "per" | "patch" | "profile"]: MapDeclaration[C]
    } = {
      version: null,
      target: null,
      owner: null,
      per: null,
      patch: null,
      profile: null,
    }
    const allows: AllowClause[] = []
    const words = [K.version, K.from, K.given, K.to, K.owner, K.per, K.patch, K.allow]
    clauses($, { declaration: "map", words, repeated: [K.allow] }, [
      {
        ALT: () => {
          $.CONSUME(K.version)
          found.version = keep(found.version, readVersion($))
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.from)
          sources.push($.SUBRULE(rules.source))
          $.MANY(() => ($.CONSUME(t.Comma), sources.push($.SUBRULE1(rules.source))))
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.given)
          givens.push($.SUBRULE2(rules.parameter))
          $.MANY1(() => ($.CONSUME1(t.Comma), givens.push($.SUBRULE3(rules.parameter))))
        },
      },
      {
        ALT: () => {
          $.CONSUME(K.to)
          found.target = keep(found.target, $.SUBRULE4(rules.parameter))
          $.OPTION(() => {
            $.CONSUME(K.on)
            found.profile = keep(found.profile, $.SUBRULE1(rules.name))
          })
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
          $.CONSUME(K.per)
          found.per = keep(found.per, $.SUBRULE1(rules.text))
        },
      },
      {
        ALT: () => {
          found.patch = keep(found.patch, spanOf($.CONSUME(K.patch)))
        },
      },
      { ALT: () => allows.push($.SUBRULE(rules.allow)) },
    ])
    const headerSpan = since($, start)
    const open = $.CONSUME(t.OpenBrace)
    const statements: Statement[] = []
    lines($, () =>
      statements.push(
        attemptLine<Statement>(
          $,
          () => $.SUBRULE(rules.statement),
          span => ({ kind: "errorStatement", span }),
        ),
      ),
    )
    closeBody($, open)
    const after = $.SUBRULE(rules.setClauses)
    return {
      kind: "map",
      docs,
      name,
      sources,
      givens,
      ...found,
      ...(allows.length === 0 ? {} : { allows }),
      statements,
      ...after,
      headerSpan,
      span: since($, start),
    }
  })
}
