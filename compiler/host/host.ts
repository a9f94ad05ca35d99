// The only way the compiler touches the world. Flows in: project-relative paths with `/`. Flows out: bytes, or why
// there are none. Phases never see a file system; a host never sees the language.

/** What reading a file gave. No case is an exception. */
export type FileRead =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "missing" }
  /** It leaves the project's folder, also by way of a symbolic link. */
  | { readonly kind: "outside" }
  | { readonly kind: "tooBig"; readonly size: number }
  /** It is there and cannot be read; `reason` completes "cannot be read: …". */
  | { readonly kind: "unreadable"; readonly reason: string }

/**
 * Files of installed packages have paths as if the package lay in the project: `node_modules/@fmap/finance/orders.fmap`, and the
 * package of a package `node_modules/a/node_modules/b`. Where it really lies, higher up or behind a link, is the host's business.
 */
export interface Host {
  /** The folder of a package as the file `from` sees it; null when it is not installed. Without it there are no packages. */
  readonly packageFolder?: (from: string, name: string) => string | null
  /** Reads a file of the project, at most `limit` bytes of it (larger: `tooBig`, and nothing is read). */
  readonly readFile: (path: string, limit: number) => FileRead
  /** A readable file of the project stands there. Never tells about anything outside the project's folder. */
  readonly exists: (path: string) => boolean
}
