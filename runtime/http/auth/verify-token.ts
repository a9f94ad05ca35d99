// Bearer tokens (JWT). Flows in: a token, the keys of who issues them, what is expected. Flows out: a person, or a sentence why not. Signed by an algorithm of the list, by the issuer, for
// this audience, not over: else nobody. What is told of a refusal says nothing of the token.
import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, jwtVerify } from "jose"
import type { SecretReference, Secrets } from "../../connectors/secrets/secrets.ts"
import { NotPossible } from "../../flow/port/failures.ts"
import type { World } from "../../flow/port/world.ts"
import { type Person, type RoleClaim, roleIn } from "./person.ts"

/** Keys of one kind go with algorithms of one kind: a public key is never the secret of an HMAC. */
export type TokenKeys =
  /** Shared secrets of at least 32 bytes. Any of them signs, so that they can be changed. */
  | { readonly kind: "secret"; readonly secrets: Secrets; readonly references: readonly SecretReference[] }
  /** Public keys: of a file, say. Asked again now and then. */
  | { readonly kind: "keys"; readonly load: () => Promise<unknown> }
  /** Public keys at an address of the issuer. */
  | { readonly kind: "address"; readonly url: string }

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

const asymmetric = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
const symmetric = ["HS256", "HS384", "HS512"]
const freshMs = 60_000
const longestToken = 8_192

function algorithmsOf(keys: Pick<TokenKeys, "kind">): readonly string[] {
  return keys.kind === "secret" ? symmetric : asymmetric
}

/** Throws NotPossible for rules that cannot be kept. */
export function tokenVerifier(rules: TokenRules, world: World): Verifier {
  const { issuer, audience, keys, toleranceSeconds = 30, role = {} } = rules
  const algorithms = [...(rules.algorithms ?? algorithmsOf(keys))]
  const wrong = algorithms.find(name => !algorithmsOf(keys).includes(name))
  if (wrong !== undefined)
    throw new NotPossible(
      `${wrong} is no algorithm for ${keys.kind === "secret" ? "a shared secret" : "public keys"}; there are ${algorithmsOf(keys).join(", ")}`,
    )
  if (algorithms.length === 0 || issuer === "" || audience === "")
    throw new NotPossible("Tokens need an issuer, an audience and an algorithm")
  if (!(toleranceSeconds >= 0 && toleranceSeconds <= 300))
    throw new NotPossible("Clocks may be 300 seconds apart at most")
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
    if (token.length > longestToken || !/^[\w-]+\.[\w-]+\.[\w-]+$/u.test(token)) return refused(unreadable)
    let claims: Readonly<Record<string, unknown>>
    try {
      claims = await verify(token)
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error
      return refused(error instanceof errors.JWTExpired ? "The token is over." : unreadable)
    }
    const { sub, exp } = claims
    if (typeof sub !== "string" || !/^[^\p{Cc}]{1,200}$/u.test(sub) || typeof exp !== "number")
      return refused(unreadable)
    const found = roleIn(claims, role)
    if (found === "none") return { ...refused("The token names no role of this service."), known: true }
    if (found === "several")
      return { ...refused("The token names several roles, and a person acts in one."), known: true }
    return { kind: "person", person: { subject: sub, role: found, until: exp * 1_000 } }
  }
}

const unreadable = "The token is not one this service takes."

function refused(why: string): Verified & { readonly kind: "refused" } {
  return { kind: "refused", why, known: false }
}

type Claims = Readonly<Record<string, unknown>>
type Options = () => Parameters<typeof jwtVerify>[2] & object

function verifyingWith(keys: TokenKeys, options: Options, world: World): (token: string) => Promise<Claims> {
  switch (keys.kind) {
    case "address": {
      const { protocol, hostname } = new URL(keys.url)
      if (protocol !== "https:" && !["127.0.0.1", "localhost", "[::1]"].includes(hostname))
        throw new NotPossible("Keys of an issuer are fetched by https only")
      const remote = createRemoteJWKSet(new URL(keys.url), { timeoutDuration: 5_000 })
      return async token => (await jwtVerify(token, remote, options())).payload
    }
    case "keys": {
      const fresh = kept(async () => keySet(await keys.load()), world)
      return async token => (await jwtVerify(token, await fresh(), options())).payload
    }
    case "secret": {
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
  }
}

function keySet(read: unknown): ReturnType<typeof createLocalJWKSet> {
  try {
    return createLocalJWKSet(read as JSONWebKeySet)
  } catch (error) {
    throw new NotPossible("What stands where keys should be is no key set (JWKS)", { cause: error })
  }
}

async function secretsOf({
  secrets,
  references,
}: TokenKeys & { kind: "secret" }): Promise<readonly Uint8Array[]> {
  const all = await Promise.all(references.map(reference => secrets.get(reference)))
  const bytes = all.map(text => new TextEncoder().encode(text))
  if (bytes.length === 0 || bytes.some(({ length }) => length < 32))
    throw new NotPossible("A secret that signs tokens has at least 32 bytes")
  return bytes
}

function kept<T>(load: () => Promise<T>, world: World): () => Promise<T> {
  let held: { readonly value: T; readonly at: number } | undefined
  return async () => {
    if (held !== undefined && world.now() - held.at < freshMs) return held.value
    held = { value: await load(), at: world.now() }
    return held.value
  }
}
