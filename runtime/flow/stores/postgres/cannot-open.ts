// Why a database cannot be opened as a ledger, in a sentence that says what to do. Flows in: what was thrown when it was opened, the connection. Flows out: the error to throw.
import { NotPossible, StoreFailed } from "../../port/failures.ts"
import { failureOf } from "./failure-of.ts"
import { refusedToMake } from "./may-make.ts"
import { withoutPassword } from "./without-password.ts"

export function cannotOpen(error: unknown, connection: string): unknown {
  if (!(error instanceof Error) || error instanceof NotPossible) return error
  const help = helpFor(error)
  if (help !== undefined)
    return new NotPossible(
      "FM8406",
      `The ledger ${withoutPassword(connection)} cannot be opened (${error.message}): ${help}`,
      { cause: error },
    )
  return failureOf(error) === "later" ? new StoreFailed(error) : refusedToMake(error, connection)
}

function helpFor(error: Error): string | undefined {
  const code = "code" in error && typeof error.code === "string" ? error.code : ""
  if (code === "3D000") return "make the database first (CREATE DATABASE), fmap makes only tables in it"
  if (code.startsWith("28") || /^SASL|password must be a string/u.test(error.message))
    return "check user and password of the connection, and what the server lets in"
  if (code === "ERR_INVALID_URL" || error instanceof URIError)
    return "write postgres://user@host/database, and %40 for an @ in a password"
  if (/certificate|does not support SSL|CERT_/iu.test(`${error.message} ${code}`))
    return "check sslmode of the connection, and the certificates of the server"
  return undefined
}
