// The source of an import from a file or standard input. Flows in: what the command line names. Flows out: its text and a way to
// read files beside it, never outside of its folder and never a host, or one sentence why not.
import { readFileSync, realpathSync, statSync } from "node:fs"
import { basename, dirname, relative, resolve, sep } from "node:path"
import type { ImportFile, ImportSource } from "@fmap/compiler/import"
import { isFileError } from "../run/file-error.ts"
import { type Problem, problem } from "../terminal/problem.ts"
import type { Terminal } from "../terminal/terminal.ts"

export type SourceRead =
  | { readonly kind: "source"; readonly source: ImportSource; readonly bytes: number }
  | { readonly kind: "problem"; readonly problem: Problem }

const mostBytes = 256 * 1024 * 1024

export async function readSource(path: string, terminal: Terminal): Promise<SourceRead> {
  if (path === "-") {
    const chunks: Uint8Array[] = []
    let bytes = 0
    for await (const chunk of terminal.input) {
      bytes += chunk.length
      if (bytes > mostBytes) return tooBig("Standard input")
      chunks.push(chunk)
    }
    return decoded("standard input", Buffer.concat(chunks), () => null)
  }
  const absolute = resolve(terminal.cwd, path)
  try {
    const found = statSync(absolute, { throwIfNoEntry: false })
    if (found === undefined)
      return { kind: "problem", problem: problem("FM8101", `There is no file "${path}".`) }
    if (found.isDirectory())
      return { kind: "problem", problem: problem("FM8102", `"${path}" is a folder; name a file in it.`) }
    if (found.size > mostBytes) return tooBig(`"${path}"`)
    const folder = realpathSync(dirname(absolute))
    return decoded(basename(path), readFileSync(absolute), name => beside(folder, name))
  } catch (error) {
    if (!isFileError(error)) throw error
    return { kind: "problem", problem: problem("FM8102", `"${path}" cannot be read: ${error.message}.`) }
  }
}

function tooBig(what: string): SourceRead {
  return {
    kind: "problem",
    problem: problem("FM8102", `${what} has more than 256 MB; take out the part that is wanted.`),
  }
}

function decoded(name: string, bytes: Uint8Array, files: ImportSource["beside"]): SourceRead {
  const text = textOf(bytes)
  if (text === null) return { kind: "problem", problem: problem("FM8102", `"${name}" is not UTF-8 text.`) }
  return { kind: "source", source: { name, text, beside: files }, bytes: bytes.length }
}

function textOf(bytes: Uint8Array): string | null {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const encoding = isUtf16 ? (bytes[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8"
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Links are followed before it is judged whether the file lies inside. */
function beside(folder: string, name: string): ImportFile | null {
  if (name.includes("\0") || /^[a-z][a-z0-9+.-]*:/i.test(name)) return null
  try {
    const path = realpathSync(resolve(folder, name))
    const way = relative(folder, path)
    if (way === ".." || way.startsWith(`..${sep}`) || resolve(way) === way) return null
    if (statSync(path).size > mostBytes) return null
    const text = textOf(readFileSync(path))
    return text === null ? null : { name: way.split(sep).join("/"), text }
  } catch (error) {
    if (!isFileError(error)) throw error
    return null
  }
}
