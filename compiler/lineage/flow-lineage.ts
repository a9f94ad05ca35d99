// The lineage of flows: for every question and every record handed to a map, which names of the flow it comes from. Flows in: the Plan. Flows
// out: the same data as of a map, a field for each part of the flow (`lane`, `accepted.tranId`); made from the questions' own lineage.
import type { At, Plan, PlanFlow } from "../plan/index.ts"
import { questionsOfFlows } from "../plan/questions-of-flows.ts"
import type { Edge } from "./edge.ts"
import { type FieldLineage, lineagesOf, type MapLineage } from "./lineage.ts"

export function flowLineageOf(plan: Plan): readonly MapLineage[] {
  const questions = questionsOfFlows(plan)
  const lineages = new Map(lineagesOf(plan.questions ?? [], plan).map(lineage => [lineage.map, lineage]))
  return (plan.flows ?? []).map(flow =>
    flowLineage(
      flow,
      (questions.get(flow.name) ?? []).flatMap(({ name }) => lineages.get(name) ?? []),
    ),
  )
}

function flowLineage(flow: PlanFlow, questions: readonly MapLineage[]): MapLineage {
  const prefix = `${flow.name}.`
  const asked = questions.map(({ map: question, fields, stops }) => {
    const part = question.slice(prefix.length)
    return {
      fields: fields.map(field => ({
        ...field,
        path: renamed(field.path, part),
        edges: named(field.edges),
      })),
      stops: stops.map(stop => ({ ...stop, path: part, edges: named(stop.edges) })),
    }
  })
  return {
    map: flow.name,
    version: flow.version,
    at: flow.at,
    target: flow.name,
    flow: true,
    fields: [...asked.flatMap(({ fields }) => fields), ...handedOver(flow)],
    stops: asked.flatMap(({ stops }) => stops),
  }
}

/** The one field of an answer is called as what is wanted there. */
const renamed = (path: string, part: string): string => path.replace(/^[^.[]*/u, () => part)

/** `scope.opp.Amount` is `opp.Amount` in the flow. */
function named(edges: readonly Edge[]): readonly Edge[] {
  return edges.map(edge => {
    const { origin } = edge
    const [name, ...path] = origin.kind === "source" ? origin.path : []
    return name === undefined ? edge : { ...edge, origin: { kind: "source", name, path } }
  })
}

/** Whole records that a step gives to a map, or sends as they are. */
function handedOver({ steps, places, at }: PlanFlow): readonly FieldLineage[] {
  const placeOf = new Map(places.map(place => [place.step, place.at]))
  return steps.flatMap(step => {
    const here = placeOf.get(step.name) ?? at
    const what = step.kind === "map" ? { call: step.call } : "what" in step ? step.what : null
    if (what === null) return []
    if ("binder" in what) return [whole(step.name, what.binder, here)]
    return what.call.arguments.flatMap(argument =>
      "binder" in argument ? [whole(`${step.name}.${argument.name}`, argument.binder, here)] : [],
    )
  })
}

function whole(path: string, name: string, at: At): FieldLineage {
  return {
    path,
    at,
    edges: [{ origin: { kind: "source", name, path: [] }, role: "value", manners: ["copied"], at: [at] }],
  }
}
