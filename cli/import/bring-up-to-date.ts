// The file of an import and the record beside it. Flows in: what stands there and what a source says now. Flows out: both as they shall
// be, and the drift; or why the file cannot be brought up to date. Writes nothing.
import { readFileSync } from "node:fs"
import {
  type Drift,
  emptyRecord,
  formatWord,
  type ImportRecord,
  mergeImport,
  printImported,
  readRecord,
  recordOf,
  type SourceImport,
  textLiteral,
  writeRecord,
} from "@fmap/compiler/import"
import { isFileError } from "../run/file-error.ts"
import { type Problem, problem, problemsOf } from "../terminal/problem.ts"

/** What stands there; null: no such file. */
export interface ImportFiles {
  readonly path: string
  readonly text: string | null
  readonly recordPath: string
  readonly record: ImportRecord | null
}

export type UpToDate =
  | {
      readonly kind: "files"
      readonly text: string
      readonly record: string
      readonly drift: readonly Drift[]
    }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

export function readImportFiles(path: string): ImportFiles | { readonly problem: Problem } {
  const recordPath = `${path.replace(/\.fmap$/u, "")}.import.json`
  const text = readText(path)
  const recordText = readText(recordPath)
  if (typeof text === "object" && text !== null) return text
  if (typeof recordText === "object" && recordText !== null) return recordText
  const record = recordText === null ? null : readRecord(recordText)
  if (recordText !== null && record === null)
    return {
      problem: problem(
        "FM8207",
        `${recordPath} is no record of an import. Remove it to begin anew; edits by hand stay.`,
      ),
    }
  return { path, text, recordPath, record }
}

function readText(path: string): string | null | { readonly problem: Problem } {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path))
  } catch (error) {
    if (isFileError(error))
      return error.code === "ENOENT"
        ? null
        : { problem: problem("FM8102", `${path} cannot be read: ${error.message}.`) }
    return { problem: problem("FM8102", `${path} is not UTF-8 text.`) }
  }
}

export function sourceClauses(
  found: SourceImport & { kind: "imported" },
  source: string,
): (contract: string) => readonly string[] {
  return contract => [
    `from ${formatWord(found.format)} ${textLiteral(source)}${found.picked.has(contract) ? " picks" : ""}`,
  ]
}

export function bringUpToDate(
  files: ImportFiles,
  found: SourceImport & { kind: "imported" },
  source: {
    readonly name: string
    readonly only: readonly string[] | null
    readonly asked: readonly string[]
  },
): UpToDate {
  const clauses = sourceClauses(found, source.name)
  const record = writeRecord(
    recordOf(files.record ?? emptyRecord, found.imported, {
      name: source.name,
      only: source.only,
      format: found.format,
    }),
  )
  if (files.text === null)
    return { kind: "files", text: printImported(found.imported, { clauses }), record, drift: [] }
  const merged = mergeImport({
    file: files.path,
    text: files.text,
    imported: found.imported,
    record: files.record,
    source: source.name,
    asked: source.asked,
    clauses,
  })
  if (merged.kind === "merged") return { kind: "files", text: merged.text, record, drift: merged.drift }
  return {
    kind: "problems",
    problems: problemsOf("FM8207", [
      `${files.path} has syntax errors; it is left as it is.`,
      ...merged.diagnostics.slice(0, 3).map(({ code, message }) => `${code}: ${message}`),
    ]),
  }
}
