// The rows of a joined list by their keys. Flows in: a generator with a join. Flows out: for the keys of a row, the rows that match;
// null where the list or a key of it is not known. Every row is read and gets its keys before the first is looked for.
import type { PlanExpression, PlanGenerator, PlanJoin } from "../plan/index.ts"
import { evaluate } from "./evaluate.ts"
import { identity } from "./identity.ts"
import type { Row } from "./rows.ts"
import type { Scope } from "./scope.ts"
import { isStopped, type Outcome } from "./value.ts"

export interface JoinedRows {
  readonly join: PlanJoin
  readonly matching: (id: string) => readonly Row[]
}

export function joinedRows(
  { join, source }: PlanGenerator & { readonly join: PlanJoin },
  rowsOf: (source: Outcome) => Iterable<Row>,
  enter: (row: Row) => void,
  scope: Scope,
): JoinedRows | null {
  const list = evaluate(source, scope)
  if (isStopped(list)) return null
  const found = new Map<string, Row[]>()
  let known = true
  for (const row of rowsOf(list)) {
    enter(row)
    const id = keyOf(
      join.keys.map(key => key.inner),
      scope,
    )
    if (id === null) {
      known = false
      continue
    }
    const before = found.get(id)
    if (before === undefined) found.set(id, [row])
    else before.push(row)
  }
  return known ? { join, matching: id => found.get(id) ?? [] } : null
}

/** The keys as one text, equal for equal keys only; null where one is poison. */
export function keyOf(keys: readonly PlanExpression[], scope: Scope): string | null {
  const parts: string[] = []
  for (const key of keys) {
    const value = evaluate(key, scope)
    if (isStopped(value)) return null
    parts.push(identity(value, key.type))
  }
  return JSON.stringify(parts)
}
