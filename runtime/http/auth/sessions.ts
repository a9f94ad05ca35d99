// Sessions of the console. Flows in: a person whose token was verified. Flows out: a word nobody can guess, and who has it. A session ends with its token, when nobody used it for half an hour,
// after eight hours, or when its person leaves. They are of one process: after a restart people sign in again.
import { createHash } from "node:crypto"
import type { World } from "../../flow/port/world.ts"
import type { Person } from "./person.ts"

export interface Sessions {
  /** Always a new word. */
  begin(person: Person, hint?: string): string
  /** Undefined: there is none, or it is over. */
  find(word: string): Person | undefined
  end(word: string): void
  /** What the issuer is told when its person signs out there, too; undefined: it does not know of the session. */
  hintOf(word: string): string | undefined
  /** Ends it. Who has its word may ask once, within two minutes, where to go from here. */
  leave(word: string, onward: string): void
  onward(word: string): string | undefined
}

const idleMs = 30 * 60_000
const longestMs = 8 * 60 * 60_000
const leaveMs = 2 * 60_000
const most = 10_000

interface Session {
  readonly person: Person
  readonly until: number
  readonly hint: string | undefined
  used: number
}

export function createSessions(world: World, unguessable: () => string): Sessions {
  // What is kept is a hash: who reads the memory of a process cannot enter with it.
  const keyOf = (word: string) => createHash("sha256").update(word).digest("hex")
  const known = new Map<string, Session>()
  const left = new Map<string, { readonly onward: string; readonly until: number }>()
  return {
    begin(person, hint) {
      const now = world.now()
      for (const [key, { until, used }] of known)
        if (until <= now || used + idleMs <= now || known.size >= most) known.delete(key)
      const word = unguessable()
      known.set(keyOf(word), { person, until: Math.min(person.until, now + longestMs), hint, used: now })
      return word
    },
    find(word) {
      const session = known.get(keyOf(word))
      if (session === undefined) return undefined
      const now = world.now()
      if (session.until <= now || session.used + idleMs <= now) {
        known.delete(keyOf(word))
        return undefined
      }
      session.used = now
      return session.person
    },
    end: word => {
      known.delete(keyOf(word))
    },
    hintOf: word => known.get(keyOf(word))?.hint,
    leave(word, onward) {
      const now = world.now()
      known.delete(keyOf(word))
      for (const [key, { until }] of left) if (until <= now || left.size >= most) left.delete(key)
      left.set(keyOf(word), { onward, until: now + leaveMs })
    },
    onward(word) {
      const found = left.get(keyOf(word))
      left.delete(keyOf(word))
      return found === undefined || found.until <= world.now() ? undefined : found.onward
    },
  }
}
