// Enum members at the door. Flows in: a payload value and the members; flows out: the member's text. Open enums let
// undeclared text in; closed ones do not.
import { describeValue } from "./describe-value.ts"
import { brokenText } from "./read-text.ts"
import { type Refused, refuse } from "./refused.ts"
import type { EnumSpec } from "./spec.ts"
import { isWellFormed } from "./well-formed.ts"

export function readEnum(value: unknown, spec: EnumSpec): string | Refused {
  if (typeof value !== "string") return refuse("WRONG_TYPE", `Expected text, found ${describeValue(value)}.`)
  for (const member of spec.members) if (member.value === value) return value
  if (!spec.open) return refuse("UNKNOWN_MEMBER", `Expected ${listed(spec.members)}.`)
  return isWellFormed(value) ? value : brokenText()
}

function listed(members: readonly { readonly value: string }[]): string {
  const shown = members.slice(0, 8).map(member => JSON.stringify(member.value))
  const rest = members.length - shown.length
  return rest > 0 ? `one of ${shown.join(", ")} or ${rest} more` : `one of ${shown.join(", ")}`
}
