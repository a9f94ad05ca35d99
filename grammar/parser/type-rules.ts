// Type expressions, parameters and enum members.
import { diagnostic } from "../diagnostics/diagnostic.ts"
import * as t from "../tokens/token-types.ts"
import type { Name, Path } from "../tree/common.ts"
import type { Parameter } from "../tree/declarations.ts"
import type {
  BuiltinTypeName,
  BuiltinTypeNode,
  EnumMemberNode,
  SizeArgument,
  TypeNode,
} from "../tree/types.ts"
import { describe, docsHere, expected, nameOf, placeOf, since, spanOf, startHere, stop } from "./builders.ts"
import type { Dsl } from "./dsl.ts"
import { condition } from "./expression-rules.ts"
import { builtinMeant } from "./foreign-types.ts"
import { grow, nested } from "./limits.ts"
import { next } from "./lookahead.ts"
import { attemptLine, closeBody, expectClose, lines } from "./recovery.ts"
import { textLiteral } from "./text-literal.ts"

const K = t.Keywords
export const builtinTypes: ReadonlySet<string> = new Set<BuiltinTypeName>([
  "text",
  "alpha",
  "bool",
  "int",
  "decimal",
  "money",
  "quantity",
  "percent",
  "rate",
  "currency",
  "country",
  "language",
  "date",
  "datetime",
  "instant",
  "json",
  "period",
])

const noName: Name = { text: "", span: { start: 0, end: 0 }, quoted: true }

/** `Text(80)`: a size where a currency or a unit is passed, most often a built-in type in capitals. */
function refuseSize($: Dsl, name: Name): void {
  const token = $.LA(1)
  if (token.tokenType !== t.Integer) return
  const meant = builtinMeant(name.text)
  const place = { file: $.state.file, span: name.span }
  stop(
    diagnostic("FM1101", { expected: "a currency or a unit", found: describe(token) }, placeOf($, token), {
      label: "only built-in types have sizes",
      ...(meant === undefined ? {} : { help: `Did you mean "${meant}"?`, edits: [{ place, text: meant }] }),
    }),
  )
}

const ofRecords =
  "Declare the record under a name, `record Line { … }`: a field is a `Line`, many of them are `Line[]`."

/** `{ sku: text }`: a record of other languages, without a name. */
function refuseInlineRecord($: Dsl): void {
  if ($.LA(1).tokenType === t.Name && $.LA(2).tokenType === t.Colon)
    stop(expected($, '"["', { help: `A record has no body here. ${ofRecords}` }))
}

const listWords: ReadonlySet<string> = new Set(["array", "list", "set"])

/** `list of X`, `array<X>`, `List<X>`. */
function refuseListWord($: Dsl, name: Name): void {
  const token = $.LA(1)
  if (!listWords.has(name.text.toLowerCase())) return
  if (token.tokenType !== K.of && token.tokenType !== t.Less && token.tokenType !== t.Integer) return
  stop(
    expected($, "the end of the type", {
      help: `A list is written behind its element: \`X[]\`, and \`X[1..]\` for one or more. ${ofRecords}`,
    }),
  )
}

