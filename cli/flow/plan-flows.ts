// The flows of a Plan. Flows in: a Plan, names of flows. Flows out: their specs; sentences about names that are none.
import type { Plan } from "@fmap/compiler"
import type { FlowSpec } from "@fmap/runtime/flow"
import type { FlowConfig } from "./flow-config.ts"
import { noSuch } from "./no-such.ts"

export function flowsIn(plan: Plan): readonly FlowSpec[] {
  return plan.flows ?? []
}

/** All that they read, write or are started by. */
export function systemsOf(specs: readonly FlowSpec[]): ReadonlySet<string> {
  return new Set(
    specs.flatMap(({ steps, trigger }) => [
      ...(trigger.kind === "changed" ? [trigger.from.system] : []),
      ...steps.flatMap(step =>
        step.kind === "read"
          ? [step.from.system]
          : step.kind === "send" || step.kind === "load"
            ? [step.to.system]
            : [],
      ),
    ]),
  )
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
