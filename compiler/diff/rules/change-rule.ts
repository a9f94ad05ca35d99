// The shape of a rule about changes. A catalogue is a plain object keyed by id; ids are never reused. S shapes, M mappings, F flows, L lineage
// and governance, V releases. Each rule has a page under specs/rules, generated from here.
import type { Bump, ChangeSeverity } from "../finding.ts"

export interface ChangeRule {
  /** Two to six words, the heading of its page and its name in reports: "Optional field added". */
  readonly title: string
  /** What happened and why it matters, in sentences an analyst understands. */
  readonly meaning: string
  /** What to do about it. */
  readonly fix: string
  /** Cannot be approved by one person alone, nor lowered by a policy. */
  readonly locked: boolean
  /** By mode (`backward`, `forward`, `full` of shapes; `strict`, `standard`, `relaxed` of mappings and flows; `any`), for the plain case. */
  readonly severity: Readonly<Record<string, ChangeSeverity | "none">>
  readonly bump: Bump
  /** A case that is judged by other measures than the plain one; findings of it say so. */
  readonly other?: {
    /** Completes "Where …". */
    readonly where: string
    readonly severity: Readonly<Record<string, ChangeSeverity | "none">>
    readonly bump: Bump
  }
}
