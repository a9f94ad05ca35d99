// A host over a folder of the disk. Flows in: the root folder and project paths. Flows out: bytes of files that really
// lie inside the root: links are followed first and judged by where they lead. A package may lie elsewhere; its files lie in it.
import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from "node:fs"
import { dirname, isAbsolute, relative, resolve, sep } from "node:path"
import type { FileRead, Host } from "../host.ts"
import { packageRootOf, packagesOf } from "../paths.ts"
import { installedChain, installedPackage } from "./installed.ts"

/** `root` must be an existing folder; throws otherwise (the composition root checks its arguments before). */
export function nodeHost(root: string): Host {
  const realRoot = realpathSync(root)
  return {
    packageFolder(from, name) {
      const around = packagesOf(from)
      const folder = installedChain(realRoot, around)
      const found = folder === null ? null : installedPackage(folder, name)
      if (found === null) return null
      // The same package by the same path, whoever asks.
      const names = installedPackage(realRoot, name) === found ? [name] : [...around, name]
      return names.map(each => `node_modules/${each}`).join("/")
    },
    exists(path) {
      const located = locate(realRoot, path)
      return located.kind === "file" && statSync(located.path, { throwIfNoEntry: false })?.isFile() === true
    },
    readFile(path, limit) {
      const located = locate(realRoot, path)
      return located.kind === "file" ? read(located.path, limit) : located
    },
  }
}

function locate(realRoot: string, path: string): { kind: "file"; path: string } | FileRead {
  if (path.includes("\0")) return { kind: "missing" }
  const folder = packageRootOf(path)
  const real = folder === null ? null : installedChain(realRoot, packagesOf(path))
  if (folder !== null && real !== null) return within(real, path.slice(folder.length + 1))
  return within(realRoot, path)
}

/** A file below a folder whose links have been followed. */
function within(realRoot: string, path: string): { kind: "file"; path: string } | FileRead {
  const wanted = resolve(realRoot, path)
  // Before asking the disk: a path that leaves the root must not even tell whether something is there.
  if (!inside(realRoot, wanted)) return { kind: "outside" }
  try {
    const real = realpathSync(wanted)
    return inside(realRoot, real) ? { kind: "file", path: real } : { kind: "outside" }
  } catch (error) {
    const failed = failure(error)
    return failed.kind === "missing" && !inside(realRoot, realParent(wanted), true)
      ? { kind: "outside" }
      : failed
  }
}

/** Where the nearest folder that exists really lies: behind a link out of the root nothing is told, not even absence. */
function realParent(path: string): string {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    try {
      return realpathSync(folder)
    } catch {
      if (folder === dirname(folder)) return folder
    }
  }
}

function inside(root: string, path: string, orRoot = false): boolean {
  const way = relative(root, path)
  return (orRoot || way !== "") && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function read(path: string, limit: number): FileRead {
  let descriptor: number | undefined
  try {
    // Only plain files: opening a pipe or a device could wait for ever.
    const before = statSync(path)
    if (before.isDirectory()) return { kind: "unreadable", reason: "it is a folder" }
    if (!before.isFile()) return { kind: "unreadable", reason: "it is not a plain file" }
    descriptor = openSync(path, "r")
    const size = fstatSync(descriptor).size
    if (size > limit) return { kind: "tooBig", size }
    const bytes = new Uint8Array(size)
    let length = 0
    while (length < size) {
      const count = readSync(descriptor, bytes, length, size - length, length)
      if (count === 0) break
      length += count
    }
    return { kind: "bytes", bytes: bytes.subarray(0, length) }
  } catch (error) {
    return failure(error)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

const reasons = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["ELOOP", "its links go round in a circle"],
  ["EMFILE", "too many files are open"],
  ["ENAMETOOLONG", "its name is too long"],
  ["EIO", "the disk reported an error"],
])

function failure(error: unknown): FileRead {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error"
  if (code === "ENOENT" || code === "ENOTDIR") return { kind: "missing" }
  return { kind: "unreadable", reason: reasons.get(code) ?? code }
}
