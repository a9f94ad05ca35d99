// Policies and what is allowed against them.
import type { Docs, Name, Path, Span } from "./common.ts"
import type { TextLiteral } from "./expressions.ts"

/** `policy Finance version 1.0.0 owner "…" { use bundle standard … }`. */
export interface PolicyDeclaration {
  readonly kind: "policy"
  readonly docs: Docs
  readonly name: Name
  readonly version: { readonly text: string; readonly span: Span } | null
  readonly owner: TextLiteral | null
  readonly members: readonly PolicyMember[]
  readonly span: Span
}

export type PolicyMember =
  /** `use bundle regulated`: of the language, or another policy. */
  | { readonly kind: "use"; readonly bundle: Name; readonly span: Span }
  /** `every active contract of erp has owner, retention`. */
  | { readonly kind: "has"; readonly subject: PolicySubject; readonly things: readonly Name[]; readonly span: Span }
  /** `every map is named re"…"`. */
  | {
      readonly kind: "named"
      readonly subject: PolicySubject
      readonly pattern: { readonly source: string; readonly span: Span }
      readonly span: Span
    }
  /** `pii reaches only systems cleared for pii`. */
  | { readonly kind: "reaches"; readonly label: "pii" | "confidential"; readonly cleared: Name; readonly span: Span }
  /** `pii stays in EU, UK`. */
  | { readonly kind: "stays"; readonly label: "pii" | "confidential"; readonly regions: readonly Name[]; readonly span: Span }
  /** `rule G014 is error`. */
  | { readonly kind: "severity"; readonly rule: Name; readonly severity: Name; readonly span: Span }
  | { readonly kind: "errorMember"; readonly span: Span }

export interface PolicySubject {
  /** `every active contract`. */
  readonly lifecycle: Name | null
  readonly word: Name
  /** `of NetSuite`, `to erp`, `from crm`: a system, or a kind of systems. */
  readonly relation: { readonly word: Name; readonly name: Name } | null
  readonly span: Span
}

/** `allow G012 at buyer.email because "…" until 2026-12-31 by "…"`. */
export interface AllowClause {
  readonly rule: Name
  /** A field of the declaration; null: all of it. */
  readonly at: Path | null
  readonly because: TextLiteral
  readonly until: { readonly text: string; readonly span: Span }
  readonly by: readonly TextLiteral[]
  readonly span: Span
}
