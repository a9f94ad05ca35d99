// The file: declarations one after another, imports, enums and systems. An error in one declaration never takes later ones.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import { suggest } from "../diagnostics/suggest.ts"
import * as t from "../tokens/token-types.ts"
import type { Name } from "../tree/common.ts"
import type { Declaration, ImportDeclaration, SystemDeclaration, WireOption } from "../tree/declarations.ts"
import type { AllowClause } from "../tree/policies.ts"
import { describe, docsHere, placeOf, report, since, startHere } from "./builders.ts"
import { asSaid, keep } from "./contract-rules.ts"
import type { Dsl } from "./dsl.ts"
import { clauses } from "./header.ts"
import { isEnd, isWord, next } from "./lookahead.ts"
import { atAnchor, attempt, expectClose, skipToAnchor } from "./recovery.ts"

const K = t.Keywords
const declarationTypes: ReadonlySet<unknown> = new Set([
  K.import,
  K.system,
  K.enum,
  K.open,
  K.record,
  K.contract,
  K.crosswalk,
  K.hierarchy,
  K.map,
  K.test,
  K.fn,
  K.calendar,
  K.policy,
  K.consumer,
  K.flow,
])
const declarationNames = [
  "import",
  "system",
  "enum",
  "open enum",
  "record",
  "contract",
  "crosswalk",
  "hierarchy",
  "map",
  "test",
  "fn",
  "calendar",
  "policy",
  "consumer",
  "flow",
]

export function installFile($: Dsl): void {
  const { rules } = $

  rules.file = $.RULE("file", () => {
    const found: Declaration[] = []
    if ($.RECORDING_PHASE) {
      $.MANY(() => $.SUBRULE(rules.declaration))
      return found
    }
    while (!isEnd($)) {
      if (atAnchor($)) $.SKIP_TOKEN()
      if (!startsDeclaration($)) {
        passOver($)
        continue
      }
      const declaration = attempt<Declaration | null>(
        $,
        () => $.SUBRULE(rules.declaration),
        () => skipToAnchor($),
        () => null,
      )
      if (declaration !== null) found.push(declaration)
    }
    return found
  })

  rules.declaration = $.RULE("declaration", () =>
    $.OR<Declaration>({
      ERR_MSG: "a declaration",
      DEF: [
        { ALT: () => $.SUBRULE(rules.import) },
        { ALT: () => $.SUBRULE(rules.system) },
        { ALT: () => $.SUBRULE(rules.enum) },
        { ALT: () => $.SUBRULE(rules.recordDeclaration) },
        { ALT: () => $.SUBRULE(rules.contract) },
        { ALT: () => $.SUBRULE(rules.crosswalk) },
        { ALT: () => $.SUBRULE(rules.hierarchy) },
        { ALT: () => $.SUBRULE(rules.map) },
        { ALT: () => $.SUBRULE(rules.test) },
        { ALT: () => $.SUBRULE(rules.fn) },
        { ALT: () => $.SUBRULE(rules.calendar) },
        { ALT: () => $.SUBRULE(rules.policy) },
        { ALT: () => $.SUBRULE(rules.consumer) },
        { ALT: () => $.SUBRULE(rules.flow) },
      ],
    }),
  )

  rules.import = $.RULE("import", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.import)
    const names: ImportDeclaration["names"][number][] = []
    const open = $.CONSUME(t.OpenBrace)
    const one = (from: number, name: Name, alias: Name | null) =>
      names.push({ name, alias, span: since($, from) })
    $.OPTION(() => {
      const from = startHere($)
      one(from, $.SUBRULE(rules.name), $.OPTION1(() => ($.CONSUME(K.as), $.SUBRULE1(rules.name))) ?? null)
      $.MANY({
        GATE: () => isWord($.LA(2)),
        DEF: () => {
          $.CONSUME(t.Comma)
          const begin = startHere($)
          one(
            begin,
            $.SUBRULE2(rules.name),
            $.OPTION2(() => ($.CONSUME1(K.as), $.SUBRULE3(rules.name))) ?? null,
          )
        },
      })
      $.OPTION3(() => $.CONSUME1(t.Comma))
    })
    expectClose($, t.CloseBrace, open)
    $.CONSUME(t.CloseBrace)
    $.CONSUME(K.from)
    const from = $.SUBRULE(rules.text)
    return { kind: "import", docs, names, from, span: since($, start) }
  })

  rules.enum = $.RULE("enum", () => {
    const docs = docsHere($)
    const start = startHere($)
    const open = $.OPTION(() => $.CONSUME(K.open)) !== undefined
    $.CONSUME(K.enum)
    const name = $.SUBRULE(rules.name)
    const as = $.OPTION1(() => $.SUBRULE(rules.sourceName))
    const members = $.SUBRULE(rules.enumBody)
    return { kind: "enum", docs, name, ...asSaid(as), open, members, span: since($, start) }
  })

  rules.system = $.RULE("system", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.system)
    const name = $.SUBRULE(rules.name)
    const open = $.CONSUME(t.OpenBrace)
    const found: SystemClauses = {
      systemKind: null,
      owner: null,
      wire: null,
      limits: [],
      residency: null,
      cleared: [],
      allows: [],
    }
    systemClauses($, found)
    if (!$.RECORDING_PHASE) expectClose($, t.CloseBrace, open)
    $.CONSUME(t.CloseBrace)
    const { cleared, allows, ...clauses } = found
    const more = {
      ...(cleared.length === 0 ? {} : { cleared }),
      ...(allows.length === 0 ? {} : { allows }),
    }
    return { kind: "system", docs, name, ...clauses, ...more, span: since($, start) }
  })

  rules.systemWire = $.RULE("systemWire", () => {
    const start = startHere($)
    const format = $.SUBRULE(rules.name)
    const options: WireOption[] = []
    const one = (from: number, name: Name, value: WireOption["value"]) =>
      options.push({ name, value, span: since($, from) })
    $.OPTION(() => {
      const open = $.CONSUME(t.OpenParen)
      const from = startHere($)
      one(from, $.SUBRULE1(rules.name), ($.CONSUME(t.Colon), $.SUBRULE1(rules.wireValue)))
      $.MANY(() => {
        $.CONSUME(t.Comma)
        const begin = startHere($)
        one(begin, $.SUBRULE3(rules.name), ($.CONSUME1(t.Colon), $.SUBRULE2(rules.wireValue)))
      })
      expectClose($, t.CloseParen, open)
      $.CONSUME(t.CloseParen)
    })
    return { format, options, span: since($, start) }
  })

  rules.wireValue = $.RULE("wireValue", () =>
    $.OR<WireOption["value"]>([{ ALT: () => $.SUBRULE(rules.text) }, { ALT: () => $.SUBRULE(rules.name) }]),
  )
}

