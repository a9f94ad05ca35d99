// Who reads what: consumers outside of the project.
import type { Docs, Name, Path, Span } from "./common.ts"
import type { TextLiteral } from "./expressions.ts"

/** `consumer RevenueBi owner "…" contact "…" { reads SalesOrder { total, lines.amount } }`. */
export interface ConsumerDeclaration {
  readonly kind: "consumer"
  readonly docs: Docs
  readonly name: Name
  readonly owner: TextLiteral | null
  readonly contact: TextLiteral | null
  readonly members: readonly ConsumerMember[]
  readonly span: Span
}

export type ConsumerMember =
  /** `of`: a contract, or a map whose results are meant. `fields`: null: all of it. */
  | { readonly kind: "reads"; readonly of: Name; readonly fields: readonly Path[] | null; readonly span: Span }
  | { readonly kind: "errorMember"; readonly span: Span }
