// Statements of a map's body, of `each` bodies and of record literals; one list serves all three.
import type { Docs, Name, Path, Span } from "./common.ts"
import type { ExitExpression, Expression, Pattern, RecordExpression, TextLiteral } from "./expressions.ts"
import type { NamedTypeNode } from "./types.ts"

export type Statement =
  | EmitStatement | AssignStatement | LetStatement | KeyStatement | CheckStatement | ControlStatement | LeaveStatement | IgnoreStatement | ErrorStatement
  | ChooseStatement
  | PartsStatement

/** `currency = opp.CurrencyIsoCode because "…"`. */
export interface AssignStatement {
  readonly kind: "assign"
  readonly docs: Docs
  readonly target: Name
  readonly value: Expression
  readonly because: TextLiteral | null
  readonly span: Span
}
/** `let x = EXPR`. */
export interface LetStatement { readonly kind: "let"; readonly docs: Docs; readonly name: Name; readonly value: Expression; readonly span: Span }
/** `key orderNumber = "SF-{opp.Id}" on replay same skip, changed reject`: assigns the field and makes it the key. */
export interface KeyStatement {
  readonly kind: "key"
  readonly docs: Docs
  readonly target: Name
  readonly value: Expression
  /** `same skip`, `changed reject`, in the order written. */
  readonly onReplay: readonly { readonly when: Name; readonly action: Name; readonly span: Span }[]
  readonly span: Span
}
/** `check CONDITION else reject CODE "…"`. */
export interface CheckStatement { readonly kind: "check"; readonly docs: Docs; readonly condition: Expression; readonly exit: ExitExpression | null; readonly span: Span }
/** `control "header equals lines" total == opp.Amount within 1 minor when C else hold CODE`. */
export interface ControlStatement {
  readonly kind: "control"
  readonly docs: Docs
  readonly title: TextLiteral
  /** `for each currency:`, `for each entity, currency:`: fields of the rows that its aggregates run over. */
  readonly groups: readonly Name[]
  readonly condition: Expression
  /** `within 0.01`, `within 1 minor`, `within 0.5%`. */
  readonly within: { readonly amount: Expression; readonly minor: boolean; readonly span: Span } | null
  readonly when: Expression | null
  readonly exit: ExitExpression | null
  readonly span: Span
}
/** `leave memo, terms because "…"`. */
export interface LeaveStatement { readonly kind: "leave"; readonly fields: readonly Name[]; readonly because: TextLiteral | null; readonly span: Span }
/** `ignore opp.Name, line.Id because "…"`. */
export interface IgnoreStatement { readonly kind: "ignore"; readonly paths: readonly Path[]; readonly because: TextLiteral | null; readonly span: Span }
/** `(Name1, Name2?, Name3?) = wrap(…)`: the texts of a list, one a field; with `?` where there may be none. */
export interface PartsStatement {
  readonly kind: "parts"
  readonly docs: Docs
  readonly targets: readonly { readonly name: Name; readonly optional: boolean; readonly span: Span }[]
  readonly value: Expression
  readonly because: TextLiteral | null
  readonly span: Span
}
/** `emit Customer { … }`, `emit billTo: Customer { … }`: a further target of a map. */
export interface EmitStatement {
  readonly kind: "emit"
  readonly docs: Docs
  readonly name: Name | null
  readonly type: NamedTypeNode
  readonly record: RecordExpression
  readonly span: Span
}
export interface ErrorStatement { readonly kind: "errorStatement"; readonly span: Span }
/** `choose { C -> UnitPrice = l.rate, otherwise -> TotalPrice = l.amount }`: fields of which only those of one arm are written. */
export interface ChooseStatement {
  readonly kind: "choose"
  readonly docs: Docs
  /** As in `match`; null: the arms have conditions. */
  readonly subject: Expression | null
  readonly arms: readonly ChooseArm[]
  readonly span: Span
}
/** `C -> F = …` or `C -> { F = …, G = …, leave H because "…" }`. */
export interface ChooseArm {
  readonly docs: Docs
  readonly patterns: readonly Pattern[]
  readonly statements: readonly Statement[]
  readonly because: TextLiteral | null
  readonly span: Span
}
