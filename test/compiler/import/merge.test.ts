// A file that was just imported has not drifted, whatever it holds, with the record of last time and without; and the record reads
// back as it was written.
import {
  emptyRecord,
  mergeImport,
  printImported,
  readRecord,
  recordOf,
  writeRecord,
} from "@fmap/compiler/import"
import fc from "fast-check"
import { expect, test } from "vitest"
import { settle } from "../../../compiler/import/settle/settle.ts"
import { anyImport } from "./any-import.ts"

test("importing the same again changes nothing", () => {
  fc.assert(
    fc.property(anyImport, any => {
      const imported = settle(any)
      const text = printImported(imported)
      const record = recordOf(emptyRecord, imported, { name: "s", format: "json", only: null })
      expect(readRecord(writeRecord(record))).toEqual(record)
      for (const known of [record, null]) {
        const merged = mergeImport({
          file: "main.fmap",
          text,
          imported,
          record: known,
          source: "s",
          asked: [],
          clauses: () => [],
        })
        expect(merged).toEqual({ kind: "merged", text, drift: [] })
      }
    }),
    { numRuns: 150 },
  )
})
