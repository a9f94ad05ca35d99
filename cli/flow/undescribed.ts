// What stands between flows and their systems before anything is opened: systems nobody describes, and descriptions that are not filled in. Flows in: flows, what the configuration says. Flows out: a
// sentence for each system.
import type { FlowSpec } from "@fmap/runtime/flow"
import type { FlowConfig } from "./flow-config.ts"
import { placeholdersIn } from "./placeholder.ts"
import { usesOf } from "./plan-flows.ts"

/** `polls`: what flows are told of has to be there, too. By hand they run without it. */
export function undescribed(
  specs: readonly FlowSpec[],
  { systems, shown }: Pick<FlowConfig, "systems" | "shown">,
  polls: boolean,
): readonly string[] {
  const users = new Map<string, Set<string>>()
  for (const spec of specs)
    for (const { object, need } of usesOf(spec)) {
      if (need === "changes" && !polls) continue
      const names = users.get(object.system) ?? new Set()
      users.set(object.system, names.add(spec.name))
    }
  return [...users].flatMap(([system, flows]) => {
    const settings = Object.hasOwn(systems, system) ? systems[system] : undefined
    if (settings === undefined) return [nobodySays(system, [...flows])]
    const places = placeholdersIn(settings).map(({ at }) => at)
    return places.length === 0
      ? []
      : [`System ${system}: still to be filled in in ${shown}: ${places.join(", ")}.`]
  })
}

function nobodySays(system: string, flows: readonly string[]): string {
  const who = flows.length === 1 ? `Flow ${flows[0]} needs` : `Flows ${flows.join(", ")} need`
  return `${who} the system ${system}, and nobody says how it is reached: name it under "systems" of fmap.flows.json, or let fmap flow init write it.`
}
