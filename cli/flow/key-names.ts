// What a project knows of its keys. Flows in: its flows and contracts. Flows out: by which field a flow's events are called, and what targets answer that names a record there.
import type { FlowSpec, KeyNames } from "@fmap/runtime/flow"
import type { PlanFacts } from "./plan-facts.ts"
import { stepOf } from "./step-of.ts"

export function keyNames(specs: readonly FlowSpec[], facts: PlanFacts): KeyNames {
  const byName = new Map(specs.map(spec => [spec.name, spec]))
  return {
    key(flow) {
      const spec = byName.get(flow)
      return spec === undefined ? null : facts.eventKey(spec)
    },
    answers(flow, effect) {
      const spec = byName.get(flow)
      const step = spec === undefined ? undefined : stepOf(spec, effect)
      return step?.kind === "send" ? (facts.facts(step.to).answers ?? []) : []
    },
  }
}
