// The ways between major versions of a contract. Flows in: a Plan. Flows out: the maps that lead records of one version to another and back, and
// for a pair what gets lost on the way there and back. A migration is an ordinary map: its source and its target are one contract in
// two versions, so that nothing new has to be learnt to write, test or explain one.
import { mapLineage } from "../lineage/index.ts"
import type { Plan, PlanMap, PlanShape } from "../plan/index.ts"
import { nameKey, type ReleaseName } from "./subjects.ts"
import { sameLine } from "./version.ts"

export interface Migration extends ReleaseName {
  readonly map: PlanMap
  readonly from: string
  readonly to: string
}

export function migrationsOf(plan: Plan): readonly Migration[] {
  const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
  return plan.maps.flatMap(map => {
    const [source, ...others] = map.sources
    if (source === undefined || others.length > 0 || map.set !== null) return []
    const [from, to] = [released(shapes.get(source.binding.shape)), released(shapes.get(map.target.shape))]
    if (from === null || to === null || nameKey(from) !== nameKey(to) || sameLine(from.version, to.version))
      return []
    return [{ ...to, map, from: from.version, to: to.version }]
  })
}

function released(shape: PlanShape | undefined): (ReleaseName & { readonly version: string }) | null {
  if (shape === undefined || shape.contract === null) return null
  const { system, version } = shape.contract
  return { kind: "contract", name: shape.name, system, version }
}

/**
 * Fields of the version `there` starts from that nothing brings back: no field they lead to there leads to them again. What is brought back
 * may still be another value; that is for tests to say.
 */
export function lostFields(plan: Plan, there: Migration, back: Migration): readonly string[] {
  const reached = targetsBySource(plan, there.map)
  const returned = new Map(
    mapLineage(back.map, plan).fields.map(field => [field.path, sourcesOf(field.edges)]),
  )
  const target = plan.shapes.find(({ id }) => id === back.map.target.shape)
  const unmade = (target?.fields ?? []).map(({ name }) => name).filter(name => !returned.has(name))
  const paths = [...returned.keys()]
  const leaves = paths.filter(
    path => !paths.some(other => other.startsWith(`${path}.`) || other.startsWith(`${path}[`)),
  )
  const lost = leaves.filter(path => {
    const made = reached.get(path) ?? new Set()
    return ![...(returned.get(path) ?? [])].some(source => made.has(source))
  })
  return [...unmade, ...lost].toSorted()
}

/** Of each source field the target fields that hang on it. */
function targetsBySource(plan: Plan, map: PlanMap): ReadonlyMap<string, ReadonlySet<string>> {
  const targets = new Map<string, Set<string>>()
  for (const { path, edges } of mapLineage(map, plan).fields)
    for (const source of sourcesOf(edges)) {
      const known = targets.get(source) ?? new Set()
      targets.set(source, known.add(path))
    }
  return targets
}

type Edges = ReturnType<typeof mapLineage>["fields"][number]["edges"]

/** A value, or what chooses one: a code that is mapped by a table is still told by the other code. */
function sourcesOf(edges: Edges): ReadonlySet<string> {
  return new Set(
    edges.flatMap(({ origin }) =>
      origin.kind === "source" ? [origin.path.join(".").replaceAll(".[]", "[]")] : [],
    ),
  )
}
