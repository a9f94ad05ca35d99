// One person agrees to one change. Flows in: the book of approvals, the change, who, why and until when. Flows out: the book with it, and how many people it still
// wants; or one sentence why not. A second person adds a name to what the first agreed to: both reasons stay, and the earlier end holds.
import type { ChangeFinding } from "../diff/finding.ts"
import { type Approval, type ApprovalBook, peopleFor } from "./approvals.ts"

export interface Agreement {
  readonly by: string
  readonly reason: string
  /** The last day it holds. */
  readonly expires: string
}

export type Approving =
  | { readonly kind: "approved"; readonly book: ApprovalBook; readonly missing: number }
  | { readonly kind: "refused"; readonly problem: string }

export function approve(
  book: ApprovalBook,
  { rule, subject, fingerprint }: ChangeFinding,
  { by, reason, expires }: Agreement,
  today: string,
): Approving {
  const refused = (problem: string): Approving => ({ kind: "refused", problem })
  if (rule === "V006") return refused("An approval that does not hold is put right itself, not approved.")
  if (!book.approvers.includes(by)) return refused(`${by} is not among the approvers.`)
  if (expires < today) return refused(`${expires} is over: it would hold for nothing.`)
  const known = book.approvals.find(approval => approval.fingerprint === fingerprint)
  if (known?.approvedBy.includes(by) === true)
    return refused(`${by} has approved ${rule} of ${subject} already, until ${known.expires}.`)
  const approval: Approval =
    known === undefined
      ? { fingerprint, rule, subject, reason, approvedBy: [by], expires }
      : {
          ...known,
          reason: known.reason === reason ? reason : `${known.reason}; ${reason}`,
          approvedBy: [...known.approvedBy, by],
          expires: known.expires < expires ? known.expires : expires,
        }
  const others = book.approvals.filter(one => one !== known)
  return {
    kind: "approved",
    book: { ...book, approvals: [...others, approval] },
    missing: Math.max(0, peopleFor(rule) - approval.approvedBy.length),
  }
}
