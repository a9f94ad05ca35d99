// Chevrotain token types made from the keyword table and the few signs. Flows out: types for lexer and parser.
// Words are lexed as Name and turned into their keyword type by table, so that a word costs one lookup and is still a Name.
import { createToken, Lexer, type TokenType } from "chevrotain"
import { type KeywordWord, keywords } from "./keywords.ts"
import { nameStartHints, scanName } from "./names.ts"

/** After a number: neither a letter nor a further `.digit`. */
const numberEnd = /(?![0-9A-Za-z_\u0080-\uffff]|\.[0-9])/.source
const number = (source: string) => new RegExp(source + numberEnd)
/** Stands, without text, before a word that certainly begins a declaration: no construct reads past it. */
export const Boundary = createToken({ name: "Boundary", label: "the next declaration", pattern: Lexer.NA })
/** Every sign and word that may stand between two operands. */
export const Operator = createToken({ name: "Operator", label: "an operator", pattern: Lexer.NA })
const operator = (name: string, pattern: string) =>
  createToken({ name, pattern, label: `\`${pattern}\``, categories: [Operator] })
const sign = (name: string, pattern: string) => createToken({ name, pattern, label: `\`${pattern}\`` })

export const Whitespace = createToken({ name: "Whitespace", pattern: /[ \t\r\f]+/, group: Lexer.SKIPPED })
export const Docs = createToken({ name: "Docs", pattern: /\/\/\/[^\n]*/, group: "docs" })
export const Comment = createToken({ name: "Comment", pattern: /\/\/[^\n]*/, group: "comments" })
export const Newline = createToken({ name: "Newline", pattern: /\n/, label: "a new line" })

export const Instant = createToken({
  name: "Instant",
  label: "an instant",
  pattern: number(
    "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})",
  ),
})
export const DateToken = createToken({
  name: "Date",
  label: "a date",
  pattern: number("[0-9]{4}-[0-9]{2}-[0-9]{2}"),
})
export const Version = createToken({
  name: "Version",
  label: "a version such as 1.0.0",
  pattern: number("(?:0|[1-9][0-9]*)\\.(?:0|[1-9][0-9]*)\\.(?:0|[1-9][0-9]*)"),
})
/** `02:00`; elsewhere a colon has a blank or a name beside it. */
export const Time = createToken({
  name: "Time",
  label: "a time such as 02:00",
  pattern: /[0-2][0-9]:[0-5][0-9](?![0-9A-Za-z_:])/,
})
export const Percent = createToken({
  name: "Percent",
  label: "a percentage",
  pattern: /(?:0|[1-9][0-9]*)(?:\.[0-9]+)?%/,
})
export const Duration = createToken({
  name: "Duration",
  label: "a duration",
  pattern: number("(?:0|[1-9][0-9]*)(?:ms|min|s|h|d)"),
})
export const Decimal = createToken({
  name: "Decimal",
  label: "a number",
  pattern: number("(?:0|[1-9][0-9]*)\\.[0-9]+"),
})
export const Integer = createToken({
  name: "Integer",
  label: "a number",
  pattern: number("(?:0|[1-9][0-9]*)"),
})
export const BadNumber = createToken({
  name: "BadNumber",
  pattern: /[0-9][0-9A-Za-z_\u0080-\uffff]*(?:\.[0-9][0-9A-Za-z_\u0080-\uffff]*)*/,
})
export const BareFraction = createToken({ name: "BareFraction", pattern: /\.[0-9]+/ })

export const Pattern = createToken({
  name: "Pattern",
  label: 'a pattern re"…"',
  pattern: /re"(?:[^"\\\n]|\\[^\n])*"/,
})
export const Text = createToken({ name: "Text", label: "a text", pattern: /"(?:[^"\\\n]|\\[^\n])*"/ })
export const OpenText = createToken({ name: "OpenText", pattern: /"(?:[^"\\\n]|\\[^\n])*\\?/ })
export const SingleQuoted = createToken({ name: "SingleQuoted", pattern: /'[^'\n]*'|[“”„][^"“”„\n]*[“”]/ })
export const Name = createToken({
  name: "Name",
  label: "a name",
  pattern: scanName,
  start_chars_hint: nameStartHints(),
  line_breaks: false,
})

export const BothWays = sign("BothWays", "<->")
export const Arrow = sign("Arrow", "->")
export const Equal = operator("Equal", "==")
export const NotEqual = operator("NotEqual", "!=")
export const LessOrEqual = operator("LessOrEqual", "<=")
export const GreaterOrEqual = operator("GreaterOrEqual", ">=")
export const Assign = sign("Assign", "=")
export const Less = operator("Less", "<")
export const Greater = operator("Greater", ">")
export const Plus = operator("Plus", "+")
export const Minus = operator("Minus", "-")
export const Times = operator("Times", "*")
export const Divide = operator("Divide", "/")
export const Range = sign("Range", "..")
export const Dot = sign("Dot", ".")
export const Comma = sign("Comma", ",")
export const Colon = sign("Colon", ":")
export const Question = sign("Question", "?")
export const Bar = sign("Bar", "|")
export const OpenParen = sign("OpenParen", "(")
export const CloseParen = sign("CloseParen", ")")
export const OpenBracket = sign("OpenBracket", "[")
export const CloseBracket = sign("CloseBracket", "]")
export const OpenBrace = sign("OpenBrace", "{")
export const CloseBrace = sign("CloseBrace", "}")
/** Signs of other languages, each with its own diagnostic; then whatever is left. */
export const ForeignPair = createToken({ name: "ForeignPair", pattern: /&&|\|\||===|!==|=>|<>|:=/ })
export const Foreign = createToken({ name: "Foreign", pattern: /[!;%]/ })
export const Unknown = createToken({ name: "Unknown", pattern: /[^\n]/ })

type KeywordTypes = { readonly [W in KeywordWord]: TokenType }
export const Keywords = Object.fromEntries(
  keywords.map(k => [
    k.word,
    createToken({
      name: `"${k.word}"`,
      label: `\`${k.word}\``,
      pattern: Lexer.NA,
      categories: k.word === "and" || k.word === "or" ? [Name, Operator] : [Name],
    }),
  ]),
) as unknown as KeywordTypes

export const keywordTypeOf: ReadonlyMap<string, TokenType> = new Map(Object.entries(Keywords))

/** In lexing order (language-decisions 3). */
export const lexedTypes: readonly TokenType[] = [
  Whitespace,
  Newline,
  Docs,
  Comment,
  Instant,
  DateToken,
  Version,
  Time,
  Percent,
  Duration,
  Decimal,
  Integer,
  BadNumber,
  Pattern,
  Name,
  Text,
  OpenText,
  SingleQuoted,
  ForeignPair,
  BothWays,
  Arrow,
  Equal,
  NotEqual,
  LessOrEqual,
  GreaterOrEqual,
  Assign,
  Less,
  Greater,
  Plus,
  Minus,
  Times,
  Divide,
  Range,
  BareFraction,
  Dot,
  Comma,
  Colon,
  Question,
  Bar,
  OpenParen,
  CloseParen,
  OpenBracket,
  CloseBracket,
  OpenBrace,
  CloseBrace,
  Foreign,
  Unknown,
]
export const allTypes: readonly TokenType[] = [...lexedTypes, Boundary, Operator, ...Object.values(Keywords)]
