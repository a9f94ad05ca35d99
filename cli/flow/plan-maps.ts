// The maps and questions of a Plan as flows ask them. Flows in: the Plan and its reference data. Flows out: `ask` and `call`; which flows ask crosswalks that flows fill; how keys
// of filled rows are written.
import { flowMaps, type InterpretReference, type Plan } from "@fmap/compiler"
import type { Ask, CallMap, FlowSpec } from "@fmap/runtime/flow"

export interface PlanMaps {
  readonly ask: Ask
  readonly call: CallMap
  /** Does a map of this flow ask a crosswalk that flows fill? */
  asksFilled(spec: FlowSpec): boolean
  linkKey(crosswalk: string, keys: readonly string[]): string
}

export function planMaps(plan: Plan, reference: InterpretReference): PlanMaps {
  const maps = flowMaps(plan)
  const asked = new Map([...plan.maps, ...(plan.questions ?? [])].map(map => [map.name, map.crosswalks]))
  const filled = new Set(plan.crosswalks.flatMap(({ id, links }) => (links === undefined ? [] : [id])))
  return {
    ask: (question, scope, rows) => maps.ask(question, scope, reference, rows),
    call: ({ name }, input, rows) => maps.call(name, input, reference, rows),
    asksFilled: spec => namesIn(spec).some(name => asked.get(name)?.some(id => filled.has(id)) === true),
    linkKey: maps.linkKey,
  }
}

/** Every map and question that the flow names. */
function namesIn(spec: FlowSpec): readonly string[] {
  const names: string[] = []
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return
    if ("map" in value && typeof value.map === "string") names.push(value.map)
    for (const member of Object.values(value)) look(member)
  }
  look(spec)
  return names
}
