// Which navigations become fields. Flows in: the types of a document. Flows out: for each type the navigations that are followed.
// A field is a value inside a record, so ways back and circles are left out: from the item to its order, from the order
// to itself. What depends on a record (its key holds the record's key) is followed first.
import type { EdmNavigation, EdmStructure } from "./edm-model.ts"

export interface FollowedNavigations {
  readonly followed: ReadonlyMap<string, readonly EdmNavigation[]>
  readonly leftOut: ReadonlyMap<string, readonly EdmNavigation[]>
}

export function followNavigations(
  structures: ReadonlyMap<string, EdmStructure>,
  isWanted: (structure: EdmStructure, navigation: EdmNavigation) => boolean,
): FollowedNavigations {
  const edges = new Map<string, Set<string>>()
  const kept = new Map<string, Set<EdmNavigation>>()
  const order = new Map([...structures.keys()].map((name, at) => [name, at]))
  const steps = [...structures.values()].flatMap(source =>
    source.navigations.map(navigation => ({
      source,
      navigation,
      rank: isWanted(source, navigation) ? 0 : rankOf(source, navigation, structures, order),
    })),
  )
  for (const rank of [0, 1, 2]) {
    for (const step of steps) {
      if (step.rank !== rank || !structures.has(step.navigation.target)) continue
      const { name } = step.source
      if (reaches(step.navigation.target, name, edges)) continue
      edges.set(name, (edges.get(name) ?? new Set()).add(step.navigation.target))
      kept.set(name, (kept.get(name) ?? new Set()).add(step.navigation))
    }
  }
  const split = (wanted: boolean) =>
    new Map(
      [...structures.values()].map(({ name, navigations }) => [
        name,
        navigations.filter(navigation => (kept.get(name)?.has(navigation) ?? false) === wanted),
      ]),
    )
  return { followed: split(true), leftOut: split(false) }
}

/** 1: depends on the record; 2: stands beside it; 3: the way back. */
function rankOf(
  source: EdmStructure,
  navigation: EdmNavigation,
  structures: ReadonlyMap<string, EdmStructure>,
  order: ReadonlyMap<string, number>,
): 1 | 2 | 3 {
  if (navigation.contains) return 1
  const target = structures.get(navigation.target)
  if (target === undefined) return 3
  const [mine, its] = [new Set(source.keys), new Set(target.keys)]
  const holds = (outer: ReadonlySet<string>, inner: ReadonlySet<string>) =>
    inner.size > 0 && [...inner].every(key => outer.has(key))
  const [below, above] = [holds(its, mine), holds(mine, its)]
  if (below && above) return (order.get(target.name) ?? 0) > (order.get(source.name) ?? 0) ? 1 : 3
  if (below) return 1
  return above ? 3 : 2
}

function reaches(from: string, to: string, edges: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const seen = new Set([from])
  const open = [from]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === to) return true
    for (const next of edges.get(name) ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      open.push(next)
    }
  }
  return false
}
