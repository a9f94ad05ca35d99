// The project as it was released, as far as it can be told from the other one. Flows in: the Plan of today, what changed with the manifests it had, and what is new. Flows out: a Plan in which everything that
// changed is what it was. What did not change is taken from today, so that no manifest is read for it.
import type { Plan, PlanCrosswalk, PlanFlow, PlanMap, PlanShape } from "../plan/index.ts"
import type { Manifest } from "./manifest.ts"
import { renamed, shifted } from "./plan-part.ts"
import type { ReleaseSubject } from "./subjects.ts"

export interface Earlier {
  readonly subject: ReleaseSubject
  /** Null: it is new. */
  readonly manifest: Manifest | null
}

export function planBefore(plan: Plan, changed: readonly Earlier[]): Plan {
  const known = new Set(plan.shapes.map(({ id }) => id))
  const idOf = idsToday(plan)
  const files = [...plan.files]
  const shapes = new Map<string, PlanShape>()
  const maps = new Map<string, PlanMap>()
  const crosswalks = new Map<string, PlanCrosswalk>()
  const flows = new Map<string, PlanFlow>()
  const questions: PlanMap[] = []
  const isNew = { map: new Set<string>(), flow: new Set<string>() }
  for (const { subject, manifest } of changed) {
    const { kind, id } = subject
    if (manifest === null) {
      // Nobody that was there before has to do with a contract or crosswalk that is new.
      if (kind === "map" || kind === "flow") isNew[kind].add(id)
      continue
    }
    const names = new Map(manifest.plan.shapes.map(shape => [shape.id, idOf(shape, manifest.plan)] as const))
    if (kind === "contract" || kind === "crosswalk") names.set(manifest.id, id)
    const part = shifted(renamed(manifest.plan, names), files.length)
    files.push(...part.files)
    for (const shape of part.shapes) {
      const isOwn = kind === "contract" && (shape.id === id || shape.contract === null)
      if (isOwn || shape.kind === "inferred" || !known.has(shape.id)) shapes.set(shape.id, shape)
    }
    for (const map of part.maps) maps.set(map.name, map)
    if (kind === "crosswalk") for (const one of part.crosswalks) crosswalks.set(one.id, one)
    for (const flow of part.flows ?? []) flows.set(flow.name, flow)
    questions.push(...(part.questions ?? []))
  }
  const isOfOther = ({ name }: PlanMap): boolean => {
    const [flow = ""] = name.split(".")
    return !flows.has(flow) && !isNew.flow.has(flow)
  }
  return {
    ...plan,
    files,
    shapes: [
      ...plan.shapes.map(shape => shapes.get(shape.id) ?? shape),
      ...[...shapes.values()].filter(({ id }) => !known.has(id)),
    ],
    maps: plan.maps.filter(({ name }) => !isNew.map.has(name)).map(map => maps.get(map.name) ?? map),
    crosswalks: plan.crosswalks.map(one => crosswalks.get(one.id) ?? one),
    ...(plan.flows === undefined
      ? {}
      : {
          flows: plan.flows
            .filter(({ name }) => !isNew.flow.has(name))
            .map(flow => flows.get(flow.name) ?? flow),
          questions: [...(plan.questions ?? []).filter(isOfOther), ...questions],
        }),
  }
}

/** What a shape is called today: another declaration of its name may have come, and ids then say the file. */
function idsToday(plan: Plan): (shape: PlanShape, of: Plan) => string {
  const byName = new Map<string, PlanShape[]>()
  for (const shape of plan.shapes) {
    const known = byName.get(shape.name)
    if (known === undefined) byName.set(shape.name, [shape])
    else known.push(shape)
  }
  return ({ id, name, kind, contract, file }, of) => {
    const same = (byName.get(name) ?? []).filter(
      one => one.kind === kind && (one.contract?.system ?? null) === (contract?.system ?? null),
    )
    const path = of.files[file]?.path
    return (same.find(one => plan.files[one.file]?.path === path) ?? same[0])?.id ?? id
  }
}
