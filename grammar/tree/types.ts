// Type expressions as written. What they mean is the compiler's business (compiler/types).
import type { Name, Path, Span } from "./common.ts"
import type { Expression } from "./expressions.ts"

export type TypeNode = UnionTypeNode | BuiltinTypeNode | NamedTypeNode | EnumTypeNode | ListTypeNode | DictionaryTypeNode | ErrorTypeNode

/** The lower-case words of the language. */
export type BuiltinTypeName =
  | "text" | "bool" | "int" | "decimal" | "money" | "quantity" | "percent" | "rate"
  | "alpha" | "currency" | "country" | "language" | "date" | "datetime" | "instant" | "json" | "period"

/** `text(1..80 utf16)`, `decimal(18,4)`, `money(18,2) in ccy`, `text matching re"…"`, `decimal(9,2) where value > 0`. */
export interface BuiltinTypeNode {
  readonly kind: "builtinType"
  readonly name: BuiltinTypeName
  /** In order. `decimal(18,4)` gives two arguments; `int(0..999)` one with both ends. */
  readonly arguments: readonly SizeArgument[]
  /** `in C`: a constant (`USD`), a field, a parameter or a derived value; of a period its calendar. */
  readonly unit: Path | null
  /** `rate(18,8) of USD per EUR for 100`; absent for all other types. */
  readonly rate?: { readonly of: Path; readonly per: Path; readonly for: { readonly text: string; readonly span: Span } | null }
  /** `money in ccy of Measure.Booked`: the enum and its member; absent for all other types. */
  readonly measure?: Path
  /** `money(18,4) in ccy per uom`: the price of one of a unit. */
  readonly per?: Path
  /** The source of `matching re"…"`, raw, between the quotes. */
  readonly pattern: { readonly source: string; readonly span: Span } | null
  /** `where value > 0`: `value` is the value itself. */
  readonly where: Expression | null
  readonly span: Span
}

/** `80`, `1..80`, `1..`, `..80`, `-5..5`, `40 utf16`. Numbers are kept as text: they may be of any length. */
export interface SizeArgument {
  readonly low: string | null
  readonly high: string | null
  readonly isRange: boolean
  /** `utf16` or `bytes` after a text length. */
  readonly measure: Name | null
  readonly span: Span
}

/** A record, contract or enum by name, with currency or unit arguments: `OpportunityLine(CurrencyIsoCode)`. */
export interface NamedTypeNode {
  readonly kind: "namedType"
  readonly name: Name
  readonly arguments: readonly Path[]
  readonly span: Span
}

/** `enum { Draft, "Closed Won" }`, `open enum { … }`. */
export interface EnumTypeNode {
  readonly kind: "enumType"
  readonly open: boolean
  readonly members: readonly EnumMemberNode[]
  readonly span: Span
}

/** `User or Group by slice(Id, 0, 3) { "005" -> User, "00G" -> Group }`, `by presence { accountid -> Account, … }`, `by shape`. */
export interface UnionTypeNode {
  readonly kind: "unionType"
  readonly members: readonly NamedTypeNode[]
  readonly by: { readonly kind: "presence" | "shape"; readonly span: Span } | { readonly kind: "value"; readonly value: Expression; readonly span: Span }
  /** None for `by shape`. */
  readonly arms: readonly UnionArm[]
  readonly span: Span
}
export interface UnionArm {
  /** Texts and names. */
  readonly values: readonly Expression[]
  readonly member: Name
  readonly span: Span
}

export interface EnumMemberNode {
  readonly docs: readonly string[]
  /** The value on the wire: the name, or the string. */
  readonly value: string
  /** Written as a string and not as a name. */
  readonly quoted: boolean
  readonly span: Span
}

/** `T[]`, `T[1..]`, `T[0..200]`. */
export interface ListTypeNode {
  readonly kind: "listType"
  readonly element: TypeNode
  readonly bounds: SizeArgument | null
  readonly span: Span
}

/** `{[text]: T}`. */
export interface DictionaryTypeNode {
  readonly kind: "dictionaryType"
  readonly value: TypeNode
  readonly span: Span
}

/** What recovery left behind. A diagnostic has been given; later phases stay silent about it. */
export interface ErrorTypeNode {
  readonly kind: "errorType"
  readonly span: Span
}

/** `wire minor`, `wire scaled 100`, `wire epoch ms`, `wire "T"|"F"`, `wire pattern "…"`, `wire joined ", "`, `wire under results`. */
export interface WireFormNode {
  /** number, text, minor, scaled, lower, iso, epoch, odata2, pattern, joined, under; `pair` for `"T"|"F"`. */
  readonly form: Name
  /** `ms`, `100`, `"yyyy-MM-dd"`, `results`; for a pair both strings (true first). */
  readonly arguments: readonly { readonly text: string; readonly span: Span }[]
  readonly span: Span
}
