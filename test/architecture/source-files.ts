// The source files of the repository with what the rules look at. Flows in: the folders. Flows out: path, text and imports.
import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join, posix } from "node:path"

export const root = join(import.meta.dirname, "..", "..")

export interface SourceText {
  /** From the repository's root, with `/`. */
  readonly path: string
  readonly text: string
}

/** Files git knows or would add, so that build output and installed packages never count. */
export function repositoryFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
  })
  return listed.split("\0").filter(path => path !== "" && existsSync(join(root, path)))
}

export function readSource(path: string): SourceText {
  return { path, text: readFileSync(join(root, path), "utf8") }
}

/** Specifiers of every `import`, `export … from` and `import()`; comments and texts are blanked first. */
export function importsOf({ text }: SourceText): string[] {
  const found: string[] = []
  for (const match of text.matchAll(/(?:^|[;}\n])\s*(?:import|export)\b[^"'`;]*?\bfrom\s*["']([^"']+)["']/gu))
    found.push(match[1] ?? "")
  for (const match of text.matchAll(/(?:^|[;}\n])\s*import\s*["']([^"']+)["']/gu)) found.push(match[1] ?? "")
  for (const match of text.matchAll(/\bimport\(\s*["']([^"']+)["']/gu)) found.push(match[1] ?? "")
  return [...new Set(found)]
}

/** Where an import leads: a path of the repository for relative ones, else the name of the package (`node:` for Node's own). */
export function importedFrom(path: string, specifier: string): string {
  if (specifier.startsWith(".")) return posix.normalize(posix.join(posix.dirname(path), specifier))
  if (specifier.startsWith("node:")) return specifier
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/")
}
