// How Salesforce says no, as data. Flows in: bodies of answers. Flows out: codes and texts, and the class each code stands for.
// A list of errors from the record services, one object from the token service.
import type { ErrorText, PlatformErrors } from "../http/ask.ts"
import type { ErrorRule } from "../http/error-table.ts"
import { listOf, memberOf, textOf } from "../http/json-value.ts"

export const salesforceRules: readonly ErrorRule[] = [
  // several records have this external id: more than one order would be the answer
  { status: 300, failure: "rejected" },
  { code: "REQUEST_LIMIT_EXCEEDED", failure: "throttled", retryAfterMs: 15 * 60_000 },
  { code: "TXN_SECURITY_METERING_ERROR", failure: "throttled", retryAfterMs: 60_000 },
  { code: "UNABLE_TO_LOCK_ROW", failure: "transient" },
  { code: "QUERY_TIMEOUT", failure: "transient" },
  { code: "SERVER_UNAVAILABLE", failure: "transient" },
  { code: "INVALID_SESSION_ID", failure: "auth" },
  { code: "INVALID_AUTH_HEADER", failure: "auth" },
  { code: "API_DISABLED_FOR_ORG", failure: "auth" },
  { code: "API_CURRENTLY_DISABLED", failure: "auth" },
  { code: "INVALID_LOGIN", failure: "auth" },
  { code: "invalid_grant", failure: "auth" },
  { code: "invalid_client", failure: "auth" },
  { code: "invalid_client_id", failure: "auth" },
  { code: "unauthorized_client", failure: "auth" },
  { code: "DUPLICATE_VALUE", failure: "conflict" },
  { code: "DUPLICATES_DETECTED", failure: "conflict" },
  { code: "ENTITY_IS_DELETED", failure: "conflict" },
  { code: "UNKNOWN_EXCEPTION", failure: "in-doubt" },
]

export const salesforceErrors: PlatformErrors = {
  rules: salesforceRules,
  read(body, { status }) {
    if (status === 300) return { codes: ["MULTIPLE_CHOICES"], message: severalMessage(body) }
    const oauth = textOf(memberOf(body, "error"))
    if (oauth !== undefined)
      return { codes: [oauth], message: textOf(memberOf(body, "error_description")) ?? oauth }
    if (status < 300) return undefined
    return errorsText(body)
  },
}

/** Of a failed answer, and of one item of a collection. */
export function errorsText(errors: unknown): ErrorText | undefined {
  const list = listOf(errors) ?? []
  const codes = list.flatMap(
    error => textOf(memberOf(error, "errorCode")) ?? textOf(memberOf(error, "statusCode")) ?? [],
  )
  if (codes.length === 0) return undefined
  const texts = list.map(error => {
    const fields = (listOf(memberOf(error, "fields")) ?? []).filter(field => typeof field === "string")
    return `${textOf(memberOf(error, "message")) ?? "no reason given"}${fields.length === 0 ? "" : ` (${fields.join(", ")})`}`
  })
  return { codes, message: texts.join("; ") }
}

function severalMessage(body: unknown): string {
  const places = (listOf(body) ?? []).filter(place => typeof place === "string")
  return `${places.length === 0 ? "Several" : places.length} records have this external id: ${places.slice(0, 5).join(", ")}`
}
