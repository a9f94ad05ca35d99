// Which source of a map is read record by record, and what stays the same for all records. Flows in: the bindings. Flows out: a
// feed that is ready to be read, or why a file cannot be. The streamed one is the source of lines, else the one of standard
// input, else the first; the others are one JSON document each.
import { accessSync, constants, createReadStream, readFileSync, statSync } from "node:fs"
import { resolve } from "node:path"
import type { InterpretInput } from "@fmap/compiler"
import { readJsonBytes } from "@fmap/runtime"
import type { Terminal } from "../terminal/terminal.ts"
import type { Bindings } from "./bindings.ts"
import { isFileError } from "./file-error.ts"
import { formOfName, type InputForm } from "./records.ts"

export interface Feed {
  readonly kind: "feed"
  /** The source whose records are run through, one by one. */
  readonly name: string
  readonly form: InputForm | undefined
  readonly chunks: () => AsyncIterable<Uint8Array>
  /** The other sources and the givens, the same for every record. */
  readonly fixed: InterpretInput
}

export function openFeed(
  bindings: Bindings,
  each: boolean,
  terminal: Terminal,
  /** The source a set map walks; null: chosen by its form. */
  walked: string | null = null,
): Feed | { readonly kind: "problems"; readonly problems: readonly string[] } {
  const entries = [...bindings.sources]
  const isLines = (file: string | null) => file !== null && formOfName(file) === "lines"
  const chosen =
    entries.find(([name]) => name === walked) ??
    entries.find(([, file]) => isLines(file)) ??
    entries.find(([, file]) => file === null) ??
    entries[0]
  if (chosen === undefined) return { kind: "problems", problems: ["The map has no source."] }
  const [name, file] = chosen
  const problems: string[] = []
  const fixed = new Map<string, unknown>(bindings.givens)
  for (const [other, otherFile] of entries) {
    if (other === name) continue
    const value = readDocument(resolve(terminal.cwd, otherFile ?? ""))
    if ("problem" in value) problems.push(`${other}: ${otherFile} ${value.problem}`)
    else fixed.set(other, value.ok)
  }
  if (file !== null) {
    const problem = unreadableFile(resolve(terminal.cwd, file))
    if (problem !== undefined) problems.push(`${file} ${problem}`)
  } else if (terminal.inputIsTerminal)
    terminal.comment(`Reading ${name} from the terminal; Ctrl-D ends the input.\n`)
  if (problems.length > 0) return { kind: "problems", problems }
  return {
    kind: "feed",
    name,
    form: each ? "list" : file === null ? undefined : formOfName(file),
    chunks: () => (file === null ? terminal.input : createReadStream(resolve(terminal.cwd, file))),
    fixed: Object.fromEntries(fixed),
  }
}

function readDocument(file: string): { readonly ok: unknown } | { readonly problem: string } {
  const problem = unreadableFile(file)
  if (problem !== undefined) return { problem }
  const read = readJsonBytes(readFileSync(file))
  if ("ok" in read) return read
  return {
    problem: `is not one JSON document (line ${read.refused.line}, column ${read.refused.column}): ${read.refused.message}`,
  }
}

function unreadableFile(file: string): string | undefined {
  try {
    probe(file)
    return undefined
  } catch (error) {
    return isFileError(error) && error.code === "ENOENT"
      ? "does not exist."
      : `cannot be read: ${error instanceof Error ? error.message : String(error)}.`
  }
}

/** Fails now instead of in the middle of the stream. */
function probe(file: string): void {
  accessSync(file, constants.R_OK)
  if (statSync(file).isDirectory()) throw new Error("it is a folder")
}
