// The audit a page at a time, the newest first. Flows in: before which record, and of which subject. Flows out: records as they stand; whether they hold is `verifyAudit`'s to say.
import { parseExact } from "../../formats/json/parse-exact.ts"
import type { AuditRecord } from "./audit.ts"
import { countOf, type Operation, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

export interface ListedAudit extends AuditRecord {
  readonly seq: number
  readonly hash: string
}

/** `before`: 0 for the first page. `subject`: an event's id or a target; null: of all. */
export function* auditPage(
  before: number,
  subject: string | null,
  most: number,
): Operation<{ readonly records: readonly ListedAudit[]; readonly next: number | undefined }> {
  const rows = yield sql`SELECT seq, at, actor, action, subject, detail, hash FROM audit
    WHERE (CAST(${before} AS INTEGER) = 0 OR seq < ${before}) AND (CAST(${subject} AS TEXT) IS NULL OR subject = CAST(${subject} AS TEXT))
    ORDER BY seq DESC LIMIT ${most + 1}`
  const records = rows.slice(0, most).map(row => {
    const detail = parseExact(textOf(row, "detail"))
    return {
      seq: countOf(row, "seq"),
      at: textOf(row, "at"),
      actor: textOf(row, "actor"),
      action: textOf(row, "action"),
      subject: textOf(row, "subject"),
      // a record that somebody changed by hand is shown, too
      detail: "refused" in detail ? textOf(row, "detail") : detail.ok,
      hash: textOf(row, "hash"),
    }
  })
  return { records, next: rows.length > most ? records.at(-1)?.seq : undefined }
}
