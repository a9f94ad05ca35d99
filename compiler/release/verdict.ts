// Which version number a change deserves, beside the one it has. Flows in: one contract, map, crosswalk or flow as it was released and as it is,
// the findings about it, and the approvals that hold. Flows out: the verdict with its reasons, and the findings V001, V002 and V004.
import type { Bump, ChangeFinding } from "../diff/finding.ts"
import { type Approval, isLocked } from "./approvals.ts"
import { releaseFinding } from "./release-finding.ts"
import { atLeast, compareVersions, highestBump, nextVersion, promised } from "./version.ts"

export type SubjectKind = "contract" | "map" | "crosswalk" | "flow" | "package"

export interface ChangedSubject {
  readonly kind: SubjectKind
  readonly name: string
  /** Tells this thing with this content from any other: who agrees to one has not agreed to what it becomes later; absent: nobody agrees to anything here. */
  readonly content?: string
  /** `file:line:column` of its declaration; null: it has none. */
  readonly at: string | null
  /** The version it is compared with; null: it is new. */
  readonly before: string | null
  readonly now: string
  /** `before` was released: what stands under that number may not change. */
  readonly released: boolean
  /** What it deserves whatever the findings say, and why; null: nothing. */
  readonly least: { readonly bump: Bump; readonly because: string } | null
  readonly findings: readonly ChangeFinding[]
}

export interface Verdict {
  readonly kind: SubjectKind
  readonly name: string
  readonly before: string | null
  readonly now: string
  readonly required: Bump
  /** What the step of the version promises. */
  readonly declared: Bump
  readonly enough: boolean
  /** The lowest version that is enough; null where anything is. */
  readonly wanted: string | null
  /** The findings that ask for `required`. */
  readonly reasons: readonly {
    readonly rule: string
    readonly path: string
    readonly message: string
    readonly fingerprint: string
  }[]
}

export interface Judgement {
  readonly verdict: Verdict
  readonly findings: readonly ChangeFinding[]
}

export function judge(subject: ChangedSubject, holding: ReadonlyMap<string, Approval>): Judgement {
  const { kind, name, before, now } = subject
  const asked = subject.findings.map(finding => ({ finding, bump: bumpOf(finding, holding) }))
  const least = subject.least?.bump ?? "none"
  const required = before === null ? "none" : highestBump([least, ...asked.map(({ bump }) => bump)])
  const declared = before === null ? "none" : promised(before, now)
  const lowered = before !== null && compareVersions(now, before) < 0
  const enough = !lowered && atLeast(declared, required)
  const verdict: Verdict = {
    kind,
    name,
    before,
    now,
    required,
    declared,
    enough,
    wanted: before === null || required === "none" ? null : nextVersion(before, required),
    reasons: asked
      .filter(({ bump }) => required !== "none" && bump === required)
      .map(({ finding: { rule, path, message, fingerprint } }) => ({ rule, path, message, fingerprint })),
  }
  return { verdict, findings: enough ? [] : [versionFinding(subject, verdict, lowered)] }
}

/** Two people may agree that a change is let through; only of a rule that is not locked may one agree that its number is. */
function bumpOf(finding: ChangeFinding, holding: ReadonlyMap<string, Approval>): Bump {
  const agreed = holding.has(finding.fingerprint) && !isLocked(finding.rule)
  return agreed && atLeast(finding.bump, "minor") ? "minor" : finding.bump
}

function versionFinding(subject: ChangedSubject, verdict: Verdict, lowered: boolean): ChangeFinding {
  const { name, at, released } = subject
  const { before, now, wanted } = verdict
  const facts = {
    subject: name,
    old: before,
    new: now,
    about: `${verdict.required} ${subject.content ?? ""}`,
    at,
  }
  const fix = wanted === null ? {} : { fix: `Say version ${wanted}.` }
  if (lowered)
    return releaseFinding("V002", {
      ...facts,
      message: `${name} goes down from version ${before} to ${now}.`,
      ...(wanted === null ? { fix: `Say version ${before}.` } : fix),
    })
  const why = reasonText(verdict, subject.least?.because ?? "it is another")
  if (verdict.declared !== "none")
    return releaseFinding("V001", {
      ...facts,
      ...fix,
      message: `${name} goes from version ${before} to ${now}, but the change deserves ${wanted}: ${why}`,
    })
  return released
    ? releaseFinding("V004", {
        ...facts,
        message: `${name} was released as ${now} and has changed since: ${why}`,
        fix: `Say version ${wanted}, or restore what was released.`,
      })
    : releaseFinding("V002", {
        ...facts,
        ...fix,
        message: `${name} is version ${now} before and after the change, which deserves ${wanted}: ${why}`,
      })
}

/** The first reason in words, and how many more there are. */
function reasonText({ reasons }: Verdict, otherwise: string): string {
  const [first, ...others] = reasons
  if (first === undefined) return `${otherwise}.`
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`
  return `${first.message.replace(/\.$/u, "")} (${first.rule})${more}.`
}
