// The flows of a Plan. Flows in: a Plan, names of flows. Flows out: their specs, and what of other systems they use; sentences about names that are none.
import type { Plan } from "@fmap/compiler"
import type { Need } from "@fmap/runtime/connectors"
import type { FlowSpec, ObjectSpec } from "@fmap/runtime/flow"
import type { FlowConfig } from "./flow-config.ts"
import { noSuch } from "./no-such.ts"

export function flowsIn(plan: Plan): readonly FlowSpec[] {
  return plan.flows ?? []
}

/** One thing of another system that a flow needs. */
export interface Use {
  readonly object: ObjectSpec
  readonly need: Need | "load"
}

/** What begins it, what it reads and what it writes, in this order. */
export function usesOf({ trigger, steps }: FlowSpec): readonly Use[] {
  const begun = trigger.kind === "changed" ? [{ object: trigger.from, need: "changes" } as const] : []
  const done = steps.flatMap((step): readonly Use[] => {
    switch (step.kind) {
      case "read":
        return [{ object: step.from, need: "read" }]
      case "send":
        return [{ object: step.to, need: step.verb }]
      case "load":
        return [{ object: step.to, need: "load" }]
      default:
        return []
    }
  })
  return [...begun, ...done]
}

/** All that they read, write or are started by. */
export function systemsOf(specs: readonly FlowSpec[]): ReadonlySet<string> {
  return new Set(specs.flatMap(usesOf).map(({ object }) => object.system))
}

export function noSuchFlow(name: string, specs: readonly FlowSpec[]): string {
  return specs.length === 0
    ? "The project has no flow."
    : noSuch(
        "flow",
        name,
        specs.map(spec => spec.name),
      )
}

/** What is said of a flow that is not there is meant for one that now begins as usual: with nothing of what is there. */
export function strangeFlows(
  { flows, shown }: Pick<FlowConfig, "flows" | "shown">,
  specs: readonly FlowSpec[],
): readonly string[] {
  return Object.keys(flows)
    .filter(name => specs.length > 0 && !specs.some(spec => spec.name === name))
    .map(name => `${shown}, "flows.${name}": ${noSuchFlow(name, specs)}`)
}
