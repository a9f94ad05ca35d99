// `fmap import`: contracts from what a platform publishes. Flows in: a file or standard input, and what is wanted of it. Flows
// out: formatted `.fmap` text on standard output, or a file brought up to date with how the source has drifted; what the source
// says and a contract cannot is commentary.
import { relative, resolve } from "node:path"
import {
  type Drift,
  driftLine,
  type Imported,
  type ImportFormat,
  type ImportProblem,
  importSource,
  printImported,
} from "@fmap/compiler/import"
import { nodeFileSystem } from "../files/file-system.ts"
import { writeAll } from "../files/write-all.ts"
import {
  bringUpToDate,
  type ImportFiles,
  readImportFiles,
  sourceClauses,
} from "../import/bring-up-to-date.ts"
import { importNotes } from "../import/notes.ts"
import { readSource } from "../import/read-source.ts"
import { plural } from "../reporters/report.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem, problemsOf } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import { safeLine } from "../terminal/safe-text.ts"
import type { Terminal } from "../terminal/terminal.ts"

export interface ImportOptions {
  readonly as?: ImportFormat
  readonly only?: readonly string[]
  readonly system?: string
  readonly direction?: "reads" | "writes" | "both"
  readonly out?: string
  readonly check?: boolean
  readonly report?: boolean
  readonly format?: "text" | "json"
}

/** Above this size a line says that something is being done. */
const large = 1_000_000

export async function importContracts(
  path: string,
  options: ImportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.out === undefined && (options.check === true || options.format === "json"))
    return cannotStart(terminal, [
      problem(
        "FM8004",
        options.check === true
          ? "--check compares with a file; name it with --out."
          : "--format json tells what became of a file; name it with --out.",
      ),
    ])
  const read = await readSource(path, terminal)
  if (read.kind === "problem") return cannotStart(terminal, [read.problem])
  const { source, bytes } = read
  if (bytes >= large) terminal.comment(`${safeLine(source.name)}: ${megabytes(bytes)} are being read …\n`)
  const files = options.out === undefined ? null : readImportFiles(resolve(terminal.cwd, options.out))
  if (files !== null && "problem" in files) return cannotStart(terminal, [files.problem])
  const only = wantedOnly(options.only ?? [], files, source.name)
  const found = importSource(source, {
    format: options.as ?? null,
    system: options.system ?? null,
    direction: options.direction ?? null,
    only,
    isRecorded: (options.only ?? []).length === 0,
  })
  if (terminal.interrupted.aborted) return exitCodes.interrupted
  if (found.kind === "unreadable")
    return cannotStart(terminal, problemsOf("FM8206", found.problems.map(told)))
  tellSummary(found.imported, options.report === true, terminal)
  if (files === null) {
    const text = printImported(found.imported, { clauses: sourceClauses(found, source.name) })
    return (await terminal.out(text)) ? exitCodes.fine : exitCodes.interrupted
  }
  const next = bringUpToDate(files, found, { name: source.name, only, asked: options.only ?? [] })
  if (next.kind === "problems") return cannotStart(terminal, next.problems)
  const shown = relative(terminal.cwd, files.path) || files.path
  await tellDrift(next.drift, found.imported, options, terminal)
  if (options.check === true) {
    const isThere = files.text !== null
    const drifted = !isThere || next.drift.length > 0
    const says = isThere ? (drifted ? "has drifted from its source" : "is up to date") : "is missing"
    terminal.comment(`${safeLine(shown)} ${says}.\n`)
    return drifted ? exitCodes.findings : exitCodes.fine
  }
  return write(files, next, shown, terminal)
}

/** Without `--only` a file keeps what it was made of; with it, that is added. */
function wantedOnly(
  asked: readonly string[],
  files: ImportFiles | null,
  source: string,
): readonly string[] | null {
  const before = files?.text === null ? undefined : files?.record?.sources.get(source)
  if (before === undefined) return asked.length === 0 ? null : asked
  return before.only === null ? null : [...new Set([...before.only, ...asked])]
}

async function tellDrift(
  drift: readonly Drift[],
  imported: Imported,
  options: ImportOptions,
  terminal: Terminal,
): Promise<void> {
  if (options.format === "json") {
    const report = { format: "fmap.import-report", formatVersion: 1, drift, notes: imported.notes }
    await terminal.out(`${JSON.stringify(report, null, 2)}\n`)
    return
  }
  for (const each of drift) await terminal.out(`${safeLine(driftLine(each))}\n`)
}

async function write(
  files: ImportFiles,
  next: { readonly text: string; readonly record: string },
  shown: string,
  terminal: Terminal,
): Promise<ExitCode> {
  const changes = new Map([
    [files.path, Buffer.from(next.text, "utf8")],
    [files.recordPath, Buffer.from(next.record, "utf8")],
  ])
  const written = await writeAll(nodeFileSystem, changes, terminal.interrupted)
  if (written.kind === "failed")
    return cannotStart(terminal, [
      problem("FM8103", `${written.path} cannot be written: ${written.reason}. Nothing was changed.`),
    ])
  if (written.kind === "interrupted") return exitCodes.interrupted
  const isNew = files.text === null
  const how = isNew ? "written" : written.changed.includes(files.path) ? "brought up to date" : "is as it was"
  terminal.comment(`${safeLine(shown)} ${how}.\n`)
  return exitCodes.fine
}

function told({ message, at, line, column, help }: ImportProblem): string {
  const place = line === null ? "" : `:${line}${column === null ? "" : `:${column}`}`
  return `${at === null ? "" : `${at}${place}: `}${message}${help === null ? "" : ` ${help}`}`
}

function tellSummary(imported: Imported, all: boolean, terminal: Terminal): void {
  const count = (kind: "contract" | "record" | "enum") =>
    imported.declarations.filter(declaration => declaration.kind === kind).length
  const parts = (["contract", "record", "enum"] as const)
    .filter(kind => kind === "contract" || count(kind) > 0)
    .map(kind => plural(count(kind), kind))
  const fields = imported.declarations.reduce((sum, d) => sum + (d.kind === "enum" ? 0 : d.fields.length), 0)
  terminal.comment(`${parts.join(", ")} with ${plural(fields, "field")}.\n`)
  for (const line of importNotes(imported.notes, all)) terminal.comment(`${safeLine(line)}\n`)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
