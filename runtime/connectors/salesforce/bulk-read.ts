// A large query by a job of the Bulk API. Flows in: the query, the types of the object's fields. Flows out: pages of records as the record services give them: a cell is text, so numbers and
// truth values come by the type of their field.
import { failure } from "../http/ask.ts"
import { valueOfCell } from "./bulk-csv.ts"
import { endedJob, jobFailure, jobResults, newJob } from "./bulk-job.ts"
import type { SalesforceLine } from "./salesforce-records.ts"

/** Records of a page. */
const pageSize = 20_000

export async function* readBulk(
  line: SalesforceLine,
  query: string,
  types: ReadonlyMap<string, string>,
  signal: AbortSignal,
): AsyncGenerator<readonly unknown[]> {
  const id = await newJob(line, "query", { operation: "query", query }, { signal })
  const info = await endedJob(line, "query", id, { signal })
  if (info.state !== "JobComplete") throw jobFailure(line, info)
  let locator: string | undefined
  let count = 0
  do {
    const part = { maxRecords: String(pageSize), ...(locator === undefined ? {} : { locator }) }
    const results = await jobResults(line, "query", id, "results", part, { signal })
    count += results.rows.length
    if (results.rows.length > 0) yield results.rows.map(row => valuesOf(row, types))
    locator = results.locator
  } while (locator !== undefined)
  if (count !== info.processed)
    throw failure(
      line,
      true,
      { failure: "transient" },
      "COUNTS_DIFFER",
      `The job ${id} tells of ${info.processed} records and gave ${count}.`,
    )
}

function valuesOf(
  row: Readonly<Record<string, string>>,
  types: ReadonlyMap<string, string>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(row).map(([name, cell]) => [name, valueOfCell(cell, types.get(name))]),
  )
}
