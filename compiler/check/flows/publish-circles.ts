// Flows that start each other by events never end. Flows in: checked flows. Flows out: a diagnostic for each circle.
import { type Diagnostic, diagnostic, type Place } from "@fmap/grammar"
import type { PlanFlow } from "../../plan/index.ts"

export function publishCircles(
  flows: readonly { readonly plan: PlanFlow; readonly place: Place }[],
): readonly Diagnostic[] {
  const startedBy = new Map<string, string[]>()
  for (const { plan } of flows)
    if (plan.trigger.kind === "event") {
      const { event } = plan.trigger
      startedBy.set(event, [...(startedBy.get(event) ?? []), plan.name])
    }
  const next = new Map(
    flows.map(({ plan }) => [
      plan.name,
      plan.steps.flatMap(step => (step.kind === "publish" ? (startedBy.get(step.event) ?? []) : [])),
    ]),
  )
  const done = new Set<string>()
  return flows.flatMap(({ plan, place }) => {
    const circle = circleFrom(plan.name, next, [], done)
    return circle === null
      ? []
      : [diagnostic("FM7150", { circle: circle.join(" → ") }, place, { label: "starts itself again" })]
  })
}

function circleFrom(
  name: string,
  next: ReadonlyMap<string, readonly string[]>,
  path: readonly string[],
  done: Set<string>,
): readonly string[] | null {
  if (path.includes(name)) return [...path.slice(path.indexOf(name)), name]
  if (done.has(name)) return null
  for (const other of next.get(name) ?? []) {
    const circle = circleFrom(other, next, [...path, name], done)
    if (circle !== null) {
      for (const each of circle) done.add(each)
      return circle
    }
  }
  done.add(name)
  return null
}