export function installTypes($: Dsl): void {
  const { rules } = $

  rules.type = $.RULE("type", () => {
    const leave = nested($)
    const start = startHere($)
    let type = $.SUBRULE(rules.simpleType)
    $.OPTION1({
      GATE: () => next($, K.or),
      DEF: () => {
        // A union of records; of what else it might be the arms have no names.
        const first =
          type.kind === "namedType"
            ? type
            : { kind: "namedType" as const, name: noName, arguments: [], span: type?.span ?? noName.span }
        type = $.SUBRULE(rules.unionRest, { ARGS: [first, start] })
      },
    })
    $.MANY(() => {
      grow($)
      const open = $.CONSUME(t.OpenBracket)
      const bounds =
        $.OPTION({ GATE: () => !next($, t.CloseBracket), DEF: () => $.SUBRULE(rules.size) }) ?? null
      expectClose($, t.CloseBracket, open)
      $.CONSUME(t.CloseBracket)
      type = { kind: "listType", element: type, bounds, span: since($, start) }
    })
    leave()
    return type
  })

  rules.simpleType = $.RULE("simpleType", () =>
    $.OR<TypeNode>({
      ERR_MSG: "a type",
      DEF: [
        { ALT: () => $.SUBRULE(rules.dictionaryType) },
        { GATE: () => startsEnum($), IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.enumType) },
        {
          GATE: () => builtinTypes.has($.LA(1).image),
          IGNORE_AMBIGUITIES: true,
          ALT: () => $.SUBRULE(rules.builtinType),
        },
        { IGNORE_AMBIGUITIES: true, ALT: () => $.SUBRULE(rules.namedType) },
      ],
    }),
  )

  rules.builtinType = $.RULE("builtinType", () => {
    const start = startHere($)
    const name = $.CONSUME(t.Name).image as BuiltinTypeName
    const found: SizeArgument[] = []
    $.OPTION(() => {
      const open = $.CONSUME(t.OpenParen)
      found.push($.SUBRULE(rules.size))
      $.MANY(() => {
        $.CONSUME(t.Comma)
        found.push($.SUBRULE1(rules.size))
      })
      expectClose($, t.CloseParen, open)
      $.CONSUME(t.CloseParen)
    })
    const rate = $.OPTION4({
      GATE: () => $.RECORDING_PHASE || name === "rate",
      DEF: (): NonNullable<BuiltinTypeNode["rate"]> => {
        $.CONSUME(K.of)
        const of = $.SUBRULE(rules.path)
        $.CONSUME(K.per)
        const per = $.SUBRULE1(rules.path)
        const token = $.OPTION5(() => ($.CONSUME(K.for), $.CONSUME(t.Integer)))
        return {
          of,
          per,
          for: token === undefined || $.RECORDING_PHASE ? null : { text: token.image, span: spanOf(token) },
        }
      },
    })
    const unit = $.OPTION1(() => ($.CONSUME(K.in), $.SUBRULE2(rules.path))) ?? null
    const measure = $.OPTION6({
      GATE: () => $.RECORDING_PHASE || name === "money",
      DEF: () => ($.CONSUME1(K.of), $.SUBRULE3(rules.path)),
    })
    const price = $.OPTION7({
      GATE: () => $.RECORDING_PHASE || name === "money",
      DEF: () => ($.CONSUME1(K.per), $.SUBRULE4(rules.path)),
    })
    const pattern =
      $.OPTION2((): BuiltinTypeNode["pattern"] => {
        $.CONSUME(K.matching)
        const token = $.CONSUME(t.Pattern)
        return { source: token.image.slice(3, -1), span: spanOf(token) }
      }) ?? null
    const where =
      $.OPTION3(() => ($.CONSUME(K.where), condition($, () => $.SUBRULE(rules.operation, { ARGS: [0] })))) ??
      null
    const node = { name, arguments: found, unit, pattern, where, ...(rate === undefined ? {} : { rate }) }
    const measured = {
      ...(measure === undefined ? {} : { measure }),
      ...(price === undefined ? {} : { per: price }),
    }
    return { kind: "builtinType", ...node, ...measured, span: since($, start) }
  })

  rules.namedType = $.RULE("namedType", () => {
    const start = startHere($)
    const name = $.SUBRULE(rules.name)
    if (!$.RECORDING_PHASE) refuseListWord($, name)
    const found: Path[] = []
    $.OPTION(() => {
      const open = $.CONSUME(t.OpenParen)
      if (!$.RECORDING_PHASE) refuseSize($, name)
      found.push($.SUBRULE(rules.path))
      $.MANY(() => {
        $.CONSUME(t.Comma)
        found.push($.SUBRULE1(rules.path))
      })
      expectClose($, t.CloseParen, open)
      $.CONSUME(t.CloseParen)
    })
    return { kind: "namedType", name, arguments: found, span: since($, start) }
  })

  rules.dictionaryType = $.RULE("dictionaryType", () => {
    const start = startHere($)
    const open = $.CONSUME(t.OpenBrace)
    if (!$.RECORDING_PHASE) refuseInlineRecord($)
    $.CONSUME(t.OpenBracket)
    $.CONSUME(t.Name)
    $.CONSUME(t.CloseBracket)
    $.CONSUME(t.Colon)
    const value = $.SUBRULE(rules.type)
    expectClose($, t.CloseBrace, open)
    $.CONSUME(t.CloseBrace)
    return { kind: "dictionaryType", value, span: since($, start) }
  })

  rules.enumType = $.RULE("enumType", () => {
    const start = startHere($)
    const open = $.OPTION(() => $.CONSUME(K.open)) !== undefined
    $.CONSUME(K.enum)
    const members = $.SUBRULE(rules.enumBody)
    return { kind: "enumType", open, members, span: since($, start) }
  })

  rules.enumBody = $.RULE("enumBody", () => {
    const open = $.CONSUME(t.OpenBrace)
    const members: EnumMemberNode[] = []
    lines($, () => {
      const member = attemptLine<EnumMemberNode | null>(
        $,
        () => $.SUBRULE(rules.enumMember),
        () => null,
      )
      if (member !== null) members.push(member)
    })
    closeBody($, open)
    return members
  })

  rules.enumMember = $.RULE("enumMember", () => {
    const docs = docsHere($)
    const start = startHere($)
    return $.OR<EnumMemberNode>({
      ERR_MSG: "a value of the enum",
      DEF: [
        {
          ALT: () => {
            const text = textLiteral($.CONSUME(t.Text), $.state.file, $.state.diagnostics)
            const value = text.parts
              .map(part =>
                part.kind === "chars" ? part.text : `{${part.path.names.map(n => n.text).join(".")}}`,
              )
              .join("")
            return { docs, value, quoted: true, span: since($, start) }
          },
        },
        {
          ALT: () => ({ docs, value: nameOf($.CONSUME(t.Name)).text, quoted: false, span: since($, start) }),
        },
      ],
    })
  })

  // `80`, `1..80`, `1..`, `..80`, `-5..5`, `40 utf16`.
  rules.size = $.RULE("size", () => {
    const start = startHere($)
    const low = $.OPTION(() => signed($)) ?? null
    const range = $.OPTION1(() => $.CONSUME(t.Range)) !== undefined
    const high = range ? ($.OPTION2(() => signedAgain($)) ?? null) : null
    const measure = $.OPTION3(() => $.SUBRULE(rules.name)) ?? null
    return { low, high, isRange: range, measure, span: since($, start) }
  })

  rules.parameter = $.RULE("parameter", () => {
    const start = startHere($)
    const name = $.SUBRULE(rules.name)
    $.CONSUME(t.Colon)
    const type = $.SUBRULE(rules.type)
    return { name, type, span: since($, start) }
  })

  rules.parameters = $.RULE("parameters", () => {
    const found: Parameter[] = []
    const open = $.CONSUME(t.OpenParen)
    $.OPTION(() => {
      found.push($.SUBRULE(rules.parameter))
      $.MANY(() => {
        $.CONSUME(t.Comma)
        found.push($.SUBRULE1(rules.parameter))
      })
    })
    expectClose($, t.CloseParen, open)
    $.CONSUME(t.CloseParen)
    return found
  })
}

/** `enum {`, `open enum {`. */
export function startsEnum($: Dsl): boolean {
  if (next($, K.enum)) return $.LA(2).tokenType === t.OpenBrace
  return next($, K.open) && $.LA(2).tokenType === K.enum
}

function signed($: Dsl): string {
  const minus = $.OPTION4(() => $.CONSUME(t.Minus)) !== undefined && !$.RECORDING_PHASE
  const number = $.OR([{ ALT: () => $.CONSUME(t.Integer) }, { ALT: () => $.CONSUME(t.Decimal) }])
  return minus ? `-${number.image}` : number.image
}

function signedAgain($: Dsl): string {
  const minus = $.OPTION5(() => $.CONSUME1(t.Minus)) !== undefined && !$.RECORDING_PHASE
  const number = $.OR1([{ ALT: () => $.CONSUME1(t.Integer) }, { ALT: () => $.CONSUME1(t.Decimal) }])
  return minus ? `-${number.image}` : number.image
}
