// Rows put together by equal keys. Flows in: generators, a filter, keys. Flows out: the groups in order of their first rows; missing
// where a list is; poison where a key or the filter is, because then nobody knows which row belongs where.
import type { PlanExpression } from "../plan/index.ts"
import { evaluate } from "./evaluate.ts"
import { identity } from "./identity.ts"
import { visitRows } from "./rows.ts"
import type { Scope } from "./scope.ts"
import {
  BrokenPlan,
  type GroupsValue,
  isStopped,
  listValue,
  MISSING,
  type Outcome,
  POISON,
  type RecordValue,
} from "./value.ts"

type Grouping = Extract<PlanExpression, { kind: "grouping" }>

export function evaluateGrouping(expression: Grouping, scope: Scope): GroupsValue | Outcome {
  const groups = new Map<string, { readonly keys: RecordValue; readonly rows: Outcome[] }>()
  let unplaced = false
  const found = visitRows(expression.generators, expression.where, scope, () => {
    const keys = new Map<string, Outcome>()
    const parts: string[] = []
    for (const { field, value } of expression.keys) {
      const key = evaluate(value, scope)
      if (isStopped(key)) {
        unplaced = true
        return
      }
      keys.set(field, key)
      parts.push(identity(key, value.type))
    }
    const id = JSON.stringify(parts)
    const group = groups.get(id) ?? { keys: recordOf(keys), rows: [] }
    groups.set(id, group)
    group.rows.push(rowOf(expression, scope))
  })
  if (unplaced || found.poisoned) return POISON
  if (found.missing) return MISSING
  return {
    kind: "groups",
    groups: [...groups.values()].map(g => ({ keys: g.keys, rows: listValue(g.rows) })),
  }
}

function rowOf({ generators, members }: Grouping, scope: Scope): Outcome {
  const rows = generators.map(({ variable }) => scope.variables.get(variable) ?? MISSING)
  if (members !== null) return recordOf(new Map(members.map((name, i) => [name, rows[i] ?? MISSING])))
  const [row] = rows
  if (row === undefined) throw new BrokenPlan("a grouping without rows")
  return row
}

function recordOf(members: ReadonlyMap<string, Outcome>): RecordValue {
  return {
    kind: "record",
    member: name => {
      const member = members.get(name)
      if (member === undefined) throw new BrokenPlan(`a group has no member ${JSON.stringify(name)}`)
      return member
    },
  }
}
