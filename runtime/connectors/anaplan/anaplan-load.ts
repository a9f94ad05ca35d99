// A load into Anaplan. Flows in: records. Flows out: one receipt that counts each once: what the task calls successful is loaded, what the dump lists is rejected, and what is neither was
// ignored, whatever "successful: true" says.
import { CallFailed } from "../../flow/port/failures.ts"
import type { Call } from "../../flow/port/flow.ts"
import { bytesOfRecords } from "../files/file-records.ts"
import { failure } from "../http/ask.ts"
import { memberOf, scalarText } from "../http/json-value.ts"
import { notOffered } from "../http/key-of.ts"
import type { LoadReceipt, LoadRequest } from "../port/connector.ts"
import type { AnaplanImport } from "./anaplan-options.ts"
import { type RefusedRow, refusedRows } from "./dump-rows.ts"
import { type AnaplanLine, type ImportEnd, runImport } from "./import-task.ts"

export async function loadByImport(
  line: AnaplanLine,
  object: AnaplanImport,
  request: LoadRequest,
  call: Call,
): Promise<LoadReceipt> {
  if (request.mode.kind === "replace") mayReplace(line.system, object, request, request.mode.over)
  const { records } = request
  const sent = records.length
  const bytes = bytesOfRecords(records, { kind: "csv", formulas: "keep" }, object.columns)
  const end = await runImport(line, object, bytes, call)
  const rows = records.map(record => object.columns.map(column => scalarText(memberOf(record, column)) ?? ""))
  const refused = await refusedOf(end, object.columns, rows)
  if (!end.successful && refused.length === 0)
    throw new CallFailed(
      "rejected",
      "IMPORT_FAILED",
      line.secrets.mask(`${line.system}: ${end.messages.join("; ") || "The import failed."}`).slice(0, 500),
    )
  if (end.counts !== undefined && end.counts.total !== sent)
    throw failure(
      line,
      false,
      { failure: "in-doubt" },
      "OTHER_FILE",
      `The import read ${end.counts.total} rows and ${sent} were sent: somebody else has put another file in its place.`,
    )
  const rejected = refused.map(({ index, message }) => ({
    index,
    code: "REFUSED_ROW",
    message: line.secrets.mask(message),
  }))
  const loaded = Math.min(end.counts?.success ?? sent - rejected.length, sent - rejected.length)
  return { sent, loaded, ignored: sent - loaded - rejected.length, rejected }
}

/** A dump that came cut, although its answer looked whole, is asked for again; rows that it does not have in the end are refused all the same. */
async function refusedOf(
  { dump, failed }: ImportEnd,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<readonly RefusedRow[]> {
  if (dump === undefined) return []
  let found: readonly RefusedRow[] = []
  for (let looks = 0; looks < mostLooks; looks++) {
    const bytes = await dump()
    if (bytes === undefined) break
    const read = await refusedRows(bytes, columns, rows)
    if (read.length > found.length) found = read
    if (failed === undefined || found.length >= failed) return found
  }
  const missing = Math.max(0, (failed ?? 0) - found.length)
  const untold = { index: null, message: "The import refused a row that its dump of failures does not have." }
  return [...found, ...Array.from({ length: missing }, () => untold)]
}

const mostLooks = 5

/** A load that clears more than it says would take figures away that nobody sends again. */
function mayReplace(
  system: string,
  { clears, clearsOver }: AnaplanImport,
  { object }: LoadRequest,
  over: readonly string[],
): void {
  if (clearsOver !== undefined) {
    if (clearsOver.toSorted().join("\n") === over.toSorted().join("\n")) return
    throw notOffered(
      system,
      `The import of ${object} clears what the file has of ${clearsOver.join(", ")} (\`clearsOver\` in the connection's options), and the load replaces over ${over.join(", ")}.`,
    )
  }
  if (clears !== true)
    throw notOffered(
      system,
      `The import of ${object} clears nothing (\`clears\` in the connection's options), so it cannot replace.`,
    )
}
