// `fmap import`: contracts from what a platform publishes. Flows in: a file or standard input, and what is wanted of it. Flows
// out: formatted `.fmap` text on standard output or in a file; what the source says and a contract cannot, as commentary.
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { type Imported, type ImportFormat, type ImportProblem, importSource } from "@fmap/compiler/import"
import { nodeFileSystem } from "../files/file-system.ts"
import { writeAll } from "../files/write-all.ts"
import { importNotes } from "../import/notes.ts"
import { printFresh } from "../import/print-fresh.ts"
import { readSource } from "../import/read-source.ts"
import { plural } from "../reporters/report.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
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
}

/** Above this size a line says that something is being done. */
const large = 1_000_000

export async function importContracts(
  path: string,
  options: ImportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (options.check === true && options.out === undefined)
    return cannotStart(terminal, ["--check compares with a file; name it with --out."])
  const read = await readSource(path, terminal)
  if (read.kind === "problem") return cannotStart(terminal, [read.problem])
  const { source, bytes } = read
  if (bytes >= large) terminal.comment(`${safeLine(source.name)}: ${megabytes(bytes)} are being read …\n`)
  const wish = {
    format: options.as ?? null,
    system: options.system ?? null,
    direction: options.direction ?? null,
    only: options.only === undefined || options.only.length === 0 ? null : options.only,
  }
  const found = importSource(source, wish)
  if (terminal.interrupted.aborted) return exitCodes.interrupted
  if (found.kind === "unreadable") return cannotStart(terminal, found.problems.map(told))
  const text = printFresh(found, source.name)
  tellSummary(found.imported, options.report === true, terminal)
  if (options.out === undefined) {
    const goesOn = await terminal.out(text)
    return goesOn ? exitCodes.fine : exitCodes.interrupted
  }
  const out = resolve(terminal.cwd, options.out)
  if (existsSync(out)) return cannotStart(terminal, [`${options.out} is there already.`])
  const written = await writeAll(
    nodeFileSystem,
    new Map([[out, Buffer.from(text, "utf8")]]),
    terminal.interrupted,
  )
  if (written.kind === "failed")
    return cannotStart(terminal, [
      `${written.path} cannot be written: ${written.reason}. Nothing was changed.`,
    ])
  if (written.kind === "interrupted") return exitCodes.interrupted
  terminal.comment(`${safeLine(options.out)} written.\n`)
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
