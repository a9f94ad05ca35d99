// Which fields of a record are personal or confidential, and what somebody may see of it. Flows in: a record, labels of its contract, a role. Flows out: the record with `•••` where it is
// not theirs to see.

import { may, type Role } from "../../flow/port/permissions.ts"
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { masked } from "../../results/shown-value.ts"

export type Label = "pii" | "confidential"

/** A place in a record: wire names, `*` for every item of a list or every member of a dictionary. */
export interface LabelledField {
  readonly path: readonly string[]
  readonly label: Label
}

const rightOf = { pii: "see.personal", confidential: "see.confidential" } as const

export function sees(role: Role, label: Label): boolean {
  return may(role, rightOf[label])
}

function seesAll(role: Role): boolean {
  return sees(role, "pii") && sees(role, "confidential")
}

/** Undefined labels: nobody knows what the record holds, so that it is shown to those alone who may see all. */
export function shownRecord(
  record: unknown,
  labels: readonly LabelledField[] | undefined,
  role: Role,
): unknown {
  if (labels === undefined) return seesAll(role) ? record : masked
  return labels
    .filter(({ label }) => !sees(role, label))
    .reduce((shown, { path }) => hidden(shown, path), record)
}

function hidden(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path
  if (value === undefined || value === null) return value
  // What is no record where the contract has one may hold anything.
  if (name === undefined || typeof value !== "object" || isExactNumber(value)) return masked
  if (Array.isArray(value))
    return name === "*" ? value.map(item => hidden(item, rest)) : value.map(item => hidden(item, path))
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === name || name === "*" ? hidden(member, rest) : member,
    ]),
  )
}

/** Does the place (names of a pointer) hold, or stand in, what the role may not see? */
export function touchesHidden(
  place: readonly string[],
  labels: readonly LabelledField[] | undefined,
  role: Role,
): boolean {
  if (labels === undefined) return !seesAll(role)
  return labels.some(({ path, label }) => {
    if (sees(role, label)) return false
    return path.slice(0, place.length).every((name, i) => name === "*" || name === place[i])
  })
}
