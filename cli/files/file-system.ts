// The few file operations that writing needs, as a port, so that tests can fill a disk or forbid a folder. Flows in: absolute
// paths and bytes. Flows out: the same calls on the real disk. Each fails by throwing what node throws (code ENOSPC, EACCES …).
import * as fs from "node:fs"

export interface FileSystem {
  /** The content, or undefined when there is no such file. */
  read(path: string): Uint8Array | undefined
  /** Creates a new file; fails when one exists. */
  create(path: string, content: Uint8Array): void
  rename(from: string, to: string): void
  /** A second name for the same content. */
  link(from: string, to: string): void
  remove(path: string): void
  makeFolder(path: string): void
  removeFolder(path: string): void
  isFolder(path: string): boolean
  exists(path: string): boolean
}

export const nodeFileSystem: FileSystem = {
  read: path => {
    try {
      return fs.readFileSync(path)
    } catch (error) {
      if (isCode(error, "ENOENT")) return undefined
      throw error
    }
  },
  create: (path, content) => {
    const file = fs.openSync(path, "wx")
    try {
      fs.writeFileSync(file, content)
    } finally {
      fs.closeSync(file)
    }
  },
  rename: (from, to) => fs.renameSync(from, to),
  link: (from, to) => {
    try {
      fs.linkSync(from, to)
    } catch (error) {
      if (isCode(error, "EEXIST") || isCode(error, "ENOENT")) throw error
      // Some file systems know no second names.
      fs.copyFileSync(from, to, fs.constants.COPYFILE_EXCL)
    }
  },
  remove: path => fs.rmSync(path, { force: true }),
  makeFolder: path => {
    fs.mkdirSync(path)
  },
  removeFolder: path => fs.rmdirSync(path),
  isFolder: path => fs.statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
  exists: path => fs.lstatSync(path, { throwIfNoEntry: false }) !== undefined,
}

export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code
}