type SystemClauses = {
  -readonly [C in "systemKind" | "owner" | "wire" | "limits" | "residency"]: SystemDeclaration[C]
} & { cleared: Name[]; allows: AllowClause[]; platform?: Name }

const systemWords = [K.kind, K.platform, K.owner, K.wire, K.limits, K.residency, K.cleared, K.allow]

/** In a system's braces clauses are lines; a comma inside `limits` goes on. */
function systemClauses($: Dsl, found: SystemClauses): void {
  const { rules } = $
  clauses($, { declaration: "system", words: systemWords, repeated: [K.allow] }, [
    {
      ALT: () => {
        $.CONSUME(K.kind)
        found.systemKind = keep(found.systemKind, $.SUBRULE4(rules.name))
        endLine($)
      },
    },
    {
      ALT: () => {
        $.CONSUME(K.platform)
        found.platform = keep(found.platform ?? null, $.SUBRULE7(rules.name))
        endLine($)
      },
    },
    {
      ALT: () => {
        $.CONSUME(K.owner)
        found.owner = keep(found.owner, $.SUBRULE(rules.text))
        endLine($)
      },
    },
    {
      ALT: () => {
        $.CONSUME(K.wire)
        found.wire = keep(found.wire, $.SUBRULE(rules.systemWire))
        endLine($)
      },
    },
    {
      ALT: () => {
        const limits: SystemDeclaration["limits"][number][] = []
        $.CONSUME(K.limits)
        let from = startHere($)
        const count = $.CONSUME(t.Integer).image
        $.CONSUME(K.per)
        const per = $.SUBRULE1(rules.name)
        limits.push({ count, per, span: since($, from) })
        $.MANY(() => {
          $.CONSUME(t.Comma)
          from = startHere($)
          const more = $.CONSUME1(t.Integer).image
          $.CONSUME1(K.per)
          limits.push({ count: more, per: $.SUBRULE2(rules.name), span: since($, from) })
        })
        if (found.limits.length === 0) found.limits = limits
        endLine($)
      },
    },
    {
      ALT: () => {
        $.CONSUME(K.residency)
        found.residency = keep(found.residency, $.SUBRULE3(rules.name))
        endLine($)
      },
    },
    {
      ALT: () => {
        $.CONSUME(K.cleared)
        $.CONSUME(K.for)
        const labels = [$.SUBRULE5(rules.name)]
        $.MANY1(() => {
          $.CONSUME2(t.Comma)
          labels.push($.SUBRULE6(rules.name))
        })
        if (found.cleared.length === 0) found.cleared = labels
        endLine($)
      },
    },
    {
      ALT: () => {
        found.allows.push($.SUBRULE(rules.allow))
        endLine($)
      },
    },
  ])
}

function endLine($: Dsl): void {
  if ($.RECORDING_PHASE) return
  while (next($, t.Newline) || next($, t.Comma)) $.SKIP_TOKEN()
}

const startsDeclaration = ($: Dsl): boolean => declarationTypes.has($.LA(1).tokenType)

/** Reports what is no declaration and goes on with the next one. */
function passOver($: Dsl): void {
  const token = $.LA(1)
  const place = placeOf($, token)
  if (token.tokenType === t.CloseBrace) {
    report(
      $,
      diagnostic("FM1106", { bracket: "}" }, place, {
        label: "closes nothing",
        help: "Remove it.",
        edits: [{ place, text: "" }],
      }),
    )
  } else {
    const near = isWord(token) ? suggest(token.image, declarationNames) : undefined
    const comment = token.tokenType === t.Divide ? { help: "A comment begins with //." } : {}
    const help =
      near === undefined ? comment : { help: `Did you mean "${near}"?`, edits: [{ place, text: near }] }
    report(
      $,
      diagnostic("FM1102", { found: describe(token) }, place, { label: "begins no declaration", ...help }),
    )
  }
  $.SKIP_TOKEN()
  if (token.tokenType === t.CloseBrace) return
  while (!isEnd($) && !atAnchor($)) $.SKIP_TOKEN()
}
