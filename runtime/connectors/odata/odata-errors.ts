// How services of OData say no, as data. Flows in: bodies of answers. Flows out: codes and texts, and the class each stands for. SAP's codes are `message class/number`.
import type { PlatformErrors } from "../http/ask.ts"
import type { ErrorRule } from "../http/error-table.ts"
import { listOf, memberOf, textOf } from "../http/json-value.ts"

export const odataRules: readonly ErrorRule[] = [
  { code: "CSRF_REQUIRED", failure: "auth" },
  // service protection of Dataverse: count, execution time, requests at one time
  { code: "0x80072322", failure: "throttled", retryAfterMs: 60_000 },
  { code: "0x80072321", failure: "throttled", retryAfterMs: 60_000 },
  { code: "0x80072326", failure: "throttled", retryAfterMs: 10_000 },
  // the state that was read is no longer the newest: nothing was written
  { status: 412, code: "0x80060882", failure: "transient" },
  // a record with the same key
  { code: "0x80040237", failure: "conflict" },
  { code: "0x80060892", failure: "conflict" },
  { status: 412, failure: "transient" },
  // somebody has the document open
  { says: /locked by|is currently being processed|is being processed by/i, failure: "transient" },
  { says: /already exists|duplicate key/i, failure: "conflict" },
]

export const odataErrors: PlatformErrors = {
  rules: odataRules,
  read(body, { status, headers }) {
    if (status === 403 && headers.get("x-csrf-token")?.toLowerCase() === "required")
      return { codes: ["CSRF_REQUIRED"], message: "The CSRF token was refused." }
    if (status < 300) return undefined
    return errorIn(body)
  },
}

export function errorIn(
  body: unknown,
): { readonly codes: readonly string[]; readonly message: string } | undefined {
  const error = memberOf(body, "error")
  const code = textOf(memberOf(error, "code"))
  const message = textOf(memberOf(error, "message", "value")) ?? textOf(memberOf(error, "message"))
  if (code === undefined && message === undefined) return undefined
  const details =
    listOf(memberOf(error, "innererror", "errordetails")) ?? listOf(memberOf(error, "details")) ?? []
  const inner = details.filter(detail => textOf(memberOf(detail, "code")) !== code)
  const codes = [code, ...inner.map(detail => textOf(memberOf(detail, "code")))].filter(
    one => one !== undefined && one !== "",
  )
  const texts = [message, ...inner.map(detail => textOf(memberOf(detail, "message")))].filter(
    one => one !== undefined,
  )
  return { codes: codes.flatMap(one => one ?? []), message: texts.join("; ") || "no reason given" }
}
