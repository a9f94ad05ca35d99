// Statements of maps, `each` bodies and record literals. A word before `=` is always a target, whatever the word.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import { suggest } from "../diagnostics/suggest.ts"
import * as t from "../tokens/token-types.ts"
import type { Name, Path } from "../tree/common.ts"
import type { ControlStatement, KeyStatement, PartsStatement, Statement } from "../tree/statements.ts"
import type { NamedTypeNode } from "../tree/types.ts"
import { describe, docsHere, endOf, placeOf, since, startHere, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { condition } from "./expression-rules.ts"
import { isTarget, isWord, moreNames, next } from "./lookahead.ts"
import { expectClose } from "./recovery.ts"

const K = t.Keywords
const statementWords = ["let", "key", "check", "control", "leave", "ignore", "choose", "emit"]

export function installStatements($: Dsl): void {
  const { rules } = $
  const word = () => !isTarget($)

  rules.statement = $.RULE("statement", () => {
    if (!$.RECORDING_PHASE) refuseStart($)
    const docs = docsHere($)
    const start = startHere($)
    return $.OR<Statement>({
      ERR_MSG: "a statement",
      DEF: [
        {
          GATE: () => word() && next($, K.let),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.let)
            const name = $.SUBRULE(rules.name)
            $.CONSUME(t.Assign)
            const value = $.SUBRULE(rules.value)
            return { kind: "let", docs, name, value, span: since($, start) }
          },
        },
        {
          GATE: () => word() && next($, K.emit) && isWord($.LA(2)) && opensEmit($),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.emit)
            const first = $.SUBRULE5(rules.name)
            const second = $.OPTION5(() => ($.CONSUME5(t.Colon), $.SUBRULE6(rules.name)))
            const named = second ?? first
            const type: NamedTypeNode = {
              kind: "namedType",
              name: named,
              arguments: [],
              span: named?.span ?? since($, start),
            }
            const record = $.SUBRULE(rules.record)
            return {
              kind: "emit",
              docs,
              name: second === undefined ? null : first,
              type,
              record,
              span: since($, start),
            }
          },
        },
        {
          GATE: () => word() && next($, K.key),
          IGNORE_AMBIGUITIES: true,
          ALT: () => ({ ...$.SUBRULE(rules.keyStatement), docs }),
        },
        {
          GATE: () => word() && next($, K.check),
          IGNORE_AMBIGUITIES: true,
          ALT: () => ({ ...$.SUBRULE(rules.check), docs }),
        },
        {
          GATE: () => word() && next($, K.control),
          IGNORE_AMBIGUITIES: true,
          ALT: () => ({ ...$.SUBRULE(rules.control), docs }),
        },
        {
          GATE: () => word() && next($, K.leave),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.leave)
            const fields: Name[] = [$.SUBRULE1(rules.name)]
            $.MANY({
              GATE: () => moreNames($),
              DEF: () => ($.CONSUME(t.Comma), fields.push($.SUBRULE2(rules.name))),
            })
            const because = $.OPTION(() => ($.CONSUME(K.because), $.SUBRULE(rules.text))) ?? null
            return { kind: "leave", fields, because, span: since($, start) }
          },
        },
        {
          GATE: () => word() && next($, K.ignore),
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            $.CONSUME(K.ignore)
            const paths: Path[] = [$.SUBRULE(rules.path)]
            $.MANY1({
              GATE: () => moreNames($),
              DEF: () => ($.CONSUME1(t.Comma), paths.push($.SUBRULE1(rules.path))),
            })
            const because = $.OPTION1(() => ($.CONSUME1(K.because), $.SUBRULE1(rules.text))) ?? null
            return { kind: "ignore", paths, because, span: since($, start) }
          },
        },
        { ALT: () => ({ ...$.SUBRULE(rules.partsStatement), docs }) },
        {
          GATE: () => word() && next($, K.choose),
          IGNORE_AMBIGUITIES: true,
          ALT: () => ({ ...$.SUBRULE(rules.choose), docs }),
        },
        {
          IGNORE_AMBIGUITIES: true,
          ALT: () => {
            const target = $.SUBRULE3(rules.name)
            $.CONSUME1(t.Assign)
            const value = $.SUBRULE1(rules.value)
            const because = $.OPTION2(() => ($.CONSUME2(K.because), $.SUBRULE2(rules.text))) ?? null
            return { kind: "assign", docs, target, value, because, span: since($, start) }
          },
        },
      ],
    })
  })

  rules.partsStatement = $.RULE("partsStatement", () => {
    const start = startHere($)
    const open = $.CONSUME(t.OpenParen)
    const targets: PartsStatement["targets"][number][] = []
    const from = startHere($)
    const first = $.SUBRULE(rules.name)
    const may = $.OPTION(() => $.CONSUME(t.Question)) !== undefined
    targets.push({ name: first, optional: may, span: since($, from) })
    $.MANY(() => {
      $.CONSUME(t.Comma)
      const begin = startHere($)
      const name = $.SUBRULE1(rules.name)
      const optional = $.OPTION1(() => $.CONSUME1(t.Question)) !== undefined
      targets.push({ name, optional, span: since($, begin) })
    })
    expectClose($, t.CloseParen, open)
    $.CONSUME(t.CloseParen)
    $.CONSUME(t.Assign)
    const value = $.SUBRULE(rules.value)
    const because = $.OPTION2(() => ($.CONSUME(K.because), $.SUBRULE(rules.text))) ?? null
    return { kind: "parts", docs: [], targets, value, because, span: since($, start) }
  })

  rules.keyStatement = $.RULE("keyStatement", () => {
    const start = startHere($)
    $.CONSUME(K.key)
    const target = $.SUBRULE(rules.name)
    $.CONSUME(t.Assign)
    const value = $.SUBRULE(rules.value)
    const onReplay: KeyStatement["onReplay"][number][] = []
    $.OPTION(() => {
      $.CONSUME(K.on)
      $.CONSUME(K.replay)
      let from = startHere($)
      const when = $.SUBRULE1(rules.name)
      const action = $.SUBRULE2(rules.name)
      onReplay.push({ when, action, span: since($, from) })
      $.MANY({
        GATE: () => moreNames($),
        DEF: () => {
          $.CONSUME(t.Comma)
          from = startHere($)
          const also = $.SUBRULE3(rules.name)
          const then = $.SUBRULE4(rules.name)
          onReplay.push({ when: also, action: then, span: since($, from) })
        },
      })
    })
    return { kind: "key", docs: [], target, value, onReplay, span: since($, start) }
  })

  rules.check = $.RULE("check", () => {
    const start = startHere($)
    $.CONSUME(K.check)
    const tested = condition($, () => $.SUBRULE(rules.operation, { ARGS: [0] }))
    const exit = $.OPTION(() => ($.CONSUME(K.else), $.SUBRULE(rules.exit))) ?? null
    return { kind: "check", docs: [], condition: tested, exit, span: since($, start) }
  })

  rules.control = $.RULE("control", () => {
    const start = startHere($)
    $.CONSUME(K.control)
    const title = $.SUBRULE(rules.text)
    const groups: Name[] = []
    $.OPTION4(() => {
      $.CONSUME(K.for)
      $.CONSUME(K.each)
      groups.push($.SUBRULE3(rules.name))
      $.MANY(() => ($.CONSUME(t.Comma), groups.push($.SUBRULE4(rules.name))))
      $.CONSUME(t.Colon)
    })
    const tested = condition($, () => $.SUBRULE(rules.operation, { ARGS: [0] }))
    const within =
      $.OPTION((): ControlStatement["within"] => {
        $.CONSUME(K.within)
        const from = startHere($)
        const amount = $.SUBRULE1(rules.operation, { ARGS: [0] })
        const minor = $.OPTION1(() => $.CONSUME(K.minor)) !== undefined
        return { amount, minor, span: since($, from) }
      }) ?? null
    const when = $.OPTION2(() => ($.CONSUME(K.when), $.SUBRULE2(rules.operation, { ARGS: [0] }))) ?? null
    const exit = $.OPTION3(() => ($.CONSUME(K.else), $.SUBRULE(rules.exit))) ?? null
    return {
      kind: "control",
      docs: [],
      title,
      groups,
      condition: tested,
      within,
      when,
      exit,
      span: since($, start),
    }
  })
}

