// The maps and questions of a Plan as flows ask them. Flows in: the Plan and its reference data. Flows out: `ask` and `call`; which flows ask crosswalks that flows fill; how keys
// of filled rows are written.
import { flowMaps, type InterpretReference, type Plan } from "@fmap/compiler"
import { type Crosswalk, crosswalkKey, normaliseKey } from "@fmap/runtime"
import type { Ask, CallMap, FilledRows, FlowSpec } from "@fmap/runtime/flow"

export interface PlanMaps {
  readonly ask: Ask
  readonly call: CallMap
  /** Does a map of this flow ask a crosswalk that a flow fills? */
  asksFilled(spec: FlowSpec): boolean
  linkKey(crosswalk: string, keys: readonly string[]): string
}

export function planMaps(plan: Plan, reference: InterpretReference, specs: readonly FlowSpec[]): PlanMaps {
  const maps = flowMaps(plan)
  const asked = new Map([...plan.maps, ...(plan.questions ?? [])].map(map => [map.name, map.crosswalks]))
  const filledOnes = new Set(
    specs.flatMap(({ steps }) =>
      steps.flatMap(step => (step.kind === "send" ? step.links.map(link => link.crosswalk) : [])),
    ),
  )

  function dataFor(map: string, filled: FilledRows): InterpretReference {
    const layered = (asked.get(map) ?? []).flatMap(id => {
      const base = reference[id]
      return filledOnes.has(id) && base !== undefined && "find" in base
        ? [[id, withFilled(id, base, filled)] as const]
        : []
    })
    return layered.length === 0 ? reference : { ...reference, ...Object.fromEntries(layered) }
  }

  return {
    ask: (question, scope, filled) => maps.ask(question, scope, dataFor(question, filled)),
    call: ({ name }, input, filled) => maps.call(name, input, dataFor(name, filled)),
    asksFilled: spec => namesIn(spec).some(name => asked.get(name)?.some(id => filledOnes.has(id)) === true),
    linkKey(id, keys) {
      const form = plan.crosswalks.find(crosswalk => crosswalk.id === id)?.keyForm ?? "exact"
      return crosswalkKey(keys.map(key => normaliseKey(key, form)))
    },
  }
}

/** Rows that flows filled stand before those of the file. */
function withFilled(id: string, base: Crosswalk, filled: FilledRows): Crosswalk {
  return {
    ...base,
    snapshot: `${base.snapshot}+${filled.snapshot}`,
    find: (key, asOf) => filled.find(id, key) ?? base.find(key, asOf),
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
