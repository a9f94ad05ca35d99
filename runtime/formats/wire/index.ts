export { readCsvRecords } from "../csv/read-csv-records.ts"
export { type CsvRow, splitCsv } from "../csv/split-csv.ts"
export { wholeFile } from "../csv/whole-file.ts"
export { csvBeginning, type Written, writeCsvRecord } from "../csv/write-csv-record.ts"
export { type EnvelopeKind, listEnvelope, recordCleaner } from "./envelope.ts"
export { goesOn, readJsonRecords, recordsOfDocument } from "./read-json-records.ts"
export type { Chunks, WireNotice, WireProblem, WireRecord } from "./wire-record.ts"
export {
  type CsvTransport,
  type Encoding,
  type Holds,
  type PayloadField,
  type PayloadShape,
  plainCsv,
  type Transport,
  type WireSpec,
  type XmlTransport,
} from "./wire-spec.ts"
