// A project as those see it who govern it: which declarations are its own, which maps read and write which contracts, where everything
// comes from. Flows in: a Plan and the day it is judged on. Flows out: questions answered, each worked out once.
import { packageRootOf } from "../host/paths.ts"
import { lineagesOf, type MapLineage } from "../lineage/index.ts"
import type {
  Plan,
  PlanAllow,
  PlanCalendar,
  PlanCrosswalk,
  PlanFlow,
  PlanMap,
  PlanShape,
  PlanSystem,
} from "../plan/index.ts"
import { readShapes } from "../plan/read-shapes.ts"
import { type Flow, flowsOf } from "./labels.ts"
import { type ReadSet, readSetsOf } from "./read-sets.ts"
import type { Governed } from "./violation.ts"

export interface Landscape {
  readonly plan: Plan
  /** ISO date. */
  readonly today: string
  readonly contracts: readonly Subject<PlanShape>[]
  readonly maps: readonly MapSubject[]
  readonly crosswalks: readonly Subject<PlanCrosswalk>[]
  readonly systems: readonly Subject<PlanSystem>[]
  readonly calendars: readonly Subject<PlanCalendar>[]
  readonly ownFlows: readonly FlowSubject[]
  readonly shape: (id: string) => PlanShape | undefined
  /** The contract of which a map writes a part (`Order~patch`), or the shape itself. */
  readonly whole: (id: string) => PlanShape | undefined
  readonly systemOf: (shape: PlanShape | undefined) => PlanSystem | null
  /** Own maps and those of packages. */
  readonly readers: (contract: string) => readonly PlanMap[]
  readonly writers: (contract: string) => readonly PlanMap[]
  readonly isTested: (map: PlanMap) => boolean
  readonly lineage: (map: PlanMap) => MapLineage | undefined
  /** Where labelled data goes. */
  readonly flows: () => readonly Flow[]
  /** What the project's maps read of a contract, a set for each of them. */
  readonly readSets: (contract: string) => readonly ReadSet[]
}

export interface Subject<D> extends Governed {
  readonly declared: D
}
export type FlowSubject = Subject<PlanFlow>
export interface MapSubject extends Subject<PlanMap> {
  /** What it reads and writes: contracts, and records that are none. */
  readonly sources: readonly Source[]
  readonly targets: readonly Target[]
}
export interface Source {
  readonly name: string
  readonly shape: PlanShape
}
export interface Target {
  /** Paths of the target's fields begin with it: a map with several targets writes `order.total`. */
  readonly prefix: string
  readonly shape: PlanShape
}

