// Records and contracts: header, fields, derives, checks, modifiers and wire forms. What a clause of the header says is in contract-clause-rules.ts.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import { suggest } from "../diagnostics/suggest.ts"
import * as t from "../tokens/token-types.ts"
import type { Name, Span } from "../tree/common.ts"
import type {
  BitmapsClause,
  ContractDeclaration,
  ContractSource,
  Member,
  Modifier,
  RetentionClause,
  SloClause,
} from "../tree/declarations.ts"
import type { TextLiteral } from "../tree/expressions.ts"
import type { AllowClause } from "../tree/policies.ts"
import type { WireFormNode } from "../tree/types.ts"
import { describe, docsHere, nameOf, placeOf, report, since, spanOf, startHere, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { said, startsFieldRule } from "./field-rule-rules.ts"
import { clauses, readVersion } from "./header.ts"
import { isField, isWord, next } from "./lookahead.ts"
import { attemptLine, closeBody, lines } from "./recovery.ts"

const K = t.Keywords
const modifierWords = [
  "key",
  "pii",
  "confidential",
  "clearable",
  "computed",
  "create only",
  "write only",
  "as",
  "default",
  "deprecated",
  "since",
  "wire",
]

export function installContracts($: Dsl): void {
  const { rules } = $

  rules.recordDeclaration = $.RULE("recordDeclaration", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.record)
    const name = $.SUBRULE(rules.name)
    const parameters = $.OPTION(() => $.SUBRULE(rules.parameters)) ?? []
    const as = $.OPTION1(() => $.SUBRULE(rules.sourceName))
    const members = $.SUBRULE(rules.memberBody)
    return { kind: "record", docs, name, ...asSaid(as), parameters, members, span: since($, start) }
  })

  rules.contract = $.RULE("contract", () => {
    const docs = docsHere($)
    const start = startHere($)
    $.CONSUME(K.contract)
    const name = $.SUBRULE(rules.name)
    const as = $.OPTION(() => $.SUBRULE(rules.sourceName))
    const found: {
      -readonly [C in
        | "of"
        | "version"
        | "direction"
        | "closed"
        | "events"
        | "answers"
        | "owner"
        | "lifecycle"
        | "compatible"]: ContractDeclaration[C]
    } = {
      of: null,
      version: null,
      direction: null,
      closed: null,
      events: null,
      answers: null,
      owner: null,
      lifecycle: null,
      compatible: null,
    }
    let from: ContractSource | undefined
    let sunset: ContractDeclaration["sunset"]
    let retention: RetentionClause | undefined
    let slo: SloClause | undefined
    const allows: AllowClause[] = []
    let bitmaps: BitmapsClause | undefined
    clauses(
      $,
      {
        declaration: "contract",
        words: [
          K.of,
          K.version,
          K.reads,
          K.writes,
          K.events,
          K.bitmaps,
          K.answers,
          K.closed,
          K.owner,
          K.lifecycle,
          K.compatible,
          K.from,
          K.retention,
          K.slo,
          K.allow,
        ],
        repeated: [K.allow],
      },
      [
        {
          ALT: () => {
            $.CONSUME(K.of)
            found.of = keep(found.of, $.SUBRULE1(rules.name))
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.version)
            found.version = keep(found.version, readVersion($))
          },
        },
        {
          ALT: () => {
            found.direction = keep(found.direction, { word: "reads", span: spanOf($.CONSUME(K.reads)) })
          },
        },
        {
          ALT: () => {
            found.direction = keep(found.direction, { word: "writes", span: spanOf($.CONSUME(K.writes)) })
          },
        },
        {
          ALT: () => {
            const clause = $.SUBRULE(rules.events)
            found.direction = keep(found.direction, { word: "reads", span: clause.span })
            found.events = keep(found.events, clause)
          },
        },
        {
          ALT: () => {
            const clause = $.SUBRULE(rules.bitmaps)
            bitmaps ??= clause
          },
        },
        {
          ALT: () => {
            found.answers = keep(found.answers, $.SUBRULE(rules.answers))
          },
        },
        {
          ALT: () => {
            found.closed = keep(found.closed, spanOf($.CONSUME(K.closed)))
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
            $.CONSUME(K.lifecycle)
            found.lifecycle = keep(found.lifecycle, $.SUBRULE2(rules.name))
            const end = $.OPTION1(() => ($.CONSUME(K.sunset), dayHere($)))
            sunset ??= end
          },
        },
        {
          ALT: () => {
            $.CONSUME(K.compatible)
            found.compatible = keep(found.compatible, $.SUBRULE3(rules.name))
          },
        },
        {
          ALT: () => {
            const source = $.SUBRULE(rules.contractSource)
            from ??= source
          },
        },
        {
          ALT: () => {
            const clause = $.SUBRULE(rules.retention)
            retention ??= clause
          },
        },
        {
          ALT: () => {
            const clause = $.SUBRULE(rules.slo)
            slo ??= clause
          },
        },
        { ALT: () => allows.push($.SUBRULE(rules.allow)) },
      ],
    )
    const members = $.SUBRULE(rules.memberBody)
    const source = from === undefined ? {} : { from }
    const governed = {
      ...(sunset === undefined ? {} : { sunset }),
      ...(retention === undefined ? {} : { retention }),
      ...(slo === undefined ? {} : { slo }),
      ...(allows.length === 0 ? {} : { allows }),
    }
    const layout = bitmaps === undefined ? {} : { bitmaps }
    return {
      kind: "contract",
      docs,
      name,
      ...asSaid(as),
      ...found,
      ...layout,
      ...source,
      ...governed,
      members,
      span: since($, start),
    }
  })

  rules.memberBody = $.RULE("memberBody", () => {
    const open = $.CONSUME(t.OpenBrace)
    const members: Member[] = []
    lines($, () =>
      members.push(
        attemptLine<Member>(
          $,
          () => $.SUBRULE(rules.member),
          span => ({ kind: "errorMember", span }),
        ),
      ),
    )
    closeBody($, open)
    return members
  })

  rules.member = $.RULE("member", () => {
    if (!$.RECORDING_PHASE) refuseStart($)
    const docs = docsHere($)
    const start = startHere($)
    return $.OR<Member>([
      {
        GATE: () => isField($),
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          const name = $.SUBRULE(rules.name)
          const optional = $.OPTION(() => $.CONSUME(t.Question)) !== undefined
          $.CONSUME(t.Colon)
          const type = $.SUBRULE(rules.type)
          if (!$.RECORDING_PHASE && next($, t.Question)) reportQuestion($, name)
          const modifiers: Modifier[] = []
          $.MANY(() => modifiers.push($.SUBRULE(rules.modifier)))
          while (!$.RECORDING_PHASE && isWord($.LA(1))) {
            reportModifier($)
            $.MANY(() => modifiers.push($.SUBRULE(rules.modifier)))
          }
          return { kind: "field", docs, name, optional, type, modifiers, span: since($, start) }
        },
      },
      {
        IGNORE_AMBIGUITIES: true,
        ALT: () => {
          $.CONSUME(K.derive)
          const name = $.SUBRULE1(rules.name)
          $.CONSUME1(t.Colon)
          const type = $.SUBRULE1(rules.type)
          $.CONSUME(t.Assign)
          const value = $.SUBRULE(rules.value)
          return { kind: "derive", docs, name, type, value, span: since($, start) }
        },
      },
      { IGNORE_AMBIGUITIES: true, ALT: () => ({ ...$.SUBRULE(rules.check), docs }) },
      {
        GATE: () => !next($, K.require) && !next($, K.on),
        IGNORE_AMBIGUITIES: true,
        ALT: () => ({ ...$.SUBRULE(rules.fieldsRule), docs }),
      },
      { IGNORE_AMBIGUITIES: true, ALT: () => ({ ...$.SUBRULE(rules.require), docs }) },
    ])
  })

  rules.modifier = $.RULE("modifier", () => {
    const start = startHere($)
    const flag = (word: Extract<Modifier, { kind: "flag" }>["word"]): Modifier => ({
      kind: "flag",
      word,
      span: since($, start),
    })
    return $.OR<Modifier>([
      { ALT: () => ($.CONSUME(K.key), flag("key")) },
      { ALT: () => ($.CONSUME(K.pii), flag("pii")) },
      { ALT: () => ($.CONSUME(K.confidential), flag("confidential")) },
      { ALT: () => ($.CONSUME(K.clearable), flag("clearable")) },
      { ALT: () => ($.CONSUME(K.computed), flag("computed")) },
      { ALT: () => ($.CONSUME(K.create), only($, () => $.CONSUME8(t.Name)), flag("create only")) },
      { ALT: () => ($.CONSUME(K.write), only($, () => $.CONSUME7(t.Name)), flag("write only")) },
      {
        ALT: () => ($.CONSUME(K.as), { kind: "as", wireName: $.SUBRULE(rules.text), span: since($, start) }),
      },
      {
        ALT: () => (
          $.CONSUME(K.default),
          { kind: "default", value: $.SUBRULE(rules.operation, { ARGS: [0] }), span: since($, start) }
        ),
      },
      {
        ALT: () => {
          $.CONSUME(K.deprecated)
          const use = $.OPTION(() => ($.CONSUME(K.use), $.SUBRULE(rules.name))) ?? null
          const sunset = $.OPTION1(() => ($.CONSUME(K.sunset), dayHere($))) ?? null
          return { kind: "deprecated", use, sunset, span: since($, start) }
        },
      },
      { ALT: () => ($.CONSUME(K.since), { kind: "since", version: readVersion($), span: since($, start) }) },
      {
        ALT: () => (
          $.CONSUME(K.wire), { kind: "wire", form: $.SUBRULE(rules.wireForm), span: since($, start) }
        ),
      },
    ])
  })

  rules.wireForm = $.RULE("wireForm", () => {
    const start = startHere($)
    return $.OR<WireFormNode>({
      ERR_MSG: "a wire form",
      DEF: [
        {
          ALT: () => {
            const yes = $.SUBRULE(rules.text)
            $.CONSUME(t.Bar)
            const no = $.SUBRULE1(rules.text)
            const span = since($, start)
            if ($.RECORDING_PHASE) return { form: { text: "pair", span, quoted: false }, arguments: [], span }
            return {
              form: { text: "pair", span, quoted: false },
              arguments: [wholeText(yes), wholeText(no)],
              span,
            }
          },
        },
        {
          ALT: () => {
            const form = $.SUBRULE(rules.name)
            const found: { text: string; span: { start: number; end: number } }[] = []
            $.OR1([
              {
                ALT: () => {
                  const text = $.SUBRULE2(rules.text)
                  if (!$.RECORDING_PHASE) found.push(wholeText(text))
                },
              },
              {
                ALT: () => {
                  const token = $.CONSUME(t.Integer)
                  found.push({ text: token.image, span: spanOf(token) })
                },
              },
              {
                GATE: () => isWord($.LA(1)) && (form.text === "epoch" || form.text === "under"),
                IGNORE_AMBIGUITIES: true,
                ALT: () => {
                  const name = nameOf($.CONSUME(t.Name))
                  found.push({ text: name.text, span: name.span })
                },
              },
              { IGNORE_AMBIGUITIES: true, ALT: () => {} },
            ])
            return { form, arguments: found, span: since($, start) }
          },
        },
      ],
    })
  })
}

