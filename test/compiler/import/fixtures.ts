// The files of platforms that tests import, where they are at hand. Flows in: the shared folder beside the checkout. Flows out: paths
// by kind; none where the folder is missing, so that a checkout alone stays testable.
import { existsSync, globSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { type ImportFormat, type ImportSource, importSource, type SourceImport } from "@fmap/compiler/import"

export const shared = join(import.meta.dirname, "../../../../shared/data")

export function sharedFiles(...patterns: string[]): readonly string[] {
  return existsSync(shared) ? patterns.flatMap(pattern => globSync(pattern, { cwd: shared })).toSorted() : []
}

export function sharedSource(path: string): ImportSource {
  return { name: basename(path), text: readFileSync(join(shared, path), "utf8"), beside: () => null }
}

export function textSource(text: string, name = "source"): ImportSource {
  return { name, text, beside: () => null }
}

export function imported(
  source: ImportSource,
  wish: { format?: ImportFormat; only?: string[]; direction?: "reads" | "writes" | "both" } = {},
): SourceImport & { kind: "imported" } {
  const found = importAny(source, wish)
  if (found.kind === "unreadable") throw new Error(found.problems.map(problem => problem.message).join("\n"))
  return found
}

export function importAny(
  source: ImportSource,
  wish: { format?: ImportFormat; only?: string[]; direction?: "reads" | "writes" | "both" } = {},
): SourceImport {
  return importSource(source, {
    format: wish.format ?? null,
    system: null,
    direction: wish.direction ?? null,
    only: wish.only ?? null,
  })
}
