// Bearer tokens (JWT). Flows in: a token, the keys of who issues them, what is expected. Flows out: a person, or a sentence why not. Signed by an algorithm of the list, by the issuer, for
// this audience, not over: else nobody. What is told of a refusal says nothing of the token.
import { errors, jwtVerify } from "jose"
import type { SecretReference, Secrets } from "../../connectors/secrets/secrets.ts"
import { NotPossible } from "../../flow/port/failures.ts"
import type { World } from "../../flow/port/world.ts"
import { type KeyLookup, kept, loadedKeys, lookupOf } from "./key-lookup.ts"
import { isSubject, type Person, type RoleClaim, roleIn } from "./person.ts"

/** Keys of one kind go with algorithms of one kind: a public key is never the secret of an HMAC. */
export type TokenKeys =
  /** Shared secrets of at least 32 bytes. Any of them signs, so that they can be changed. */
  | { readonly kind: "secret"; readonly secrets: Secrets; readonly references: readonly SecretReference[] }
  /** Public keys: of a file, say. Asked again now and then. */
  | { readonly kind: "keys"; readonly load: () => Promise<unknown> }
  /** Public keys at an address of the issuer. */
  | { readonly kind: "address"; readonly url: string }
  /** Public keys that somebody else has too: the login of people at the same issuer. */
  | { readonly kind: "lookup"; readonly find: KeyLookup }

export interface TokenRules {
  readonly issuer: string
  readonly audience: string
  readonly keys: TokenKeys
  /** Those that fit the keys where absent: `RS…`, `PS…`, `ES…` and `EdDSA`, or `HS…`. */
  readonly algorithms?: readonly string[]
  /** Between our clock and theirs; 30 where absent, 300 at most. */
  readonly toleranceSeconds?: number
  readonly role?: RoleClaim
}

export type Verified =
  | { readonly kind: "person"; readonly person: Person }
  /** `known`: the token is good, and the person may not enter. */
  | { readonly kind: "refused"; readonly why: string; readonly known: boolean }

/** Rejects where keys or secrets cannot be had: then nobody is judged. */
export type Verifier = (token: string) => Promise<Verified>

export type Claims = Readonly<Record<string, unknown>>

/** What is wrong with a token: it is over, its algorithm is none of the list, the issuer's keys did not sign it, or anything else. */
export type ClaimsVerified =
  | { readonly kind: "claims"; readonly claims: Claims }
  | { readonly kind: "refused"; readonly why: "over" | "algorithm" | "signature" | "unreadable" }

const asymmetric = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
const symmetric = ["HS256", "HS384", "HS512"]
const longestToken = 8_192

function algorithmsOf(keys: Pick<TokenKeys, "kind">): readonly string[] {
  return keys.kind === "secret" ? symmetric : asymmetric
}

/** Throws NotPossible for rules that cannot be kept. */
export function tokenVerifier(rules: TokenRules, world: World): Verifier {
  const verify = claimsVerifier(rules, world)
  return async token => {
    const verified = await verify(token)
    if (verified.kind === "refused")
      return refused(verified.why === "over" ? "The token is over." : unreadable)
    const { sub, exp } = verified.claims
    if (!isSubject(sub) || typeof exp !== "number") return refused(unreadable)
    const found = roleIn(verified.claims, rules.role ?? {})
    if (found === "none") return { ...refused("The token names no role of this service."), known: true }
    if (found === "several")
      return { ...refused("The token names several roles, and a person acts in one."), known: true }
    return { kind: "person", person: { subject: sub, role: found, until: exp * 1_000 } }
  }
}

/** The claims of a token that is good: signed, for this audience, not over. Throws as `tokenVerifier` does; rejects where keys or secrets cannot be had. */
export function claimsVerifier(
  rules: Omit<TokenRules, "role">,
  world: World,
): (token: string) => Promise<ClaimsVerified> {
  const { issuer, audience, keys, toleranceSeconds = 30 } = rules
  const algorithms = [...(rules.algorithms ?? algorithmsOf(keys))]
  const wrong = algorithms.find(name => !algorithmsOf(keys).includes(name))
  if (wrong !== undefined)
    throw new NotPossible(
      "FM8505",
      `${wrong} is no algorithm for ${keys.kind === "secret" ? "a shared secret" : "public keys"}; there are ${algorithmsOf(keys).join(", ")}`,
    )
  if (algorithms.length === 0 || issuer === "" || audience === "")
    throw new NotPossible("FM8505", "Tokens need an issuer, an audience and an algorithm")
  if (!(toleranceSeconds >= 0 && toleranceSeconds <= 300))
    throw new NotPossible("FM8505", "Clocks may be 300 seconds apart at most")
  const options = () => ({
    issuer,
    audience,
    algorithms: algorithms as never,
    clockTolerance: toleranceSeconds,
    currentDate: new Date(world.now()),
    requiredClaims: ["sub", "exp", "iss", "aud"],
  })
  const verify = verifyingWith(keys, options, world)
  return async token => {
    if (token.length > longestToken || !/^[\w-]+\.[\w-]+\.[\w-]+$/u.test(token))
      return { kind: "refused", why: "unreadable" }
    try {
      return { kind: "claims", claims: await verify(token) }
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error
      return { kind: "refused", why: whyNot(error) }
    }
  }
}

function whyNot(error: errors.JOSEError): (ClaimsVerified & { readonly kind: "refused" })["why"] {
  if (error instanceof errors.JWTExpired) return "over"
  if (error instanceof errors.JOSEAlgNotAllowed) return "algorithm"
  return error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey
    ? "signature"
    : "unreadable"
}

const unreadable = "The token is not one this service takes."

function refused(why: string): Verified & { readonly kind: "refused" } {
  return { kind: "refused", why, known: false }
}

type Options = () => Parameters<typeof jwtVerify>[2] & object

function verifyingWith(keys: TokenKeys, options: Options, world: World): (token: string) => Promise<Claims> {
  if (keys.kind === "keys") {
    const fresh = loadedKeys(keys.load, world)
    return async token => (await jwtVerify(token, await fresh(), options())).payload
  }
  if (keys.kind !== "secret") {
    const find = lookupOf(keys, world)
    return async token => (await jwtVerify(token, find, options())).payload
  }
  const fresh = kept(async () => secretsOf(keys), world)
  return async token => {
    let last: unknown
    for (const secret of await fresh()) {
      try {
        return (await jwtVerify(token, secret, options())).payload
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error
        last = error
      }
    }
    throw last
  }
}

async function secretsOf({
  secrets,
  references,
}: TokenKeys & { kind: "secret" }): Promise<readonly Uint8Array[]> {
  const all = await Promise.all(references.map(reference => secrets.get(reference)))
  const bytes = all.map(text => new TextEncoder().encode(text))
  if (bytes.length === 0 || bytes.some(({ length }) => length < 32))
    throw new NotPossible("FM8505", "A secret that signs tokens has at least 32 bytes")
  return bytes
}
