// Writes a set of files all or nothing. Flows in: what each path shall hold (null: not exist). Flows out: what changed, or why
// nothing did. New content is staged in siblings first, then renamed into place; if a rename fails, those before it are
// undone. Between files it yields, so that Ctrl-C is heard: before the renames it undoes everything, after them it is too late.
import { randomBytes } from "node:crypto"
import { basename, dirname, join } from "node:path"
import { setImmediate as turn } from "node:timers/promises"
import type { FileSystem } from "./file-system.ts"

/** Absolute path to its new content; null removes the file. */
export type Changes = ReadonlyMap<string, Uint8Array | null>

export type Written =
  | { readonly kind: "written"; readonly changed: readonly string[]; readonly removed: readonly string[] }
  | { readonly kind: "failed"; readonly path: string; readonly reason: string }
  | { readonly kind: "interrupted" }

interface Step {
  readonly path: string
  /** The staged new content; null when the file is to go. */
  readonly staged: string | null
}

const stagedSuffix = ".fmap-new"
const keptSuffix = ".fmap-old"

/** Files that hold their new content already are left alone, with their times. */
export async function writeAll(
  fileSystem: FileSystem,
  changes: Changes,
  interrupted: AbortSignal,
): Promise<Written> {
  const mark = randomBytes(4).toString("hex")
  const folders: string[] = []
  const steps: Step[] = []
  const abandon = () => {
    for (const step of steps) if (step.staged !== null) attempt(() => fileSystem.remove(step.staged ?? ""))
    for (const folder of folders.toReversed()) attempt(() => fileSystem.removeFolder(folder))
  }

  for (const [path, content] of changes) {
    try {
      if (content === null) {
        if (fileSystem.exists(path)) steps.push({ path, staged: null })
        continue
      }
      const present = fileSystem.isFolder(path) ? undefined : fileSystem.read(path)
      if (present !== undefined && sameBytes(present, content)) continue
      if (fileSystem.isFolder(path)) throw new Error("there is a folder of that name")
      makeFolders(fileSystem, dirname(path), folders)
      const staged = join(dirname(path), `.${basename(path)}.${mark}${stagedSuffix}`)
      steps.push({ path, staged })
      fileSystem.create(staged, content)
    } catch (error) {
      abandon()
      return { kind: "failed", path, reason: reasonOf(error) }
    }
    await turn()
    if (interrupted.aborted) {
      abandon()
      return { kind: "interrupted" }
    }
  }
  return commit(fileSystem, steps, mark, abandon)
}

/** Never yields: a signal that arrives here is heard when all is in place. */
function commit(fileSystem: FileSystem, steps: readonly Step[], mark: string, abandon: () => void): Written {
  const undo: (() => void)[] = []
  const kept: string[] = []
  for (const { path, staged } of steps) {
    try {
      if (fileSystem.exists(path)) {
        const old = join(dirname(path), `.${basename(path)}.${mark}${keptSuffix}`)
        fileSystem.link(path, old)
        kept.push(old)
        if (staged === null) fileSystem.remove(path)
        else fileSystem.rename(staged, path)
        undo.push(() => fileSystem.rename(old, path))
      } else if (staged !== null) {
        fileSystem.rename(staged, path)
        undo.push(() => fileSystem.remove(path))
      }
    } catch (error) {
      for (const step of undo.toReversed()) attempt(step)
      for (const old of kept) attempt(() => fileSystem.remove(old))
      abandon()
      return { kind: "failed", path, reason: reasonOf(error) }
    }
  }
  for (const old of kept) attempt(() => fileSystem.remove(old))
  return {
    kind: "written",
    changed: steps.filter(step => step.staged !== null).map(step => step.path),
    removed: steps.filter(step => step.staged === null).map(step => step.path),
  }
}

/** Makes the missing folders of a path and notes them, outermost first. */
function makeFolders(fileSystem: FileSystem, folder: string, made: string[]): void {
  if (fileSystem.isFolder(folder)) return
  if (dirname(folder) !== folder) makeFolders(fileSystem, dirname(folder), made)
  fileSystem.makeFolder(folder)
  made.push(folder)
}

/** Cleaning up goes on whatever fails: the first reason is the one that is told. */
function attempt(step: () => void): void {
  try {
    step()
  } catch {
    // Nothing better can be done, and the caller already has a reason to give.
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the disk is read-only",
  ENOTDIR: "a part of its path is a file",
  EISDIR: "there is a folder of that name",
  EMFILE: "too many files are open",
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  if (code !== undefined && Object.hasOwn(reasons, code)) return `${reasons[code]} (${code})`
  return error instanceof Error ? error.message : String(error)
}
