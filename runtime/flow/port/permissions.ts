// Who may do what: the matrix, as data. Flows in: a role and an action. Flows out: yes or no. Tests and documentation are made of the same table.

/** `system` is a program that calls flows; the others are people. */
export type Role = "operations" | "controller" | "architect" | "system"

export const roles = ["operations", "controller", "architect", "system"] as const satisfies readonly Role[]

/** `see.…`: what fields labelled so hold; others get `•••`. */
export const permissions = {
  "exceptions.read": ["operations", "controller", "architect"],
  "exceptions.care": ["operations", "controller"],
  "decide.retry": ["operations", "controller", "architect"],
  "decide.skip": ["operations", "controller"],
  "decide.edit": ["operations", "controller"],
  "decide.settle": ["operations", "controller"],
  "decide.reissue": ["operations", "controller"],
  "decide.close": ["operations", "controller"],
  "trace.read": ["operations", "controller", "architect"],
  "stats.read": ["operations", "controller", "architect"],
  "flows.read": ["operations", "controller", "architect"],
  "flows.call": ["operations", "system"],
  "replay.rehearse": ["operations", "controller", "architect"],
  "replay.deliver": ["operations", "controller"],
  "audit.read": ["controller", "architect"],
  "targets.pause": ["operations", "architect"],
  "metrics.read": ["operations", "architect", "system"],
  "api.read": ["operations", "controller", "architect", "system"],
  "see.personal": ["operations", "controller"],
  "see.confidential": ["controller"],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type Action = keyof typeof permissions

export function may(role: Role, action: Action): boolean {
  return (permissions[action] as readonly Role[]).includes(role)
}
