// Policies in the Plan, and what is allowed against them. Flows in: nothing. Flows out: types. Who judges by them is not known here.
import type { At } from "./expression.ts"

export interface PlanPolicy {
  /** Its name, or `policies/group#Finance` where another file declares the same name; unique in a Plan. */
  readonly id: string
  readonly name: string
  /** Index into Plan.files. */
  readonly file: number
  readonly docs: string
  readonly version: string | null
  readonly owner: string | null
  readonly rules: readonly PlanPolicyRule[]
  readonly at: At
}

export type PlanPolicyRule =
  /** `bundle`: of the language (`standard`), or the id of a policy. */
  | { readonly kind: "use"; readonly of: "language" | "policy"; readonly bundle: string; readonly at: At }
  | {
      readonly kind: "has"
      readonly subject: PlanPolicySubject
      readonly things: readonly string[]
      readonly at: At
    }
  /** The pattern is of the linear-time subset, anchored. */
  | { readonly kind: "named"; readonly subject: PlanPolicySubject; readonly pattern: string; readonly at: At }
  | { readonly kind: "reaches"; readonly label: Label; readonly at: At }
  | { readonly kind: "stays"; readonly label: Label; readonly regions: readonly string[]; readonly at: At }
  | {
      readonly kind: "severity"
      readonly rule: string
      readonly severity: "error" | "warning" | "information"
      readonly at: At
    }

export type Label = "pii" | "confidential"

export interface PlanPolicySubject {
  readonly kind: "contract" | "map" | "crosswalk" | "system" | "flow" | "field"
  /** Only contracts (and their fields) in this part of their life. */
  readonly lifecycle: string | null
  /** Only those of, to or from that system, or systems of that kind. */
  readonly relation: {
    readonly word: "of" | "to" | "from"
    readonly by: "system" | "kind"
    readonly name: string
  } | null
}

/** `allow G012 at buyer.email because "…" until 2026-12-31 by "…"`. */
export interface PlanAllow {
  readonly rule: string
  /** `buyer.email`; null: all of the declaration. */
  readonly path: string | null
  readonly because: string
  /** The last day it holds. */
  readonly until: string
  readonly by: readonly string[]
  readonly at: At
}
