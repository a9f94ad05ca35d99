// Is a value personal or confidential, or made of what is? Flows in: a traced expression; or a field of a target, which many rows may
// make. Flows out: yes or no. Whether something holds, and what a crosswalk answers, tells nothing of what was asked.
import type { PlanIndex } from "../interpret/internals.ts"
import { mapLineage } from "../lineage/index.ts"
import type { Plan, PlanMap, PlanShape, WireType } from "../plan/index.ts"
import { originOf, stepsOf } from "./made-of.ts"
import type { Traced } from "./record-trace.ts"

export function hiddenValues(index: PlanIndex): (traced: Traced) => boolean {
  const known = new Map<Traced, boolean>()
  const isHidden = (traced: Traced): boolean => {
    const before = known.get(traced)
    if (before !== undefined) return before
    const found = traced.place.masked || (typeof traced.value !== "boolean" && isMadeOfHidden(traced))
    known.set(traced, found)
    return found
  }
  const isMadeOfHidden = ({ expression, children, stands }: Traced): boolean => {
    switch (expression.kind) {
      case "lookup":
        return false
      case "variable":
        if (stands === null || stands.kind === "row") return false
        if (stands.kind !== "share") return isHidden(stands.traced)
        return [stands.total, stands.weight].some(part => part !== null && isHidden(part))
      case "field": {
        const [of] = children
        if (of === undefined) return false
        const origin = originOf(of)
        if (origin !== undefined) {
          const fields = index.shape(origin.shape).fields
          const field = fields.find(({ name }) => name === expression.field)
          return origin.masked || field?.pii === true || field?.confidential === true
        }
        const step = stepsOf(of)?.get(expression.field)
        return step === undefined ? isHidden(of) : isHidden(step.traced)
      }
      default:
        return children.some(isHidden)
    }
  }
  return isHidden
}

/** Of a field that is made of more rows than are looked at: may any of them give it a hidden value? */
export function madeOfHidden(map: PlanMap, plan: Plan, field: string): boolean {
  const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
  const target = shapes.get(map.target.shape)?.fields.find(({ name }) => name === field)
  if (target?.pii === true || target?.confidential === true) return true
  if (target?.type.kind === "bool") return false
  const types = new Map<string, WireType>([
    ...map.sources.map(
      ({ name, binding }) => [name, { kind: "record", shape: binding.shape, arguments: [] }] as const,
    ),
    ...(map.set?.sets ?? []).map(({ name, type }) => [name, type] as const),
  ])
  return mapLineage(map, plan)
    .fields.filter(({ path }) => path.split(/[.[]/u)[0] === field)
    .flatMap(({ edges }) => edges)
    .some(
      ({ role, origin }) =>
        role === "value" &&
        origin.kind === "source" &&
        passesHidden(types.get(origin.name), origin.path, shapes),
    )
}

function passesHidden(
  type: WireType | undefined,
  path: readonly string[],
  shapes: ReadonlyMap<string, PlanShape>,
): boolean {
  const [step, ...rest] = path
  if (step === undefined || type === undefined) return false
  if (type.kind === "list" || type.kind === "dictionary") return passesHidden(type.of, rest, shapes)
  if (type.kind !== "record") return false
  const field = shapes.get(type.shape)?.fields.find(({ name }) => name === step)
  if (field === undefined) return false
  return field.pii || field.confidential || passesHidden(field.type, rest, shapes)
}