function dayHere($: Dsl): { readonly text: string; readonly span: Span } {
  const token = $.CONSUME(t.DateToken)
  return { text: token.image, span: spanOf(token) }
}

export function asSaid(as: TextLiteral | undefined): { as?: TextLiteral } {
  return as === undefined ? {} : { as }
}

/** The first one said stands; the repetition has been reported. */
export function keep<T>(first: T | null, again: T): T {
  return first ?? again
}

function only($: Dsl, read: () => unknown): void {
  said($, "only", read)
}

function wholeText(text: {
  parts: readonly { kind: string; text?: string }[]
  span: { start: number; end: number }
}) {
  return { text: text.parts.map(part => part.text ?? "").join(""), span: text.span }
}

function refuseStart($: Dsl): void {
  const token = $.LA(1)
  if (isWord(token) && isField($)) return
  if ((next($, K.derive) || next($, K.check)) && !next2Assign($)) return
  if (startsFieldRule($)) return
  const place = placeOf($, token)
  if (isWord(token) && $.LA(2).tokenType === t.Assign) {
    const sign = placeOf($, $.LA(2))
    stop(
      diagnostic("FM1101", { expected: '":"', found: '"="' }, sign, {
        label: "a field is declared with a colon",
        help: 'Write ":".',
        edits: [{ place: sign, text: ":" }],
      }),
    )
  }
  const after = $.LA(2)
  const near =
    isWord(token) && isWord(after)
      ? suggest(token.image, ["derive", "check", "require", "exactly"])
      : undefined
  const help = near === undefined ? {} : { help: `Did you mean "${near}"?`, edits: [{ place, text: near }] }
  if (isWord(token) && near === undefined) {
    stop(
      diagnostic("FM1101", { expected: '":" and a type', found: describe(after) }, placeOf($, after), {
        label: "the type of the field should stand here",
        related: [{ place, text: "this field" }],
      }),
    )
  }
  stop(
    diagnostic("FM1117", { found: describe(token), body: "a record or contract" }, place, {
      label: "a field, derive or check should begin here",
      ...help,
    }),
  )
}

/** `a : text?`: the question mark of an optional field stands behind its name. */
function reportQuestion($: Dsl, name: Name): void {
  const token = $.LA(1)
  const place = placeOf($, token)
  const after = { file: place.file, span: { start: name.span.end, end: name.span.end } }
  report(
    $,
    diagnostic("FM1118", { found: describe(token) }, place, {
      label: "stands behind the type",
      help: `Write it behind the name: ${name.text}?`,
      edits: [
        { place: after, text: "?" },
        { place, text: "" },
      ],
    }),
  )
  $.SKIP_TOKEN()
}

const next2Assign = ($: Dsl): boolean => $.LA(2).tokenType === t.Assign

/** Reports a word that is no modifier and passes it over. */
function reportModifier($: Dsl): void {
  const token = $.LA(1)
  const place = placeOf($, token)
  const near = suggest(token.image, modifierWords)
  const help =
    near === undefined
      ? { help: `A field takes ${modifierWords.join(", ")}.` }
      : { help: `Did you mean "${near}"?`, edits: [{ place, text: near }] }
  report(
    $,
    diagnostic("FM1115", { found: describe(token) }, place, {
      label: "stands where a modifier may stand",
      ...help,
    }),
  )
  $.SKIP_TOKEN()
}
