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
  return parts.length === 0 ? { kind: "malformed" } : { kind: "path", path: parts.join("/") }
}
