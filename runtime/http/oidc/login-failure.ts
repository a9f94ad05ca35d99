// Why a login failed, from what the library and the network throw. Flows in: an error. Flows out: a refusal of the table, with a sentence for who runs the service. Texts of the issuer are not repeated:
// they may hold a code or a name. Of its error codes the letters are.
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from "openid-client"
import { addressRefused } from "../../connectors/http/checked-lookup.ts"
import { ExchangeFailed } from "../../connectors/http/exchange.ts"
import { SecretMissing } from "../../connectors/secrets/secrets.ts"
import { NotPossible } from "../../flow/port/failures.ts"
import type { LoginProblem, LoginRefused } from "../auth/login.ts"

/** What our own steps throw on the way. */
export class LoginFailed extends Error {
  override readonly name = "LoginFailed"
  readonly code: LoginProblem

  constructor(code: LoginProblem, message: string) {
    super(message)
    this.code = code
  }
}

export function loginFailure(error: unknown): LoginRefused {
  const chain = causesOf(error)
  const own = chain.find(one => one instanceof LoginFailed)
  if (own !== undefined) return refused(own.code, own.message)
  const missing = chain.find(one => one instanceof SecretMissing)
  if (missing !== undefined) return refused("SECRET_MISSING", `${missing.message}.`)
  const network = chain.find(one => one instanceof ExchangeFailed)
  if (network !== undefined)
    return network.code === addressRefused
      ? refused("ISSUER_WRONG", `${network.message} What it may reach stand in \`hosts\` and \`reach\`.`)
      : refused("ISSUER_DOWN", `The issuer cannot be reached (${network.code}).`)
  if (chain.some(one => one instanceof NotPossible || isTimeout(one)))
    return refused("ISSUER_DOWN", "The issuer, or its keys, did not answer as they should in time.")
  if (error instanceof AuthorizationResponseError) return ofAuthorization(wordOf(error.error))
  if (error instanceof ResponseBodyError) return ofToken(wordOf(error.error))
  if (error instanceof WWWAuthenticateChallengeError) return ofToken("invalid_client")
  return ofAnswer(error, chain)
}

function ofAuthorization(word: string): LoginRefused {
  if (word === "server_error" || word === "temporarily_unavailable")
    return { ...refused("ISSUER_DOWN", `The issuer says ${word}.`), word }
  return ["invalid_request", "invalid_scope", "unauthorized_client", "unsupported_response_type"].includes(
    word,
  )
    ? {
        ...refused("CLIENT_REFUSED", `The issuer says ${word}: its registration of the client does not fit.`),
        word,
      }
    : { kind: "refused", code: "ISSUER_REFUSED", word }
}

function ofToken(word: string): LoginRefused {
  if (word === "invalid_grant") return { kind: "refused", code: "CODE_OVER", word }
  return word === "invalid_client" || word === "unauthorized_client"
    ? {
        ...refused("CLIENT_REFUSED", `The issuer says ${word}: it does not take the client or its secret.`),
        word,
      }
    : { ...refused("ISSUER_WRONG", `The issuer says ${word} where it was asked for tokens.`), word }
}

/** The library tells what was wrong in the causes of what it throws: a claim, or the head of a token. */
function ofAnswer(error: unknown, chain: readonly unknown[]): LoginRefused {
  const code = error instanceof ClientError ? (error.code ?? "") : ""
  const said = chain.find(
    one => typeof one === "object" && one !== null && ("claim" in one || "header" in one),
  )
  const claim =
    said !== undefined && "claim" in (said as object) ? (said as { claim: unknown }).claim : undefined
  if (code === "OAUTH_JWT_TIMESTAMP_CHECK_FAILED")
    return refused("TOKEN_TIME", "An ID token was over, or not good yet: look at both clocks.")
  if (code === "OAUTH_JWT_CLAIM_COMPARISON_FAILED") return ofClaim(claim)
  if (said !== undefined && "header" in (said as object))
    return refused("TOKEN_ALGORITHM", "An ID token came with an algorithm that is not taken.")
  if (chain.some(one => typeof one === "object" && one !== null && "claims" in one))
    return refused("TOKEN_REFUSED", "An ID token lacks a claim it needs, or has one of another kind.")
  const answer = chain.find(one => one instanceof Response)
  if (answer !== undefined && answer.status >= 500)
    return refused("ISSUER_DOWN", `The issuer answers with the status ${answer.status}.`)
  return refused(
    "ISSUER_WRONG",
    `The issuer's answer is not one of OpenID Connect (${code === "" ? "no code" : code.toLowerCase()}).`,
  )
}

function ofClaim(claim: unknown): LoginRefused {
  switch (claim) {
    case "nonce":
      return { kind: "refused", code: "TOKEN_NONCE" }
    case "aud":
    case "azp":
      return refused("TOKEN_AUDIENCE", "An ID token was meant for another client.")
    case "iss":
      return refused("TOKEN_ISSUER", "An ID token names another issuer.")
    default:
      return { kind: "refused", code: "TOKEN_REFUSED" }
  }
}

function refused(code: LoginProblem, operator: string): LoginRefused {
  return { kind: "refused", code, operator }
}

function wordOf(word: unknown): string {
  return typeof word === "string" && /^[a-z_]{1,60}$/u.test(word) ? word : "another_error"
}

function isTimeout(error: unknown): boolean {
  return error instanceof ClientError && ["OAUTH_TIMEOUT", "OAUTH_ABORT"].includes(error.code ?? "")
}

/** The error, and what caused it, over a few steps. */
function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = []
  for (let at = error; at !== undefined && at !== null && chain.length < 8; )
    chain.push(at), (at = (at as { readonly cause?: unknown }).cause)
  return chain
}
