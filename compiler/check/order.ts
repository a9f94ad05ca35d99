// Statements in the order their values need (a stable topological sort), and the cycle where there is none.
export interface Ordered {
  readonly name: string
  /** What it gives to others: variables. */
  readonly gives: readonly number[]
  readonly needs: ReadonlySet<number>
}

/** Indexes in dependency order, ties by position; or the names of a cycle. */
export function orderByNeed(
  items: readonly Ordered[],
): { readonly order: readonly number[] } | { readonly cycle: readonly string[] } {
  const giver = new Map<number, number>()
  items.forEach((item, index) => {
    for (const variable of item.gives) giver.set(variable, index)
  })
  const order: number[] = []
  const state = new Array<"new" | "open" | "done">(items.length).fill("new")
  for (let start = 0; start < items.length; start++) {
    if (state[start] !== "new") continue
    // Iterative depth-first walk: a map may be long.
    const stack: { index: number; needs: number[] }[] = [{ index: start, needs: givers(items, start, giver) }]
    state[start] = "open"
    while (stack.length > 0) {
      const top = stack[stack.length - 1]
      if (top === undefined) break
      const next = top.needs.shift()
      if (next === undefined) {
        state[top.index] = "done"
        order.push(top.index)
        stack.pop()
      } else if (state[next] === "open") {
        const from = stack.findIndex(s => s.index === next)
        return { cycle: [...stack.slice(from).map(s => items[s.index]?.name ?? ""), items[next]?.name ?? ""] }
      } else if (state[next] === "new") {
        state[next] = "open"
        stack.push({ index: next, needs: givers(items, next, giver) })
      }
    }
  }
  return { order }
}

function givers(items: readonly Ordered[], index: number, giver: ReadonlyMap<number, number>): number[] {
  const found = new Set<number>()
  for (const variable of items[index]?.needs ?? []) {
    const from = giver.get(variable)
    if (from !== undefined) found.add(from)
  }
  return [...found].sort((a, b) => a - b)
}
