// What went wrong, for programs and people (RFC 9457). Flows in: a code of the table. Flows out: a problem with its status. It repeats nothing of a request but what its caller may know.
import type { Issue } from "../results/issue.ts"

/** Codes are never reused. */
export const problemCodes = {
  BAD_REQUEST: { status: 400, title: "The request is not one this service knows" },
  UNAUTHENTICATED: { status: 401, title: "Who asks is not known" },
  FORBIDDEN: { status: 403, title: "The role may not do this" },
  NOT_FOUND: { status: 404, title: "There is no such thing" },
  METHOD_NOT_ALLOWED: { status: 405, title: "This cannot be done here" },
  CONFLICT: { status: 409, title: "It does not fit what is there" },
  ID_REUSED: { status: 409, title: "The key was sent before with another payload" },
  TOO_LARGE: { status: 413, title: "The request is too large" },
  NOT_JSON: { status: 415, title: "The request has to be application/json" },
  MISDIRECTED: { status: 421, title: "This service has another name" },
  REFUSED: { status: 422, title: "The record does not keep its contract" },
  STOPPED: { status: 422, title: "The flow stopped" },
  TOO_MANY_TRIES: { status: 429, title: "Too many tries failed" },
  DEFECT: { status: 500, title: "A defect of this service" },
  KEYS_MISSING: { status: 503, title: "Tokens cannot be judged at the moment" },
  BACK_PRESSURE: { status: 503, title: "More is open than the flow takes" },
  STORE_FAILED: { status: 503, title: "The ledger takes nothing at the moment" },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>

export type ProblemCode = keyof typeof problemCodes

export interface Problem {
  readonly kind: "problem"
  readonly code: ProblemCode
  /** One sentence. */
  readonly detail: string
  readonly issues?: readonly Issue[]
  readonly retryAfterSeconds?: number
  /** Of a flow that stopped: its own code. */
  readonly because?: string
}

export function problem(
  code: ProblemCode,
  detail: string,
  more: Pick<Problem, "issues" | "retryAfterSeconds" | "because"> = {},
): Problem {
  return { kind: "problem", code, detail: detail.endsWith(".") ? detail : `${detail}.`, ...more }
}

export function isProblem(value: object): value is Problem {
  return "kind" in value && value.kind === "problem"
}

/** As it stands in an answer. */
export function problemDocument({ code, detail, issues, because }: Problem): object {
  const { status, title } = problemCodes[code]
  return {
    type: `urn:fmap:problem:${code.toLowerCase().replaceAll("_", "-")}`,
    title,
    status,
    detail,
    code,
    because,
    issues,
  }
}
