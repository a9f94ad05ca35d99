// A login that is under way, in the browser's own cookie. Flows in: what has to come back unchanged. Flows out: a text only this process can make and read, and what was in it. It is good for ten minutes, and taken once.
// It lies with the browser, so that nobody who begins logins without end can push out those of others.
import { randomBytes } from "node:crypto"
import { EncryptJWT, errors, jwtDecrypt } from "jose"
import type { World } from "../../flow/port/world.ts"

export interface Attempt {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  readonly redirect: string
  readonly to: string
}

export interface Attempts {
  seal(attempt: Attempt): Promise<string>
  /** Undefined: it is none of ours, or over. */
  open(sealed: string): Promise<Attempt | undefined>
  /** False: it was taken before. */
  take(attempt: Attempt): boolean
}

const lastsSeconds = 10 * 60
const most = 10_000
const members = ["state", "nonce", "verifier", "redirect", "to"] as const

export function createAttempts(world: World): Attempts {
  const key = randomBytes(32)
  const taken = new Map<string, number>()
  const seconds = () => Math.floor(world.now() / 1_000)
  return {
    seal: attempt =>
      new EncryptJWT({ ...attempt })
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .setExpirationTime(seconds() + lastsSeconds)
        .encrypt(key),
    async open(sealed) {
      try {
        const { payload } = await jwtDecrypt(sealed, key, {
          keyManagementAlgorithms: ["dir"],
          contentEncryptionAlgorithms: ["A256GCM"],
          currentDate: new Date(world.now()),
          requiredClaims: ["exp", ...members],
        })
        const [state, nonce, verifier, redirect, to] = members.map(name => String(payload[name]))
        return { state, nonce, verifier, redirect, to } as Attempt
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
    take({ state }) {
      if (taken.has(state)) return false
      const now = world.now()
      for (const [one, until] of taken) if (until <= now || taken.size >= most) taken.delete(one)
      taken.set(state, now + lastsSeconds * 1_000)
      return true
    },
  }
}
