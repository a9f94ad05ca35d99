// Tokens that end. Flows in: a way to fetch one. Flows out: an authorizer that fetches one when it needs it, once for all who wait, before the old one
// ends, and again when the platform refuses it. It knows no platform and no way of asking.
import { CallFailed } from "../../flow/port/failures.ts"
import type { World } from "../../flow/port/world.ts"
import { SecretMissing, type Secrets } from "../secrets/secrets.ts"
import type { Authorizer } from "./ask.ts"

export interface Token {
  readonly value: string
  /** Undefined: the platform does not say. */
  readonly lastsMs?: number
}

/** The last part of a token's life in which it is not used: a call has to arrive inside it. */
const margin = 60_000

export function bearerToken(
  fetchToken: (signal: AbortSignal) => Promise<Token>,
  {
    world,
    secrets,
    scheme = "Bearer",
  }: { readonly world: World; readonly secrets: Secrets; readonly scheme?: string },
): Authorizer {
  let current: { readonly value: string; readonly until: number } | undefined
  let asking: Promise<void> | undefined
  const fetch = async () => {
    // not the signal of one call: others wait for the same token
    const token = await withSecrets(() => fetchToken(new AbortController().signal))
    secrets.hide(token.value)
    const until =
      token.lastsMs === undefined ? Number.POSITIVE_INFINITY : world.now() + token.lastsMs - margin
    current = { value: token.value, until }
  }
  return {
    async headers() {
      while (current === undefined || current.until <= world.now()) {
        asking ??= fetch().finally(() => {
          asking = undefined
        })
        await asking
        // one that lasts less than the margin is used once
        if (current !== undefined) break
      }
      return { authorization: `${scheme} ${current?.value ?? ""}` }
    },
    renew(sent) {
      // another call has renewed it already: this one may just go again
      if (current !== undefined && sent["authorization"] === `${scheme} ${current.value}`) current = undefined
      return true
    },
  }
}

/** A secret that is not there is as a refused one: people have to put it there, and the calls wait. */
export async function withSecrets<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SecretMissing) throw new CallFailed("auth", "SECRET_MISSING", error.message)
    throw error
  }
}
