// Reference data of a file as a table, whatever its format. Flows in: the format a crosswalk names and the text; flows out: a table for the
// loader, or every problem with its line.
import type { CrosswalkTable } from "../crosswalks/load-crosswalk.ts"
import { readCsv } from "./csv/read-csv.ts"
import { readJsonTable } from "./json/read-json-table.ts"

export type TableFormat = "csv" | "json"

export interface TableProblem {
  readonly line: number
  readonly code: string
  readonly message: string
}

export function readTable(
  format: TableFormat,
  text: string,
): { readonly ok: CrosswalkTable } | { readonly problems: readonly TableProblem[] } {
  switch (format) {
    case "csv":
      return readCsv(text)
    case "json":
      return readJsonTable(text)
  }
}
