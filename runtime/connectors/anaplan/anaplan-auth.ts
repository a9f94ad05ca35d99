// Tokens of Anaplan. Flows in: references of secrets. Flows out: an authorizer. A token ends after 35 minutes unless it is renewed; a new one costs nothing.
import { type Authorizer, ask, failure, type Line } from "../http/ask.ts"
import { bearerToken } from "../http/bearer-token.ts"
import { authorizerOf } from "../http/credentials.ts"
import { memberOf, textOf } from "../http/json-value.ts"
import type { AnaplanAuth } from "./anaplan-options.ts"

export const anaplanTokens = "https://auth.anaplan.com/token/authenticate"

const lastsMs = 30 * 60_000

export function anaplanAuthorizer(auth: AnaplanAuth, line: Omit<Line, "authorizer">): Authorizer {
  if (auth.kind === "bearer") return authorizerOf(auth, line)
  const login: Line = { ...line, authorizer: authorizerOf({ ...auth, kind: "basic" }, line) }
  return bearerToken(
    async signal => {
      const { body } = await ask(
        login,
        { method: "POST", url: auth.url ?? anaplanTokens, isSafe: true },
        { signal },
      )
      const value = textOf(memberOf(body, "tokenInfo", "tokenValue"))
      if (value === undefined)
        throw failure(
          line,
          true,
          { failure: "transient" },
          "BAD_ANSWER",
          "The answer of the token service has no tokenValue.",
        )
      return { value, lastsMs }
    },
    { ...line, scheme: "AnaplanAuthToken" },
  )
}
