// A token of our own, where a shared secret is configured: to try a service out, and for programs of one machine. Flows in: who, in which role, for how long, the secret. Flows out: a token. Whoever may read the secret
// can make one; so it says nothing that the secret does not.
import { SignJWT } from "jose"
import { NotPossible } from "../../flow/port/failures.ts"
import type { World } from "../../flow/port/world.ts"

export interface TokenSaid {
  readonly subject: string
  /** What stands in the claim: the name of a role, or the word that means it. */
  readonly role: string
  readonly claim: string
  readonly issuer: string
  readonly audience: string
  readonly minutes: number
}

const longestMinutes = 12 * 60

/** Throws NotPossible for a secret of less than 32 bytes, and for more than twelve hours. */
export async function signToken(said: TokenSaid, secret: string, world: World): Promise<string> {
  const key = new TextEncoder().encode(secret)
  if (key.length < 32) throw new NotPossible("FM8505", "A secret that signs tokens has at least 32 bytes")
  if (!(said.minutes >= 1 && said.minutes <= longestMinutes))
    throw new NotPossible("FM8505", "A token is good for 1 to 720 minutes")
  const now = Math.floor(world.now() / 1_000)
  return new SignJWT({ [said.claim]: said.role })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(said.subject)
    .setIssuer(said.issuer)
    .setAudience(said.audience)
    .setIssuedAt(now)
    .setExpirationTime(now + Math.round(said.minutes * 60))
    .sign(key)
}