/** `emit Customer {`, `emit billTo: Customer {`. */
function opensEmit($: Dsl): boolean {
  const after = $.LA(3).tokenType
  return after === t.OpenBrace || after === t.Colon
}

/** What cannot begin a statement, said before the grammar says it less well. */
function refuseStart($: Dsl): void {
  const token = $.LA(1)
  if (token.tokenType === t.Minus) {
    const before = $.state.text.slice(0, token.startOffset).trimEnd().length
    stop(
      diagnostic("FM1107", {}, placeOf($, token), {
        label: "the line begins here",
        help: "End the line above with the minus.",
        edits: [
          { place: { file: $.state.file, span: { start: before, end: before } }, text: " -" },
          { place: { file: $.state.file, span: { start: token.startOffset, end: endOf(token) } }, text: "" },
        ],
      }),
    )
  }
  if (token.tokenType === t.OpenParen) return
  if (!isWord(token)) {
    stop(
      diagnostic("FM1117", { found: describe(token), body: "a map or record" }, placeOf($, token), {
        label: "a statement should begin here",
      }),
    )
  }
  const after = $.LA(2)
  if (after.tokenType === t.Assign || after.tokenType === t.Equal || statementWords.includes(token.image))
    return
  const place = placeOf($, token)
  if (after.tokenType === t.Colon) {
    const sign = placeOf($, after)
    stop(
      diagnostic("FM1101", { expected: '"="', found: '":"' }, sign, {
        label: "a colon declares, = assigns",
        help: 'Write "=".',
        edits: [{ place: sign, text: "=" }],
      }),
    )
  }
  const near = isWord(after) || after.tokenType === t.Text ? suggest(token.image, statementWords) : undefined
  const help = near === undefined ? {} : { help: `Did you mean "${near}"?`, edits: [{ place, text: near }] }
  stop(
    diagnostic("FM1117", { found: describe(token), body: "a map or record" }, place, {
      label: "begins no statement",
      ...help,
    }),
  )
}
