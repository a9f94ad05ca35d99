// What PostgreSQL's errors mean for a call. Flows in: an error and how far the call was. Flows out: CallFailed. A server that answers has undone the transaction; a
// connection that breaks while a transaction ends leaves a doubt.
import { CallFailed, type FailureClass } from "../../flow/port/failures.ts"

/** `open`: no connection yet. `work`: inside a transaction. `end`: while it was being ended. */
export type Stage = "open" | "work" | "end"

/** By SQLSTATE; a class by its first two characters. */
const classes: Readonly<Record<string, FailureClass>> = {
  "23505": "conflict",
  "40001": "transient",
  "40P01": "transient",
  "55P03": "transient",
  "57014": "transient",
  "25006": "transient",
  "28": "auth",
  "3D": "auth",
  "42501": "auth",
  "08": "transient",
  "53": "transient",
  "57": "transient",
  "58": "transient",
}

export function postgresFailure(
  system: string,
  error: unknown,
  stage: Stage,
  mask: (text: string) => string,
): CallFailed {
  if (error instanceof CallFailed) return error
  const { code, message } = partsOf(error)
  const text = mask(`${system}: ${message}`).slice(0, 500)
  const isState = code !== undefined && /^[0-9A-Z]{5}$/.test(code)
  if (!isState) return new CallFailed(stage === "end" ? "in-doubt" : "transient", code ?? "NETWORK", text)
  const found = classes[code] ?? classes[code.slice(0, 2)] ?? "rejected"
  // the server went away while it was committing: perhaps after
  const isLost = stage === "end" && (code.startsWith("08") || code.startsWith("57P"))
  return new CallFailed(isLost ? "in-doubt" : found, code, text)
}

function partsOf(error: unknown): { readonly code: string | undefined; readonly message: string } {
  const { code, detail } = error as { readonly code?: unknown; readonly detail?: unknown }
  const message = error instanceof Error ? error.message : String(error)
  return {
    code: typeof code === "string" ? code : undefined,
    message: typeof detail === "string" ? `${message} (${detail})` : message,
  }
}
