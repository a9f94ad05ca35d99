// How NetSuite says no, as data. Flows in: bodies of answers. Flows out: codes and texts, and the class each stands for.
import type { PlatformErrors } from "../http/ask.ts"
import type { ErrorRule } from "../http/error-table.ts"
import { memberOf, textOf } from "../http/json-value.ts"
import { oracleErrorText } from "../http/oracle-errors.ts"

export const netsuiteRules: readonly ErrorRule[] = [
  // one budget of an account for all that talk to it
  { status: 429, failure: "throttled", retryAfterMs: 5_000 },
  { code: "SSS_REQUEST_LIMIT_EXCEEDED", failure: "throttled", retryAfterMs: 5_000 },
  { code: "CONCURRENCY_LIMIT_EXCEEDED", failure: "throttled", retryAfterMs: 5_000 },
  { code: "INVALID_LOGIN", failure: "auth" },
  { code: "INVALID_LOGIN_ATTEMPT", failure: "auth" },
  { code: "invalid_grant", failure: "auth" },
  { code: "invalid_client", failure: "auth" },
  { code: "invalid_request", failure: "auth" },
  // somebody saved the record at the same time: nothing was written
  { code: "RCRD_HAS_BEEN_CHANGED", failure: "transient" },
  { code: "DUP_ENTITY", failure: "conflict" },
  { code: "DUP_RCRD", failure: "conflict" },
  { code: "DUP_ITEM", failure: "conflict" },
  { says: /already exists/i, failure: "conflict" },
  { code: "UNEXPECTED_ERROR", failure: "in-doubt" },
]

export const netsuiteErrors: PlatformErrors = {
  rules: netsuiteRules,
  read(body, { status }) {
    if (status < 300) return undefined
    const oauth = textOf(memberOf(body, "error"))
    return oauth === undefined
      ? oracleErrorText(body)
      : { codes: [oauth], message: textOf(memberOf(body, "error_description")) ?? oauth }
  },
}
