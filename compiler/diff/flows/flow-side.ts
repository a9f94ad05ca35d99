// One side of a comparison of flows, ready to be asked. Flows in: a flow and its Plan. Flows out: what its questions mean, with the names of its steps replaced by those both
// sides share. Knows nothing of the other side.
import type { Plan, PlanFlow, PlanMap, PlanSystem } from "../../plan/index.ts"
import { questionsOfFlows } from "../../plan/questions-of-flows.ts"
import { blockForm } from "../maps/block-form.ts"
import { conjuncts, joined } from "../maps/conditions.ts"
import type { Form, Forms } from "../maps/form.ts"
import { implies } from "../maps/implies.ts"
import { type ShapesOf, shapesOf } from "../maps/map-form.ts"

export type FlowStep = PlanFlow["steps"][number]
type Question = NonNullable<PlanFlow["when"]>

export interface FlowSide {
  readonly flow: PlanFlow
  readonly forms: Forms
  readonly system: (name: string) => PlanSystem | undefined
  readonly shapeName: (id: string) => string
  /** A map that was only renamed has the name it had. */
  readonly mapName: (name: string) => string
  /** What both sides call a name of this one; those of steps are added as they are paired. */
  readonly names: Map<string, string>
  readonly asked: (question: Question) => Form
}

export interface FlowPlan {
  readonly plan: Plan
  readonly forms: Forms
  readonly crosswalk: (id: string) => string
  readonly mapName: (name: string) => string
  readonly shapes: ShapesOf
  readonly questions: ReadonlyMap<string, PlanMap>
  /** By the name of their flow. */
  readonly asked: ReadonlyMap<string, readonly PlanMap[]>
  readonly systems: ReadonlyMap<string, PlanSystem>
}

/** `mapName`: what both sides call a map. */
export function flowPlan(
  plan: Plan,
  forms: Forms,
  crosswalk: (id: string) => string,
  mapName: (name: string) => string,
): FlowPlan {
  const questions = new Map((plan.questions ?? []).map(question => [question.name, question]))
  const systems = new Map(plan.systems.map(system => [system.name, system]))
  const asked = questionsOfFlows(plan)
  return { plan, forms, crosswalk, mapName, shapes: shapesOf(plan), questions, asked, systems }
}

/** Steps keep their names on the old side; on the new one they are unknown until they are paired. */
export function flowSide(flow: PlanFlow, of: FlowPlan, isOld: boolean): FlowSide {
  const { forms, crosswalk, mapName, shapes, questions, systems } = of
  const names = new Map<string, string>()
  const { binder } = flow.trigger
  if (binder !== null) names.set(binder, "the event")
  for (const { name } of flow.steps) names.set(name, isOld ? `step ${name}` : `new step ${name}`)
  nameElements(flow, names)
  return {
    flow,
    forms,
    names,
    system: name => systems.get(name),
    shapeName: id => shapes.find(id)?.name ?? id,
    mapName,
    asked: ({ map }) => {
      const question = questions.get(map)
      const [scope] = question?.sources ?? []
      if (question === undefined || scope === undefined) return forms.make("input", [map], [])
      const fields = shapes.shape(scope.binding.shape).fields
      const known = fields.map(({ name, at }) => forms.make("input", [names.get(name) ?? name], [], at))
      const record = forms.make(
        "record",
        fields.map(({ wireName }) => `field ${wireName}`),
        known,
      )
      return blockForm(question.body, question.target.shape, question.at, {
        forms,
        shape: shapes.shape,
        crosswalk,
        variables: new Map([[scope.variable, record]]),
        targets: "inline",
        path: "",
        scope: [],
      })
    },
  }
}

/** An element of a list is called by the list. */
export function nameElements({ steps }: PlanFlow, names: Map<string, string>): void {
  for (const { each } of steps)
    if (each !== null)
      names.set(each.binder, `each ${JSON.stringify([names.get(each.of) ?? each.of, each.path])}`)
}

/** A condition without the parts that follow from others. */
export function conditionOf(question: Question, side: FlowSide): Form {
  const form = valueOf(side.asked(question))
  const parts = conjuncts(form)
  const kept = parts.filter(
    (part, i) =>
      !parts.some((other, j) => i !== j && implies(other, part) && (j < i || !implies(part, other))),
  )
  return kept.length === parts.length ? form : { ...joined("and", kept, side.forms, form.at), at: form.at }
}

/** The value a question gives, where it does nothing else. */
export function valueOf(asked: Form): Form {
  const [value] = asked.parts
  return asked.op === "record" && asked.parts.length === 1 && asked.detail[0] === "field value" && value
    ? value
    : asked
}
