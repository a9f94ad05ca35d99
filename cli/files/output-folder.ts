// The output folder against what it should hold. Flows in: emitted files and the folder as it is. Flows out: the changes that
// lead there, the files of other hands that stand in the way, and what would differ. Writes nothing itself.
import { join } from "node:path"
import type { FileSystem } from "./file-system.ts"
import { formatManifest, manifestName, parseManifest, sha256 } from "./manifest.ts"

/** Path relative to the output folder, with `/`, and its text. */
export interface EmittedFile {
  readonly path: string
  readonly text: string
}

export interface OutputPlan {
  /** Absolute path to new content; null removes. Holds the manifest too. */
  readonly changes: ReadonlyMap<string, Uint8Array | null>
  /** Paths whose content is not what would be written: missing, other, or no longer emitted. */
  readonly drift: readonly { readonly path: string; readonly how: "missing" | "different" | "stale" }[]
  /** Files that stand where fmap wants to write and that it did not write. */
  readonly foreign: readonly string[]
  /** Files fmap no longer emits but a person has changed since: left in place. */
  readonly kept: readonly string[]
}

/** `complete`: `files` is all the folder should hold; else (only some files were compiled) nothing is removed. */
export function planOutput(
  fileSystem: FileSystem,
  folder: string,
  files: readonly EmittedFile[],
  complete: boolean,
): OutputPlan {
  const manifestPath = join(folder, manifestName)
  const before = parseManifest(textOf(fileSystem, manifestPath))
  const after = new Map<string, string>(complete ? [] : before)
  const changes = new Map<string, Uint8Array | null>()
  const drift: { path: string; how: "missing" | "different" | "stale" }[] = []
  const foreign: string[] = []
  const kept: string[] = []

  for (const { path, text } of files) {
    const content = Buffer.from(text, "utf8")
    const target = join(folder, path)
    const present = fileSystem.isFolder(target) ? undefined : fileSystem.read(target)
    const sum = sha256(content)
    after.set(path, sum)
    changes.set(target, content)
    if (present === undefined) drift.push({ path, how: "missing" })
    else if (sha256(present) !== sum) {
      drift.push({ path, how: "different" })
      if (!before.has(path)) foreign.push(path)
    }
  }
  for (const [path, sum] of complete ? before : []) {
    if (after.has(path)) continue
    const target = join(folder, path)
    const present = fileSystem.isFolder(target) ? undefined : fileSystem.read(target)
    if (present === undefined) continue
    drift.push({ path, how: "stale" })
    if (sha256(present) === sum) changes.set(target, null)
    else kept.push(path)
  }
  const manifest = formatManifest(after)
  if (textOf(fileSystem, manifestPath) !== manifest && drift.length === 0)
    drift.push({ path: manifestName, how: "different" })
  // Last, so that a run that dies half-way is noticed by the next one.
  changes.set(manifestPath, Buffer.from(manifest, "utf8"))
  return { changes, drift, foreign, kept }
}

function textOf(fileSystem: FileSystem, path: string): string | undefined {
  const content = fileSystem.read(path)
  return content === undefined ? undefined : Buffer.from(content).toString("utf8")
}
