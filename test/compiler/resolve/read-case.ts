// Cases are folders in one file: `=== path` begins a file of the project, `=== expected` what the compiler says about it.
// Everything before the first `===` explains the case. Both phases before the checker run; the checker does not.
import { memoryHost } from "@fmap/compiler"
import type { Diagnostic, Place } from "@fmap/grammar"
import { lineStarts, positionOf } from "../../../compiler/lower/at.ts"
import { lowerTests } from "../../../compiler/lower/tests.ts"
import { loadProject } from "../../../compiler/project/load-project.ts"
import { readSource } from "../../../compiler/project/read-source.ts"
import { settle } from "../../../compiler/project/settle.ts"
import { resolve } from "../../../compiler/resolve/resolve.ts"

export interface Case {
  readonly intent: string
  readonly files: ReadonlyMap<string, string>
  readonly expected: string
}

export function readCase(text: string): Case {
  const [intent = "", ...sections] = text.split(/^=== (?=.)/m)
  const files = new Map<string, string>()
  let expected = ""
  for (const section of sections) {
    const end = section.indexOf("\n")
    const path = section.slice(0, end)
    const body = section.slice(end + 1)
    if (path === "expected") expected = body.trimEnd()
    else files.set(path, body)
  }
  return { intent: intent.trim(), files, expected }
}

/** What is said, in order of files and places: position, code, underlined text, message, labels, help and its edits. */
export function diagnose(files: ReadonlyMap<string, string>): string {
  const host = memoryHost(files)
  const entries = files.has("main.fmap")
    ? ["main.fmap"]
    : [...files.keys()].filter(path => path.endsWith(".fmap"))
  const loaded = loadProject(host, entries, readSource)
  const resolved = resolve(loaded.files, host)
  const tested = lowerTests(resolved.bound, host)
  const all = settle([...loaded.diagnostics, ...resolved.diagnostics, ...tested.diagnostics])
  return all
    .toSorted((a, b) => compare(a.labels[0].place, b.labels[0].place))
    .map(diagnostic => shown(diagnostic, files))
    .join("\n")
}

function compare(a: Place, b: Place): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.span.start - b.span.start
}

function shown({ code, message, labels, help }: Diagnostic, files: ReadonlyMap<string, string>): string {
  const [primary, ...related] = labels
  const lines = [`${at(primary.place, files)} ${code}: ${message}`]
  if (primary.text !== "") lines.push(`  here: ${primary.text}`)
  for (const label of related) lines.push(`  there ${at(label.place, files)}: ${label.text}`)
  if (help !== null) lines.push(`  help: ${help.text}`)
  for (const edit of help?.edits ?? [])
    lines.push(`  edit ${at(edit.place, files)} -> ${JSON.stringify(edit.text)}`)
  return lines.join("\n")
}

function at({ file, span }: Place, files: ReadonlyMap<string, string>): string {
  const text = files.get(file) ?? ""
  const position = positionOf(lineStarts(text), span.start).join(":")
  return `${file}:${position} ${JSON.stringify(text.slice(span.start, span.end).slice(0, 40))}`
}
