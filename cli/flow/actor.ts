// Who decides. Flows in: options and the environment. Flows out: a name and a role for the audit.
import type { Actor } from "@fmap/runtime/flow"
import type { Terminal } from "../terminal/terminal.ts"

export const roles = ["operations", "controller", "architect"] as const

export interface ActorOptions {
  readonly by?: string
  readonly role: (typeof roles)[number]
}

export function actorOf({ by, role }: ActorOptions, { environment }: Terminal): Actor {
  const name = by ?? environment["FMAP_ACTOR"] ?? environment["USER"] ?? environment["USERNAME"] ?? "somebody"
  return { name, role }
}
