// `fmap format`: the one form of .fmap text. Flows in: files, folders or standard input. Flows out: files rewritten, all or none,
// or the formatted text on standard output. A file with syntax errors is never touched.
import { join } from "node:path"
import { readSourceFile } from "@fmap/compiler"
import { nodeHost } from "@fmap/compiler/node"
import { type Diagnostic, decodeSource, formatSource } from "@fmap/grammar"
import { nodeFileSystem } from "../files/file-system.ts"
import { writeAll } from "../files/write-all.ts"
import { openProject } from "../project/open-project.ts"
import { shownPath } from "../project/shown-path.ts"
import { plural, report } from "../reporters/report.ts"
import { wantsColor } from "../terminal/color.ts"
import { type ExitCode, exitCodes } from "../terminal/exit-code.ts"
import { problem } from "../terminal/problem.ts"
import { cannotStart } from "../terminal/problems.ts"
import type { Terminal } from "../terminal/terminal.ts"

interface FormatOptions {
  readonly project?: string
  readonly check?: boolean
}

export async function format(
  paths: readonly string[],
  options: FormatOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (paths.includes("-")) {
    if (paths.length > 1)
      return cannotStart(terminal, [problem("FM8004", "Standard input (-) stands alone.")])
    return formatInput(options, terminal)
  }
  const opening = openProject(terminal.cwd, options.project, paths)
  if (opening.kind === "problems") return cannotStart(terminal, opening.problems)
  const { project, entries } = opening.opened
  const shown = shownPath(terminal.cwd, project.folder)
  const host = nodeHost(project.folder)
  const changes = new Map<string, Uint8Array>()
  let broken = 0
  for (const entry of entries) {
    const path = join(project.folder, entry)
    // Read as `check` reads it: the same limit, and the same words for a file that cannot be read.
    const read = readSourceFile(host, entry)
    if (read.kind === "refused") tell(read.diagnostics, shown(entry), undefined, terminal)
    const formatted = read.kind === "bytes" ? formatOne(read.bytes, shown(entry), terminal) : undefined
    if (formatted === undefined) broken++
    else if (formatted.changed) changes.set(path, Buffer.from(formatted.text, "utf8"))
  }
  if (options.check === true) {
    for (const path of changes.keys()) await terminal.out(`${shown(path.slice(project.folder.length + 1))}\n`)
    terminal.comment(
      `${changes.size === 0 ? "All formatted" : `${plural(changes.size, "file")} not formatted`} of ${plural(entries.length, "file")}.\n`,
    )
    return changes.size + broken === 0 ? exitCodes.fine : exitCodes.findings
  }
  const written = await writeAll(nodeFileSystem, changes, terminal.interrupted)
  if (written.kind === "failed")
    return cannotStart(terminal, [
      problem("FM8103", `${written.path} cannot be written: ${written.reason}. Nothing was changed.`),
    ])
  if (written.kind === "interrupted") return exitCodes.interrupted
  terminal.comment(
    `${plural(written.changed.length, "file")} formatted, ${entries.length - broken - written.changed.length} as they were.\n`,
  )
  if (broken > 0) terminal.comment(`${plural(broken, "file")} with syntax errors left as they are.\n`)
  return broken === 0 ? exitCodes.fine : exitCodes.findings
}

async function formatInput(options: FormatOptions, terminal: Terminal): Promise<ExitCode> {
  const chunks: Uint8Array[] = []
  for await (const chunk of terminal.input) chunks.push(chunk)
  const formatted = formatOne(Buffer.concat(chunks), "standard input", terminal)
  if (formatted === undefined) return exitCodes.findings
  if (options.check === true) return formatted.changed ? exitCodes.findings : exitCodes.fine
  await terminal.out(formatted.text)
  return exitCodes.fine
}

/** Undefined when the text is broken, which is told. */
function formatOne(
  bytes: Uint8Array,
  file: string,
  terminal: Terminal,
): { text: string; changed: boolean } | undefined {
  const decoded = decodeSource(bytes, file)
  if (decoded.kind === "refused") {
    tell([decoded.diagnostic], file, new TextDecoder().decode(bytes), terminal)
    return undefined
  }
  const formatted = formatSource(decoded.text, file)
  if (formatted.kind === "formatted")
    return { text: formatted.text, changed: formatted.text !== decoded.text }
  tell(formatted.diagnostics, file, decoded.text, terminal)
  return undefined
}

function tell(
  diagnostics: readonly Diagnostic[],
  file: string,
  text: string | undefined,
  terminal: Terminal,
): void {
  const context = {
    textOf: () => text,
    shown: () => file,
    files: [file],
    color: wantsColor(terminal, "comment"),
    width: terminal.width,
  }
  terminal.comment(report("text", diagnostics, context))
}
