// Many rows at once. Flows in: records and what they replace. Flows out: counts. One transaction: readers see what was there before, or what is there now. Two loads of one
// table wait for each other.
import { CallFailed } from "../../flow/port/failures.ts"
import type { LoadReceipt, LoadRequest } from "../port/connector.ts"
import type { Run } from "./session.ts"
import { columnName, sqlName, sqlText } from "./sql-text.ts"
import { upsertText, type WarehouseTable } from "./table.ts"

/** The server takes 65,535 values a statement. */
const mostValues = 60_000

export async function loadRows(
  run: Run,
  table: WarehouseTable,
  { records, mode }: LoadRequest,
): Promise<LoadReceipt> {
  await run("SELECT pg_advisory_xact_lock(hashtext($1))", [table.table])
  refuseDoubles(table, records)
  if (mode.kind === "replace") await removeSlices(run, table, mode.over, records)
  for (const [names, group] of byColumns(records)) {
    const size = Math.max(1, Math.floor(mostValues / Math.max(1, names.length)))
    for (let start = 0; start < group.length; start += size) {
      const rows = group.slice(start, start + size)
      const values = rows.flatMap(record => names.map(name => sqlText(record[name])))
      await run(upsertText(table, names, table.key, rows.length), values)
    }
  }
  return { sent: records.length, loaded: records.length, ignored: 0, rejected: [] }
}

/** A load says what a slice holds: two rows of one key contradict each other. */
function refuseDoubles({ key }: WarehouseTable, records: LoadRequest["records"]): void {
  const seen = new Map<string, number>()
  for (const [index, record] of records.entries()) {
    const values = key.map(name => sqlText(record[name]))
    if (values.includes(null))
      throw new CallFailed(
        "rejected",
        "NO_KEY",
        `Record ${index + 1} lacks a part of the key (${key.join(", ")}).`,
      )
    const text = JSON.stringify(values)
    const other = seen.get(text)
    if (other !== undefined)
      throw new CallFailed(
        "rejected",
        "DOUBLE_KEY",
        `Records ${other + 1} and ${index + 1} have the same key ${values.join(", ")}.`,
      )
    seen.set(text, index)
  }
}

/** What the records are about is removed: all rows that share their values of `over`. No records remove nothing. */
async function removeSlices(
  run: Run,
  { table }: WarehouseTable,
  over: readonly string[],
  records: LoadRequest["records"],
): Promise<void> {
  const slices = new Map<string, readonly (string | null)[]>()
  for (const record of records) {
    const values = over.map(name => sqlText(record[name]))
    slices.set(JSON.stringify(values), values)
  }
  for (const values of slices.values()) {
    const where = over.map((name, i) => `${columnName(name)} IS NOT DISTINCT FROM $${i + 1}`).join(" AND ")
    await run(`DELETE FROM ${sqlName(table)} WHERE ${where === "" ? "true" : where}`, values)
  }
}

type Group = readonly [names: readonly string[], records: LoadRequest["records"]]

/** Records with the same columns go together; a column a record lacks keeps its default. */
function byColumns(records: LoadRequest["records"]): readonly Group[] {
  const groups = new Map<
    string,
    { readonly names: readonly string[]; readonly records: LoadRequest["records"][number][] }
  >()
  for (const record of records) {
    const names = Object.keys(record).toSorted()
    const text = JSON.stringify(names)
    const group = groups.get(text) ?? { names, records: [] }
    group.records.push(record)
    groups.set(text, group)
  }
  return [...groups.values()].map(({ names, records: all }) => [names, all])
}
