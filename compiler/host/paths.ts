// Paths of a project: relative to its root, parts joined by `/`, no `.` or `..` inside. Flows in: a path as an author
// wrote it and the file it stands in. Flows out: a project path, or why it is none. No file system here.

export type ProjectPath =
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "absolute" }
  /** `..` leads out of the project's folder. */
  | { readonly kind: "outside" }
  /** Empty, a NUL character, or a folder (`a/`). */
  | { readonly kind: "malformed" }

/** Resolves `written` beside the file `from` (a project path; "" for the root). A `\` is a character like any other. */
export function resolvePath(from: string, written: string): ProjectPath {
  if (written === "" || written.includes("\0") || written.endsWith("/")) return { kind: "malformed" }
  if (
    written.startsWith("/") ||
    written.startsWith("\\") ||
    /^[A-Za-z]:/.test(written) ||
    /^[a-z][a-z0-9+.-]*:\/\//i.test(written)
  ) {
    return { kind: "absolute" }
  }
  const parts = from
    .split("/")
    .slice(0, -1)
    .filter(part => part !== "")
  for (const part of written.split("/")) {
    if (part === "" || part === ".") continue
    if (part !== "..") parts.push(part)
    else if (parts.pop() === undefined) return { kind: "outside" }
  }
  const path = parts.join("/")
  const inside = packageRootOf(from)
  // A package reads its own files and nothing of who uses it.
  if (inside !== null && !path.startsWith(`${inside}/`)) return { kind: "outside" }
  return parts.length === 0 ? { kind: "malformed" } : { kind: "path", path }
}

const packageStart = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/

/** The folder of the package a file belongs to; null for the project's own files. */
export function packageRootOf(path: string): string | null {
  return packageStart.exec(path)?.[0] ?? null
}

/** The packages on the way to a file, outermost first: `a`, `b` of `node_modules/a/node_modules/b/x.fmap`. */
export function packagesOf(path: string): readonly string[] {
  const root = packageRootOf(path)
  return root === null ? [] : root.split(/(?:^|\/)node_modules\//).filter(name => name !== "")
}

/** `@fmap/finance` and `orders` of `@fmap/finance/orders`; null where no package can have that name. */
export function packageName(written: string): { readonly name: string; readonly subpath: string } | null {
  const found = /^((?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*)(?:\/(.+))?$/.exec(written)
  return found?.[1] === undefined ? null : { name: found[1], subpath: found[2] ?? "" }
}
