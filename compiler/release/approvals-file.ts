// The file of approvals. Flows in: its text. Flows out: the approvals, or one sentence a person can act on; and back to text.
import * as z from "zod"
import type { Approval, ApprovalBook } from "./approvals.ts"
import { firstIssue, jsonFile } from "./json-file.ts"

export const emptyBook: ApprovalBook = { approvers: [], approvals: [] }

const words = z.string().trim().min(1)
export const approvalSchema = z.strictObject({
  fingerprint: z.string().regex(/^[0-9a-f]{16}$/u, "the fingerprint of a finding is wanted"),
  rule: z.string().regex(/^[A-Z]\d{3}$/u, "the id of a rule is wanted, such as S005"),
  subject: words,
  reason: words,
  approvedBy: z.array(words),
  expires: z.iso.date(),
})

const bookSchema = z.strictObject({
  $schema: z.string().exactOptional(),
  format: z.literal("fmap.approvals"),
  formatVersion: z.literal(1),
  approvers: z.array(words),
  approvals: z.array(approvalSchema),
})

export function readApprovals(
  text: string,
  file: string,
): { readonly book: ApprovalBook } | { readonly problem: string } {
  const read = jsonFile(text, file)
  if ("problem" in read) return read
  const parsed = bookSchema.safeParse(read.data)
  if (!parsed.success) return { problem: `${file} is no file of approvals: ${firstIssue(parsed.error)}` }
  const { approvers, approvals } = parsed.data
  return { book: { approvers, approvals } }
}

export function writeApprovals({ approvers, approvals }: ApprovalBook): string {
  const plain = approvals.map(({ fingerprint, rule, subject, reason, approvedBy, expires }: Approval) => ({
    fingerprint,
    rule,
    subject,
    reason,
    approvedBy,
    expires,
  }))
  const document = { format: "fmap.approvals", formatVersion: 1, approvers, approvals: plain }
  return `${JSON.stringify(document, null, 2)}\n`
}
