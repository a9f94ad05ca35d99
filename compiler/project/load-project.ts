// From entry paths to all files of a project. Flows in: a host, entry files, and the reader that turns bytes into a
// tree. Flows out: every reachable file once, in dependency order, with where each import leads. What a name means is
// not asked here.
import {
  type Diagnostic,
  diagnostic,
  type FileTree,
  type ImportDeclaration,
  type Place,
  type TextLiteral,
} from "@fmap/grammar"
import type { FileRead, Host } from "../host/host.ts"
import { resolvePath } from "../host/paths.ts"
import type { SourceFile } from "../resolve/model.ts"
import { type Findings, findings, placeIn } from "./findings.ts"
import { orderFiles } from "./order-files.ts"
import { type ImportedPackage, packageImport } from "./package-import.ts"

export interface LoadedFile extends SourceFile {
  readonly imports: readonly LoadedImport[]
}
export interface LoadedImport {
  readonly node: ImportDeclaration
  /** Project paths: several where a package has a door to several files; none when it leads nowhere (a diagnostic was given). */
  readonly paths: readonly string[]
}
export interface LoadedProject {
  /** In dependency order: a file comes after those it imports. */
  readonly files: readonly LoadedFile[]
  /** Packages something was imported from, by path. */
  readonly packages: readonly ImportedPackage[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Bytes of one file to its tree; never throws. `text` is what offsets count in. `tree` is null when the bytes are no text. */
export type ReadSource = (
  bytes: Uint8Array,
  file: string,
) => {
  readonly text: string
  readonly sha256: string
  readonly tree: FileTree | null
  readonly diagnostics: readonly Diagnostic[]
}

/** Largest source file read; far above what anybody writes by hand. */
export const sourceLimit = 16 * 1024 * 1024

export function loadProject(host: Host, entries: readonly string[], readSource: ReadSource): LoadedProject {
  const found = findings()
  const files = new Map<string, LoadedFile>()
  const failed = new Set<string>()
  const packages = new Map<string, ImportedPackage>()
  const waiting: { path: string; place: Place }[] = []

  for (const entry of entries) {
    const nowhere = { file: entry, span: { start: 0, end: 0 } }
    const resolved = resolvePath("", entry)
    if (resolved.kind === "path")
      waiting.push({ path: resolved.path, place: { ...nowhere, file: resolved.path } })
    else reportPath(found, resolved.kind, entry, nowhere)
  }

  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { path, place } = next
    if (files.has(path) || failed.has(path)) continue
    const read = host.readFile(path, sourceLimit)
    if (read.kind !== "bytes") {
      failed.add(path)
      reportRead(found, read, path, place, sourceLimit)
      continue
    }
    const source = readSource(read.bytes, path)
    for (const d of source.diagnostics) found.report(d)
    if (source.tree === null) {
      failed.add(path)
      continue
    }
    const broken = source.diagnostics.some(d => d.severity === "error")
    const imports = importsOf(source.tree, path, host, packages, found)
    files.set(path, { path, text: source.text, sha256: source.sha256, tree: source.tree, broken, imports })
    for (const each of imports) {
      for (const target of each.paths)
        waiting.push({ path: target, place: { file: path, span: each.node.from.span } })
    }
  }

  // An import of a file that could not be read leads nowhere; resolve stays silent about its names.
  const readable = new Map(
    [...files].map(([path, file]) => [
      path,
      {
        ...file,
        imports: file.imports.map(i => (i.paths.every(one => files.has(one)) ? i : { ...i, paths: [] })),
      },
    ]),
  )
  return {
    files: orderFiles(readable, found),
    packages: [...packages.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    diagnostics: found.all(),
  }
}

function importsOf(
  tree: FileTree,
  file: string,
  host: Host,
  packages: Map<string, ImportedPackage>,
  found: Findings,
): readonly LoadedImport[] {
  const place = placeIn(file)
  return tree.declarations
    .filter(declaration => declaration.kind === "import")
    .map(node => {
      const written = plainText(node.from)
      if (written === null) {
        found.report(
          diagnostic("FM7008", { path: "{…}" }, place(node.from), { label: "a file name has no holes" }),
        )
        return { node, paths: [] }
      }
      if (isPackage(written)) {
        const imported = packageImport(host, file, written, place(node.from), found)
        if (imported !== null) packages.set(imported.from.path, imported.from)
        return { node, paths: imported?.paths ?? [] }
      }
      const resolved = resolvePath(file, written)
      if (resolved.kind !== "path") {
        reportPath(found, resolved.kind, written, place(node.from))
        return { node, paths: [] }
      }
      if (resolved.path === file) {
        found.report(diagnostic("FM7007", { file }, place(node.from), { help: "Remove this import." }))
        return { node, paths: [] }
      }
      return { node, paths: [resolved.path] }
    })
}

/** A text without holes; null when it has one. */
export function plainText(literal: TextLiteral): string | null {
  const parts: string[] = []
  for (const part of literal.parts) {
    if (part.kind === "hole") return null
    parts.push(part.text)
  }
  return parts.join("")
}

function isPackage(written: string): boolean {
  return written !== "" && !/^[./\\]/.test(written) && !/^[A-Za-z]:/.test(written)
}

export function reportPath(
  found: Pick<Findings, "report">,
  kind: "absolute" | "outside" | "malformed",
  path: string,
  place: Place,
): void {
  if (kind === "absolute") {
    found.report(diagnostic("FM7004", { path }, place, { help: 'Write it relative to this file: "./…".' }))
  } else if (kind === "outside")
    found.report(diagnostic("FM7003", { path }, place, { label: "outside the project" }))
  else found.report(diagnostic("FM7008", { path }, place, { label: "no file name" }))
}

/** One source file as the compiler reads it, or why it cannot be: the same limit and the same words for every verb. */
export function readSourceFile(
  host: Host,
  path: string,
):
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] } {
  const read = host.readFile(path, sourceLimit)
  if (read.kind === "bytes") return read
  const found = findings()
  reportRead(found, read, path, { file: path, span: { start: 0, end: 0 } }, sourceLimit)
  return { kind: "refused", diagnostics: found.all() }
}

/** What a read that gave no bytes means to the author. */
export function reportRead(
  found: Pick<Findings, "report">,
  read: Exclude<FileRead, { kind: "bytes" }>,
  path: string,
  place: Place,
  limit: number,
): void {
  switch (read.kind) {
    case "missing":
      found.report(diagnostic("FM7001", { file: path }, place, { label: "no such file" }))
      return
    case "outside":
      found.report(diagnostic("FM7003", { path }, place, { label: "outside the project" }))
      return
    case "tooBig":
      found.report(
        diagnostic("FM7009", { file: path, size: megabytes(read.size), limit: megabytes(limit) }, place),
      )
      return
    case "unreadable":
      found.report(diagnostic("FM7002", { file: path, reason: read.reason }, place))
      return
  }
}

function megabytes(size: number): string {
  return `${(size / (1024 * 1024)).toFixed(1)} MB`
}
