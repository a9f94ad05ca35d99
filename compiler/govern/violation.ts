// What a check says of one declaration, before anybody knows how severe that is. Flows in: nothing. Flows out: types.
import type { ChangeSeverity } from "../diff/finding.ts"
import type { At, PlanAllow, PlanSystem } from "../plan/index.ts"
import type { RuleId } from "./rules/index.ts"

/** A declaration that is judged. */
export interface Governed {
  readonly kind: "contract" | "map" | "crosswalk" | "system" | "calendar" | "flow"
  /** As people call it. */
  readonly name: string
  /** Unlike any other of its kind. */
  readonly id: string
  /** Index into Plan.files. */
  readonly file: number
  readonly at: At
  /** Of a contract. */
  readonly lifecycle: string | null
  /** The systems it is of, from and to. */
  readonly of: readonly PlanSystem[]
  readonly from: readonly PlanSystem[]
  readonly to: readonly PlanSystem[]
  readonly allows: readonly PlanAllow[]
}

export interface Violation {
  readonly subject: Governed
  /** Of a field, `lines[].amount`; empty: the whole declaration. */
  readonly path: string
  /** Sentence an analyst understands. */
  readonly message: string
  readonly at: At
  /** What stands at the place. */
  readonly label: string
  readonly related?: readonly { readonly at: At; readonly text: string }[]
  /** What it comes from, where that may be several things: one more of them is another matter, although the place is the same. */
  readonly sources?: readonly string[]
  /** It counts only where a policy asks for it in so many words: `every map has control`. */
  readonly onlyAsked?: true
}

export interface GovernanceFinding extends Omit<Violation, "subject" | "onlyAsked" | "related" | "sources"> {
  readonly rule: RuleId
  readonly severity: ChangeSeverity
  /** Hash of rule, declaration and path: no rewording changes it. */
  readonly fingerprint: string
  readonly subject: { readonly kind: Governed["kind"]; readonly name: string }
  readonly related: readonly { readonly at: At; readonly text: string }[]
  /** What to do about it. */
  readonly help: string
}
