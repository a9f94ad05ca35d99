// The questions of each flow, by the flow's name, which theirs begin with. Flows in: a Plan. Flows out: maps, in their order; flows without one are not in it.
import type { Plan, PlanMap } from "./plan.ts"

export function questionsOfFlows({ questions = [] }: Plan): ReadonlyMap<string, readonly PlanMap[]> {
  const found = new Map<string, PlanMap[]>()
  for (const question of questions) {
    const [flow = ""] = question.name.split(".")
    const known = found.get(flow)
    if (known === undefined) found.set(flow, [question])
    else known.push(question)
  }
  return found
}