export function landscapeOf(plan: Plan, today: string): Landscape {
  const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
  const systems = new Map(plan.systems.map(system => [system.name, system]))
  const shape = (id: string) => shapes.get(id)
  const whole = (id: string) => shapes.get(id.replace(/~(?:patch|create|update)$/u, "")) ?? shapes.get(id)
  const systemOf = (of: PlanShape | undefined): PlanSystem | null =>
    systems.get(of?.contract?.system ?? "") ?? null
  const isOwn = ({ file }: { readonly file: number }) => packageRootOf(plan.files[file]?.path ?? "") === null
  const isPart = ({ id }: PlanShape) => whole(id)?.id !== id
  const sourcesOf = (map: PlanMap): readonly Source[] =>
    readShapes(map).flatMap(({ shape: id, path }) => {
      const found = whole(id)
      return found === undefined ? [] : [{ name: path, shape: found }]
    })
  const targetsOf = (map: PlanMap): readonly Target[] => {
    const target = whole(map.target.shape)
    if (target === undefined) return []
    if (target.contract !== null || map.target.name !== "targets") return [{ prefix: "", shape: target }]
    return target.fields.flatMap(({ name, type }) => {
      const found = type.kind === "record" ? whole(type.shape) : undefined
      return found === undefined ? [] : [{ prefix: `${name}.`, shape: found }]
    })
  }
  const readers = byContract(plan.maps, map => sourcesOf(map).map(source => source.shape.id))
  const writers = byContract(plan.maps, map => targetsOf(map).map(target => target.shape.id))
  const tested = new Set(plan.tests.map(({ map }) => map))
  const around = (of: readonly { readonly shape: PlanShape }[]): readonly PlanSystem[] =>
    of.flatMap(one => systemOf(one.shape) ?? [])
  let lineages: ReadonlyMap<string, MapLineage> | null = null

  const landscape: Omit<Landscape, "flows" | "readSets"> = {
    plan,
    today,
    contracts: plan.shapes
      .filter(one => one.contract !== null && isOwn(one) && !isPart(one))
      .map(one => {
        const system = systemOf(one)
        const facts = { lifecycle: one.contract?.lifecycle ?? null, of: system === null ? [] : [system] }
        return { ...governed("contract", one, one.id), ...facts }
      }),
    maps: plan.maps.filter(isOwn).map(map => {
      const [sources, targets] = [sourcesOf(map), targetsOf(map)]
      const facts = { from: around(sources), to: around(targets), sources, targets }
      return { ...governed("map", map, map.name), ...facts }
    }),
    crosswalks: plan.crosswalks.filter(isOwn).map(one => governed("crosswalk", one, one.id)),
    systems: plan.systems.filter(isOwn).map(one => governed("system", one, one.name)),
    calendars: plan.calendars.filter(isOwn).map(one => governed("calendar", one, one.id)),
    ownFlows: (plan.flows ?? []).filter(isOwn).map(flow => {
      const named = (names: readonly (string | null)[]) =>
        [...new Set(names)].flatMap(name => systems.get(name ?? "") ?? [])
      return {
        ...governed("flow", flow, flow.name),
        from: named(systemsRead(flow)),
        to: named(flow.steps.map(step => ("to" in step ? step.to.system : null))),
      }
    }),
    shape,
    whole,
    systemOf,
    readers: id => readers.get(id) ?? [],
    writers: id => writers.get(id) ?? [],
    isTested: ({ name }) => tested.has(name),
    lineage: ({ name }) => {
      // Questions of flows, too: what they answer is given to maps.
      lineages ??= new Map(
        lineagesOf([...plan.maps, ...(plan.questions ?? [])], plan).map(one => [one.map, one]),
      )
      return lineages.get(name)
    },
  }
  let flows: readonly Flow[] | null = null
  let readSets: ReadonlyMap<string, readonly ReadSet[]> | null = null
  return {
    ...landscape,
    flows: () => {
      flows ??= flowsOf(landscape)
      return flows
    },
    readSets: id => {
      readSets ??= byContract(allReadSets(landscape), ({ contract }) => [contract])
      return readSets.get(id) ?? []
    },
  }
}

function systemsRead({ trigger, steps }: PlanFlow): readonly (string | null)[] {
  const started = trigger.kind === "changed" ? trigger.from.system : null
  return [started, ...steps.map(step => (step.kind === "read" ? step.from.system : null))]
}

function allReadSets(landscape: Pick<Landscape, "maps" | "lineage" | "shape">): readonly ReadSet[] {
  return landscape.maps.flatMap(map => {
    const lineage = landscape.lineage(map.declared)
    return lineage === undefined ? [] : readSetsOf(map, lineage, landscape)
  })
}

function governed<D extends { readonly name: string; readonly file: number; readonly at: Governed["at"] }>(
  kind: Governed["kind"],
  declared: D & { readonly allows?: readonly PlanAllow[] },
  id: string,
): Subject<D> {
  const { name, file, at, allows = [] } = declared
  return { kind, name, id, file, at, lifecycle: null, of: [], from: [], to: [], allows, declared }
}

function byContract<T>(
  items: readonly T[],
  contracts: (item: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>()
  for (const item of items)
    for (const id of new Set(contracts(item))) {
      const known = found.get(id)
      if (known === undefined) found.set(id, [item])
      else known.push(item)
    }
  return found
}
