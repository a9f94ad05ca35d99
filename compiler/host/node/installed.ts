// Where installed packages really lie, by Node's own rule: from a folder upwards, in its `node_modules`, links followed. Flows
// in: real folders and names. Flows out: real folders. It must not know projects or their paths.
import { realpathSync, statSync } from "node:fs"
import { basename, dirname, join } from "node:path"

/** The real folder of a package as files of `folder` (a real path) see it; null when it is not installed. */
export function installedPackage(folder: string, name: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (basename(at) !== "node_modules") {
      const found = packageAt(join(at, "node_modules", name))
      if (found !== null) return found
    }
    if (at === dirname(at)) return null
  }
}

/** Package by package: what `a` sees as `b`. */
export function installedChain(root: string, names: readonly string[]): string | null {
  return names.reduce<string | null>(
    (folder, name) => (folder === null ? null : installedPackage(folder, name)),
    root,
  )
}

function packageAt(folder: string): string | null {
  try {
    return statSync(join(folder, "package.json")).isFile() ? realpathSync(folder) : null
  } catch {
    return null
  }
}
