// Imports by files of a simulated Oracle Fusion: `erpintegrations`. Flows in: requests. Flows out: jobs, their state and log. Rows are kept by file. A journal import takes what comes, twice if it comes twice; other
// imports refuse a row whose first column is there already. `refuses` are texts whose rows are refused.
import { listOf, memberOf, objectOf, scalarText, textOf } from "../../connectors/http/json-value.ts"
import { readZip } from "../../connectors/zip/read-zip.ts"
import { writeZip } from "../../connectors/zip/write-zip.ts"
import { csvRows } from "../anaplan/csv-text.ts"
import { jsonAnswer, jsonOf } from "../kernel/json-body.ts"
import type { SimAnswer, SimRequest } from "../kernel/platform.ts"

interface Job {
  state: string
  log: string
  looks: number
}

export interface ErpImports {
  /** By file. */
  readonly rows: Map<string, (readonly string[])[]>
  readonly jobs: Map<string, Job>
  refuses: readonly string[]
}

export function erpImports(): ErpImports {
  return { rows: new Map(), jobs: new Map(), refuses: [] }
}

export function dumpImports({ rows, refuses }: ErpImports) {
  return { imported: Object.fromEntries(rows), refuses }
}

export function loadImports(imports: ErpImports, state: unknown): void {
  imports.rows.clear()
  imports.jobs.clear()
  imports.refuses = (listOf(memberOf(state, "refuses")) ?? []).flatMap(text => textOf(text) ?? [])
  for (const [file, rows] of Object.entries(objectOf(memberOf(state, "imported")) ?? {})) {
    const cells = (listOf(rows) ?? []).map(row => (listOf(row) ?? []).map(cell => scalarText(cell) ?? ""))
    imports.rows.set(file, cells)
  }
}

export function importRequest(imports: ErpImports, request: SimRequest): SimAnswer {
  if (request.method === "POST") return submitted(imports, jsonOf(request.body))
  const [, finder = "", id = ""] = /^(\w+);requestId=(\d+)/.exec(request.query.get("finder") ?? "") ?? []
  const job = imports.jobs.get(id)
  if (job === undefined) return jsonAnswer(200, { items: [], count: 0, hasMore: false })
  const item =
    finder === "ESSJobStatusRF"
      ? {
          OperationName: "getESSJobStatus",
          ReqstId: id,
          RequestStatus: job.looks++ > 0 ? job.state : "RUNNING",
        }
      : { OperationName: "downloadESSJobExecutionDetails", ReqstId: id, DocumentContent: logOf(id, job) }
  return jsonAnswer(200, { items: [item], count: 1, hasMore: false })
}

function logOf(id: string, { log }: Job): string {
  const bytes = Buffer.from(log, "utf8")
  return Buffer.from(writeZip([{ name: `${id}.log`, bytes }])).toString("base64")
}

function submitted(imports: ErpImports, body: unknown): SimAnswer {
  const text = (name: string) => textOf(memberOf(body, name)) ?? ""
  if (text("OperationName") !== "importBulkData")
    return refused(`The operation ${text("OperationName")} is not valid.`)
  if (!/^\/[\w/]+,\w+$/.test(text("JobName")))
    return refused("The value of the attribute JobName isn't valid.")
  const archive = readZip(Buffer.from(text("DocumentContent"), "base64"), 64 << 20)
  if ("problem" in archive) return refused(`The document is not valid. ${archive.problem}`)
  const id = String(100_000 + imports.jobs.size + 1)
  const lines: string[] = []
  let taken = 0
  for (const { name, bytes } of archive.files) {
    const known = imports.rows.get(name) ?? []
    imports.rows.set(name, known)
    const before = new Set(known.map(([first]) => first))
    for (const [i, row] of csvRows(Buffer.from(bytes).toString("utf8")).entries()) {
      const why = problemOf(imports, text("JobName"), before, row)
      if (why !== undefined) lines.push(`${name} row ${i + 1}: ${why}`)
      else {
        known.push(row)
        taken++
      }
    }
  }
  const state = lines.length === 0 ? "SUCCEEDED" : taken === 0 ? "ERROR" : "WARNING"
  imports.jobs.set(id, { state, log: lines.join("\n"), looks: 0 })
  return jsonAnswer(201, {
    OperationName: "importBulkData",
    DocumentId: null,
    ReqstId: id,
    FileName: text("FileName"),
  })
}

function problemOf(
  { refuses }: ErpImports,
  job: string,
  before: ReadonlySet<string | undefined>,
  row: readonly string[],
): string | undefined {
  const bad = refuses.find(text => row.includes(text))
  if (bad !== undefined) return `${bad} is not valid.`
  const isThere = !job.endsWith(",JournalImportLauncher") && before.has(row[0])
  return isThere ? `${row[0] ?? ""} already exists.` : undefined
}

function refused(detail: string): SimAnswer {
  return jsonAnswer(
    400,
    { title: "Bad Request", status: "400", "o:errorDetails": [{ detail }] },
    { "content-type": "application/vnd.oracle.adf.error+json" },
  )
}
