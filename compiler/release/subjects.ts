// What of a project is released on its own: contracts, maps, crosswalks and flows, each with its version. Flows in: a Plan. Flows out: its subjects in
// order of kind and name; what came from a package is released there.
import { shownAt } from "../lineage/shown.ts"
import type { At, Plan } from "../plan/index.ts"

export type ReleasedKind = "contract" | "map" | "crosswalk" | "flow"

/** Names one thing over all of its versions, wherever its file lies. A contract is told apart by the system it is of. */
export interface ReleaseName {
  readonly kind: ReleasedKind
  readonly name: string
  readonly system: string | null
}

export interface ReleaseSubject extends ReleaseName {
  /** In its Plan. */
  readonly id: string
  /** In its file. */
  readonly declared: string
  readonly version: string
  /** `contracts/order.fmap:12:3` */
  readonly at: string
  readonly owner: string | null
}

export function releaseSubjects(plan: Plan): readonly ReleaseSubject[] {
  const fromPackage = (file: number) => {
    const path = plan.files[file]?.path ?? ""
    return plan.packages.some(one => path.startsWith(`${one.path}/`))
  }
  const place = (at: At) => shownAt(at, plan)
  const found: ReleaseSubject[] = []
  for (const { contract, id, name, file, at } of plan.shapes) {
    if (contract === null || fromPackage(file)) continue
    const { system, version, owner } = contract
    found.push({ kind: "contract", name, system, id, declared: name, version, at: place(at), owner })
  }
  for (const { name, version, file, at, owner } of plan.maps)
    if (!fromPackage(file))
      found.push({ kind: "map", name, system: null, id: name, declared: name, version, at: place(at), owner })
  // Two of one name are told apart by their files.
  for (const { id, name, version, file, at, owner } of plan.crosswalks)
    if (!fromPackage(file))
      found.push({
        kind: "crosswalk",
        name: nameOr(id, name),
        system: null,
        id,
        declared: name,
        version,
        at: place(at),
        owner,
      })
  for (const { name, version, file, at, owner } of plan.flows ?? [])
    if (!fromPackage(file))
      found.push({
        kind: "flow",
        name,
        system: null,
        id: name,
        declared: name,
        version,
        at: place(at),
        owner,
      })
  return found.toSorted((a, b) => order(nameKey(a), nameKey(b)) || order(a.version, b.version))
}

function nameOr(id: string, name: string): string {
  return id.includes("#") ? id : name
}

export function nameKey({ kind, name, system }: ReleaseName): string {
  return `${kind} ${system ?? ""}\n${name}`
}

export function groupedByName<T extends ReleaseName>(all: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(nameKey(one))
    if (group === undefined) groups.set(nameKey(one), [one])
    else group.push(one)
  }
  return groups
}

export function shownName({ kind, name, system }: ReleaseName): string {
  return `${kind} ${name}${system === null ? "" : ` of ${system}`}`
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
