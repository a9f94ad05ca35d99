// A topological order of anything that names what it needs. Flows in: keys and their needs. Flows out: needs first,
// otherwise the order given; and each circle that was met, as the keys on it. Iterative: chains may be of any length.

export interface DependencyOrder<K> {
  readonly order: readonly K[]
  /** `[a, b, c]`: a needs b, b needs c, c needs a. One per edge that closes a circle. */
  readonly cycles: readonly (readonly K[])[]
}

export function dependencyOrder<K>(keys: Iterable<K>, needs: (key: K) => readonly K[]): DependencyOrder<K> {
  const order: K[] = []
  const cycles: K[][] = []
  const done = new Set<K>()
  for (const start of keys) {
    if (done.has(start)) continue
    const path = [{ key: start, needs: needs(start), next: 0 }]
    const onPath = new Map<K, number>([[start, 0]])
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const need = top.needs[top.next++]
      if (top.next > top.needs.length || need === undefined) {
        path.pop()
        onPath.delete(top.key)
        done.add(top.key)
        order.push(top.key)
        continue
      }
      const position = onPath.get(need)
      if (position !== undefined) {
        if (
          !cycles.some(
            cycle => cycle.length === path.length - position && cycle[0] === need && cycle.at(-1) === top.key,
          )
        ) {
          cycles.push(path.slice(position).map(entry => entry.key))
        }
      } else if (!done.has(need)) {
        onPath.set(need, path.length)
        path.push({ key: need, needs: needs(need), next: 0 })
      }
    }
  }
  return { order, cycles }
}
