// The door of @fmap/runtime/formats: formats whose readers are optional peers. The core's own JSON and NDJSON are in @fmap/runtime.

export { type CsvProblem, type CsvResult, readCsv } from "./csv/read-csv.ts"
export { readTable, type TableFormat, type TableProblem } from "./read-table.ts"
