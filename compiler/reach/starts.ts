// Where a change begins. Flows in: a finding and a Plan. Flows out: the fields of contracts that are changed themselves, and those a changed map or table makes at once.
import type { ChangeFinding } from "../diff/finding.ts"
import type { Plan, PlanFlow, PlanShape, WireType } from "../plan/index.ts"
import type { FieldGraph, FieldNode, Hop } from "./field-graph.ts"

export type Start =
  | { readonly kind: "contract"; readonly node: FieldNode }
  /** `from`: what is changed, as a reader calls it. */
  | { readonly kind: "made"; readonly from: string; readonly hops: readonly Hop[] }

export function startsOf(
  { subject, path, rule }: ChangeFinding,
  plan: Plan,
  graph: FieldGraph,
): readonly Start[] {
  const family = rule.charAt(0)
  const shape = family === "S" ? plan.shapes.find(({ id }) => id === subject) : undefined
  if (shape !== undefined)
    return [{ kind: "contract", node: { shape: shape.id, path: namesAt(shape, path, plan) } }]
  const map = family === "M" ? plan.maps.find(({ name }) => name === subject) : undefined
  if (map !== undefined) {
    const target = plan.shapes.find(({ id }) => id === map.target.shape)
    const names = target === undefined ? [] : namesAt(target, path, plan)
    return [{ kind: "made", from: map.name, hops: graph.madeBy(map.name, names) }]
  }
  const flow = family === "F" ? plan.flows?.find(({ name }) => name === subject) : undefined
  if (flow !== undefined) return startsOfFlow(flow, path, graph)
  if (plan.crosswalks.some(({ id }) => id === subject))
    return [{ kind: "made", from: subject, hops: graph.hopsFromCrosswalk(subject) }]
  if (plan.calendars.some(({ id }) => id === subject)) {
    const counted = plan.maps.filter(one => countsBy(one, subject))
    return [{ kind: "made", from: subject, hops: counted.flatMap(({ name }) => graph.madeBy(name, [])) }]
  }
  return []
}

/** A change of one step reaches what that step writes; one of the trigger, the lane or a route all that the flow writes. */
function startsOfFlow(flow: PlanFlow, path: string, graph: FieldGraph): readonly Start[] {
  const [name = ""] = path
    .split("/")
    .slice(1)
    .map(part => part.replaceAll("~1", "/").replaceAll("~0", "~"))
  const changed = new Set([name])
  // What is made of the step is changed with it.
  for (const step of flow.steps) if (step.needs.some(need => changed.has(need))) changed.add(step.name)
  const steps = parts.has(name) ? flow.steps : flow.steps.filter(step => changed.has(step.name))
  return steps.flatMap((step): readonly Start[] => {
    const written = writtenBy(step)
    if (written === null) return []
    const made = "what" in step && "call" in step.what ? graph.madeBy(step.what.call.map, []) : []
    return made.length > 0
      ? [{ kind: "made", from: flow.name, hops: made }]
      : [{ kind: "contract", node: { shape: written, path: [] } }]
  })
}

/** What of a flow is no step; a step that is not on this side reaches nothing of it. */
const parts: ReadonlySet<string> = new Set(["", "trigger", "when", "lane", "newest", "routes"])

function writtenBy(step: PlanFlow["steps"][number]): string | null {
  switch (step.kind) {
    case "send":
    case "load":
      return step.to.contract
    case "publish":
      return step.event
    default:
      return null
  }
}

/** A pointer of names on the wire as names of the contract. What stands around a list there is looked through; a field that is not on this side keeps the name it had. */
function namesAt(root: PlanShape, pointer: string, plan: Plan): readonly string[] {
  const names: string[] = []
  let shape: PlanShape | undefined = root
  let type: WireType | undefined
  for (const part of pointer.split("/").slice(1)) {
    const step = part.replaceAll("~1", "/").replaceAll("~0", "~")
    const field: PlanShape["fields"][number] | undefined = shape?.fields.find(
      ({ wireName }) => wireName === step,
    )
    if (field === undefined) {
      if (step === "[]" || type?.kind === "list" || type?.kind === "dictionary") continue
      names.push(step)
      break
    }
    names.push(field.name)
    type = field.type
    shape = shapeOf(field.type, plan)
  }
  return names
}

function shapeOf(type: WireType, plan: Plan): PlanShape | undefined {
  if (type.kind === "list" || type.kind === "dictionary") return shapeOf(type.of, plan)
  return type.kind === "record" ? plan.shapes.find(({ id }) => id === type.shape) : undefined
}

/** Periods say their calendar wherever they stand. */
function countsBy(map: Plan["maps"][number], calendar: string): boolean {
  const pending: unknown[] = [map]
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== "object" || value === null) continue
    for (const [name, member] of Object.entries(value)) {
      if (name === "calendar" && member === calendar) return true
      if (typeof member === "object" && member !== null) pending.push(member)
    }
  }
  return false
}
