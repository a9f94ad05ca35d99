// Rows as a tree, by the key of the row above each. Flows in: a generator, a filter, keys. Flows out: nodes, parents before their
// children; missing where the rows are no tree; poison where a key is. Written without the emitted code's helper, to be its oracle.
import { fromInteger } from "@fmap/runtime"
import type { PlanExpression } from "../plan/index.ts"
import { evaluate } from "./evaluate.ts"
import { identity } from "./identity.ts"
import { visitRows } from "./rows.ts"
import type { Scope } from "./scope.ts"
import { isStopped, listValue, MISSING, type NodeValue, numberValue, type Outcome, POISON } from "./value.ts"

type Nesting = Extract<PlanExpression, { kind: "nesting" }>
interface Placed {
  readonly row: Outcome
  readonly key: string
  /** Null: at the top. */
  readonly parent: string | null
}

export function evaluateNesting(expression: Nesting, scope: Scope): Outcome {
  const rows: Placed[] = []
  let unplaced = false
  const found = visitRows(expression.generators, expression.where, scope, bound => {
    const parent = evaluate(expression.parent, scope)
    const key = evaluate(expression.key, scope)
    if (isStopped(parent) || isStopped(key)) unplaced = true
    else
      rows.push({
        row: bound[0]?.[1] ?? MISSING,
        key: identity(key, expression.key.type),
        parent: parent === MISSING ? null : identity(parent, expression.parent.type),
      })
  })
  if (unplaced || found.poisoned) return POISON
  if (found.missing) return MISSING
  const byKey = new Map(rows.map(row => [row.key, row]))
  if (byKey.size !== rows.length) return MISSING
  if (rows.some(({ parent }) => parent !== null && !byKey.has(parent))) return MISSING
  const children = (of: Placed | null): readonly Placed[] =>
    rows.filter(({ parent }) => parent === (of?.key ?? null))
  const nodes: { readonly placed: Placed; readonly depth: number }[] = []
  const open = children(null)
    .map(placed => ({ placed, depth: 0 }))
    .toReversed()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { placed, depth } = next
    nodes.push(next)
    open.push(
      ...children(placed)
        .map(child => ({ placed: child, depth: depth + 1 }))
        .toReversed(),
    )
  }
  if (nodes.length !== rows.length) return MISSING
  return {
    kind: "nodes",
    nodes: nodes.map(({ placed, depth }, i): NodeValue => {
      const end = nodes.findIndex((other, j) => j > i && other.depth <= depth)
      const below = nodes.slice(i + 1, end === -1 ? undefined : end)
      return {
        row: placed.row,
        parent: placed.parent === null ? MISSING : (byKey.get(placed.parent)?.row ?? MISSING),
        children: listValue(children(placed).map(child => child.row)),
        descendants: listValue(below.map(other => other.placed.row)),
        depth: numberValue(fromInteger(BigInt(depth))),
      }
    }),
  }
}
