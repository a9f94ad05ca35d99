// The flows of a Plan. Flows in: a Plan. Flows out: their specs, by name where one is wanted.
import type { Plan } from "@fmap/compiler"
import { suggest } from "@fmap/grammar"
import type { FlowSpec } from "@fmap/runtime/flow"

export function flowsIn(plan: Plan): readonly FlowSpec[] {
  return plan.flows ?? []
}

export function noSuchFlow(name: string, specs: readonly FlowSpec[]): string {
  const names = specs.map(spec => spec.name)
  const meant = suggest(name, names)
  if (meant !== undefined) return `There is no flow "${name}". Did you mean "${meant}"?`
  return names.length === 0
    ? "The project has no flow."
    : `There is no flow "${name}"; there are: ${names.join(", ")}.`
}
