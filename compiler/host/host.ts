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

export interface Host {
  /** Reads a file of the project, at most `limit` bytes of it (larger: `tooBig`, and nothing is read). */
  readonly readFile: (path: string, limit: number) => FileRead
  /** A readable file of the project stands there. Never tells about anything outside the project's folder. */
  readonly exists: (path: string) => boolean
}
