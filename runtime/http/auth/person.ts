// Who asks. Flows in: claims that were verified. Flows out: a subject in exactly one role, or why there is none.
import { type Role, roles } from "../../flow/port/permissions.ts"

export interface Person {
  /** Of the token: the name in the audit. */
  readonly subject: string
  readonly role: Role
  /** Milliseconds since 1970: when the token ends. */
  readonly until: number
}

export interface RoleClaim {
  /** The claim that holds roles or groups: a text or a list of texts. `role` where absent. */
  readonly claim?: string
  /** What stands there, and the role it means. Absent: the names of the roles themselves. */
  readonly means?: Readonly<Record<string, Role>>
}

/** Nobody acts in two roles: what two people have to agree on would be one person's. */
export function roleIn(
  claims: Readonly<Record<string, unknown>>,
  { claim = "role", means }: RoleClaim,
): Role | "none" | "several" {
  const found = new Set(
    wordsIn(claims, claim).flatMap(word =>
      means === undefined
        ? roles.filter(role => role === word)
        : Object.hasOwn(means, word)
          ? (means[word] ?? [])
          : [],
    ),
  )
  const [only] = found
  return found.size > 1 ? "several" : (only ?? "none")
}

/** What a claim holds: its text, or those of its list that are texts. */
export function wordsIn(claims: Readonly<Record<string, unknown>>, claim: string): readonly string[] {
  const value = Object.hasOwn(claims, claim) ? claims[claim] : undefined
  return (Array.isArray(value) ? value : [value]).filter(word => typeof word === "string")
}

/** A name that may stand in the audit. */
export function isSubject(value: unknown): value is string {
  return typeof value === "string" && /^[^\p{Cc}]{1,200}$/u.test(value)
}
