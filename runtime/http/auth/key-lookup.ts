// Public keys of an issuer, as tokens and logins look them up. Flows in: where the keys are. Flows out: a lookup by the head of a token, which rejects with NotPossible where the keys cannot be had.
// Who signed is judged by them; that they cannot be had says nothing of a token.
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JSONWebKeySet,
  type JWTVerifyGetKey,
} from "jose"
import { NotPossible } from "../../flow/port/failures.ts"
import type { World } from "../../flow/port/world.ts"

export type KeyLookup = JWTVerifyGetKey

export type KeyPlace =
  | { readonly kind: "keys"; readonly load: () => Promise<unknown> }
  | { readonly kind: "address"; readonly url: string }
  | { readonly kind: "lookup"; readonly find: KeyLookup }

const freshMs = 60_000

/** Throws NotPossible for an address that is not https. */
export function lookupOf(place: KeyPlace, world: World): KeyLookup {
  switch (place.kind) {
    case "lookup":
      return place.find
    case "address": {
      const { protocol, hostname } = new URL(place.url)
      if (protocol !== "https:" && !["127.0.0.1", "localhost", "[::1]"].includes(hostname))
        throw new NotPossible("FM8505", "Keys of an issuer are fetched by https only")
      return remoteKeys(place.url)
    }
    case "keys": {
      const fresh = loadedKeys(place.load, world)
      return async (head, token) => (await fresh())(head, token)
    }
  }
}

/** Loaded again now and then. Rejects where there is no key set. */
export function loadedKeys(load: () => Promise<unknown>, world: World): () => Promise<KeyLookup> {
  return kept(async () => keySet(await load()), world)
}

/** Fetched when they are needed, and again when a token names a key that is not among them. `ask`: instead of Node's own fetch. */
export function remoteKeys(url: string, ask?: FetchImplementation): KeyLookup {
  const remote = createRemoteJWKSet(new URL(url), {
    timeoutDuration: 5_000,
    ...(ask === undefined ? {} : { [customFetch]: ask }),
  })
  return async (head, token) => {
    try {
      return await remote(head, token)
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error
      if (notHad.has(error.code))
        throw new NotPossible("FM8505", "The keys of the issuer cannot be had", { cause: error })
      throw error
    }
  }
}

/** What jose says of an answer that is no key set; what it says of the token has codes of its own. */
const notHad: ReadonlySet<string> = new Set([
  errors.JOSEError.code,
  errors.JWKSTimeout.code,
  errors.JWKSInvalid.code,
])

function keySet(read: unknown): ReturnType<typeof createLocalJWKSet> {
  try {
    return createLocalJWKSet(read as JSONWebKeySet)
  } catch (error) {
    throw new NotPossible("FM8505", "What stands where keys should be is no key set (JWKS)", { cause: error })
  }
}

export function kept<T>(load: () => Promise<T>, world: World): () => Promise<T> {
  let held: { readonly value: T; readonly at: number } | undefined
  return async () => {
    if (held !== undefined && world.now() - held.at < freshMs) return held.value
    held = { value: await load(), at: world.now() }
    return held.value
  }
}
