// Rows that name the row above them, as a tree. Flows in: rows, their keys and the keys of their parents (undefined: at the top). Flows
// out: nodes, parents before their children, in the order of the rows; undefined where two rows have one key, a parent is no row, or
// rows stand above themselves. One pass over the rows and one over the tree: no recursion, however deep it is.
import type { GroupKey } from "./group-index.ts"

export interface TreeNode<R> {
  readonly row: R
  readonly parent: R | undefined
  readonly children: readonly R[]
  /** All below, in the order of the nodes: made when they are asked for, since they are many. */
  readonly descendants: () => readonly R[]
  /** 0 at the top. */
  readonly depth: number
}

export function nestRows<R>(
  rows: readonly R[],
  keys: readonly GroupKey[],
  parents: readonly (GroupKey | undefined)[],
): readonly TreeNode<R>[] | undefined {
  const places = new Map<GroupKey, number>()
  for (let i = 0; i < keys.length; i++) places.set(keys[i] as GroupKey, i)
  if (places.size !== keys.length) return undefined
  const below: number[][] = rows.map(() => [])
  const tops: number[] = []
  const above: (number | undefined)[] = []
  for (let i = 0; i < rows.length; i++) {
    const key = parents[i]
    const parent = key === undefined ? undefined : places.get(key)
    if (key !== undefined && parent === undefined) return undefined
    above.push(parent)
    ;(parent === undefined ? tops : (below[parent] as number[])).push(i)
  }
  const order: { readonly place: number; readonly depth: number }[] = []
  const stack = tops.map(place => ({ place, depth: 0 })).reverse()
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    order.push(next)
    const children = below[next.place] as number[]
    for (let i = children.length - 1; i >= 0; i--)
      stack.push({ place: children[i] as number, depth: next.depth + 1 })
  }
  // Rows that stand above themselves hang below no top.
  if (order.length !== rows.length) return undefined
  const rowAt = (place: number): R => rows[place] as R
  return order.map(({ place, depth }, i) => {
    const parent = above[place]
    return {
      row: rowAt(place),
      parent: parent === undefined ? undefined : rowAt(parent),
      children: (below[place] as number[]).map(rowAt),
      descendants: () => under(order, i).map(rowAt),
      depth,
    }
  })
}

/** What follows a node and is deeper, up to the next that is not. */
function under(
  order: readonly { readonly place: number; readonly depth: number }[],
  from: number,
): readonly number[] {
  const depth = order[from]?.depth ?? 0
  const found: number[] = []
  for (let i = from + 1; i < order.length; i++) {
    const next = order[i]
    if (next === undefined || next.depth <= depth) break
    found.push(next.place)
  }
  return found
}
