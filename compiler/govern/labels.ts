// Where personal and confidential data goes, through all maps of a project: a field of a contract has the labels it declares, those of the
// records around it, and those of every field whose unmasked value comes to stand in it, from whatever map. Flows in: a landscape.
// Flows out: labels with where they come from. Made from lineage, so that no join, text or call hides anything.
import type { Edge } from "../lineage/index.ts"
import type { At, Label, PlanShape } from "../plan/index.ts"
import { fieldsAlong, isWrap, pathOf, type Shapes } from "./fields.ts"
import { type GivenByFlow, givensByFlows } from "./flow-givens.ts"
import type { Landscape, MapSubject } from "./landscape.ts"

/** The field that declares a label. */
export interface Origin {
  readonly contract: PlanShape
  readonly path: string
  readonly at: At
}

/** A labelled field has a say in a field of a target. */
export interface Flow {
  readonly map: MapSubject
  readonly label: Label
  readonly origin: Origin
  /** What the map reads, as it calls it: `account.BillingStreet`. */
  readonly read: string
  readonly target: PlanShape
  /** In the target contract, `buyer.street`. */
  readonly path: string
  /** As the map writes it. */
  readonly written: string
  readonly gives: "value" | "decision"
  readonly at: At
}

type Traced = Pick<Landscape, "maps" | "lineage" | "shape" | "plan">
type Carried = Map<string, Map<Label, Origin>>

export const labelNames: readonly Label[] = ["pii", "confidential"]

/** Declared by the field or a record around it. */
export function labelsAt(shape: PlanShape, steps: readonly string[], shapes: Shapes): ReadonlySet<Label> {
  const along = fieldsAlong(shape, steps, shapes)
  return new Set(labelNames.filter(label => along.some(field => field[label])))
}

export function flowsOf(landscape: Traced): readonly Flow[] {
  const steps = landscape.maps.flatMap(map => stepsOfMap(map, landscape))
  const carried: Carried = new Map()
  const bySource = new Map<string, Step[]>()
  for (const step of steps) {
    if (step.gives !== "value") continue
    const known = bySource.get(step.source.id)
    if (known === undefined) bySource.set(step.source.id, [step])
    else known.push(step)
  }
  // A label never goes away, so that this ends: a contract is looked at again only when it has a new one.
  const waiting = new Set(bySource.keys())
  for (const contract of waiting) {
    waiting.delete(contract)
    for (const step of bySource.get(contract) ?? [])
      if (carry(step, carried, landscape)) waiting.add(step.target.id)
  }
  return steps.flatMap(step => {
    const { source, from, ...flow } = step
    return [...labelsOf({ source, from }, carried, landscape)].map(([label, origin]) => ({
      ...flow,
      label,
      origin,
    }))
  })
}

/** Whether that is news. */
function carry(step: Step, carried: Carried, shapes: Shapes): boolean {
  let isNews = false
  const key = `${step.target.id}\n${step.path}`
  for (const [label, origin] of labelsOf(step, carried, shapes)) {
    const known = carried.get(key) ?? new Map<Label, Origin>()
    if (known.has(label)) continue
    carried.set(key, known.set(label, origin))
    isNews = true
  }
  return isNews
}

interface Step extends Omit<Flow, "label" | "origin"> {
  readonly source: PlanShape
  readonly from: readonly string[]
}

function stepsOfMap(map: MapSubject, landscape: Traced): readonly Step[] {
  const lineage = landscape.lineage(map.declared)
  if (lineage === undefined) return []
  const given = givensByFlows(map.declared, landscape)
  return lineage.fields.flatMap(({ path: written, edges, at }) => {
    const target = map.targets.find(({ prefix }) => written.startsWith(prefix))
    if (target === undefined) return []
    const path = written.slice(target.prefix.length)
    return edges.flatMap((edge): readonly Step[] => {
      if (edge.origin.kind === "given" && !isMasked(edge) && edge.role !== "tells")
        return stepsOfGiven(edge, given, { map, target: target.shape, path, written, at: edge.at[0] ?? at })
      const source = sourceOf(edge, map)
      if (source === undefined || edge.origin.kind !== "source" || isMasked(edge) || edge.role === "tells")
        return []
      const { name, path: from } = edge.origin
      const gives = edge.role === "value" ? "value" : "decision"
      const read = pathOf([name, ...from])
      return [{ map, target: target.shape, path, written, source, from, read, gives, at: edge.at[0] ?? at }]
    })
  })
}

/** What a flow gives the map beside records. */
function stepsOfGiven(
  { origin, role }: Edge,
  given: readonly GivenByFlow[],
  step: Pick<Step, "map" | "target" | "path" | "written" | "at">,
): readonly Step[] {
  return given.flatMap(one => {
    if (origin.kind !== "given" || one.given !== origin.name) return []
    if (isMasked(one.edge) || one.edge.role === "tells") return []
    const gives = role === "value" && one.edge.role === "value" ? "value" : "decision"
    return [{ ...step, source: one.source, from: one.from, read: one.read, gives }]
  })
}

function sourceOf({ origin }: Edge, map: MapSubject): PlanShape | undefined {
  if (origin.kind !== "source") return undefined
  return map.sources.find(({ name }) => name.replaceAll("[]", "") === origin.name)?.shape
}

/** What went through a function that hides it. */
export function isMasked({ manners }: Edge): boolean {
  return manners.includes("masked")
}

function labelsOf(
  { source, from }: Pick<Step, "source" | "from">,
  carried: Carried,
  shapes: Shapes,
): ReadonlyMap<Label, Origin> {
  const found = new Map<Label, Origin>()
  for (const label of labelsAt(source, from, shapes)) {
    const at = fieldsAlong(source, from, shapes).at(-1)?.at ?? source.at
    found.set(label, { contract: source, path: pathOf(from), at })
  }
  for (const path of [pathOf(from), ...above(from)])
    for (const [label, origin] of carried.get(`${source.id}\n${path}`) ?? [])
      if (!found.has(label)) found.set(label, origin)
  return found
}

/** What came to stand in a list or record as a whole is in its parts. */
function above(steps: readonly string[]): readonly string[] {
  return steps.flatMap((step, i) => (i === 0 || isWrap(step) ? [] : [pathOf(steps.slice(0, i))]))
}
