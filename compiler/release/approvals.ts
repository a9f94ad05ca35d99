// Approvals: who agreed to which change, why and until when. Flows in: the approvals of a project, the findings and a day given from
// outside. Flows out: the approvals that hold, by fingerprint, and a finding for each that does not. There is no approval of a rule,
// a file or a project: only of one change.
import type { ChangeFinding } from "../diff/finding.ts"
import { changeRule } from "../diff/rules/catalogue.ts"
import { releaseFinding } from "./release-finding.ts"

export interface Approval {
  readonly fingerprint: string
  readonly rule: string
  readonly subject: string
  readonly reason: string
  readonly approvedBy: readonly string[]
  /** The last day it holds, `2026-12-31`. */
  readonly expires: string
}

export interface ApprovalBook {
  /** Who may approve. */
  readonly approvers: readonly string[]
  readonly approvals: readonly Approval[]
}

export interface JudgedApprovals {
  readonly holding: ReadonlyMap<string, Approval>
  /** V006 */
  readonly findings: readonly ChangeFinding[]
}

/** How many people must agree to a change of a rule. */
export function peopleFor(rule: string): number {
  return isLocked(rule) ? 2 : 1
}

export function judgeApprovals(
  book: ApprovalBook,
  findings: readonly ChangeFinding[],
  today: string,
): JudgedApprovals {
  const known = new Map(findings.map(finding => [finding.fingerprint, finding]))
  const holding = new Map<string, Approval>()
  const problems: ChangeFinding[] = []
  for (const approval of book.approvals) {
    const problem = holding.has(approval.fingerprint)
      ? "an earlier approval is for the same change"
      : problemOf(approval, known.get(approval.fingerprint), book.approvers, today)
    if (problem === null) holding.set(approval.fingerprint, approval)
    else problems.push(refusal(approval, problem))
  }
  return { holding, findings: problems }
}

function problemOf(
  approval: Approval,
  finding: ChangeFinding | undefined,
  approvers: readonly string[],
  today: string,
): string | null {
  if (finding === undefined) return "no change has this fingerprint"
  if (finding.rule !== approval.rule || finding.subject !== approval.subject)
    return `the change with this fingerprint is ${finding.rule} of ${finding.subject}`
  if (approval.expires < today) return `it held until ${approval.expires}`
  const stranger = approval.approvedBy.find(name => !approvers.includes(name))
  if (stranger !== undefined) return `${stranger} is not among the approvers`
  if (new Set(approval.approvedBy).size >= peopleFor(finding.rule)) return null
  return isLocked(finding.rule) ? `${finding.rule} is locked and needs two people` : "nobody approved it"
}

export function isLocked(rule: string): boolean {
  return changeRule(rule)?.locked ?? false
}

function refusal(approval: Approval, problem: string): ChangeFinding {
  return releaseFinding("V006", {
    subject: approval.subject,
    old: approval.fingerprint,
    new: problem,
    message: `The approval of ${approval.rule} for ${approval.subject} (${approval.fingerprint}) does not hold: ${problem}.`,
    at: null,
  })
}
