// What an error of PostgreSQL means. Flows in: an error. Flows out: whether the same may be tried again at once, may work later, or is a bug.

export type DatabaseFailure = "again" | "later" | "bug"

/** Serialisation failures and deadlocks: nothing happened, and the other one is through. */
const again: ReadonlySet<string> = new Set(["40001", "40P01"])
/** Connections, who is let in, databases that are not there, resources, an operator who stops the server, a disk that fails. */
const laterClasses: ReadonlySet<string> = new Set(["08", "28", "3D", "53", "57", "58"])

export function failureOf(error: unknown): DatabaseFailure {
  if (!(error instanceof Error)) return "bug"
  const code = "code" in error && typeof error.code === "string" ? error.code : ""
  if (again.has(code)) return "again"
  // A read-only server is one that is being replaced.
  if (laterClasses.has(code.slice(0, 2)) || code === "25006") return "later"
  if (/^E[A-Z]+$/u.test(code)) return "later"
  return /connection terminated|connection ended|timeout exceeded when trying to connect|not queryable/iu.test(
    error.message,
  )
    ? "later"
    : "bug"
}
