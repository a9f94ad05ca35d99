// What flows want of systems whose configuration does not offer it: found at the start, and not by every event. Flows in: flows and connectors. Flows out: a sentence each.
import type { Connector, Need } from "@fmap/runtime/connectors"
import { type FlowSpec, nobodySaysWho } from "@fmap/runtime/flow"
import { usesOf } from "./plan-flows.ts"

export function unoffered(
  specs: readonly FlowSpec[],
  systems: ReadonlyMap<string, Connector>,
): readonly string[] {
  const unsaid = specs.flatMap(({ name, trigger }) => {
    if (trigger.kind !== "changed" || !trigger.notByUs) return []
    const connector = systems.get(trigger.from.system)
    return connector === undefined || connector.saysWhoChanged === true
      ? []
      : [`${nobodySaysWho(name, trigger.from.system)}.`]
  })
  const problems = specs.flatMap(spec =>
    usesOf(spec).flatMap(({ object, need }) => {
      // A platform takes bulk loads or does not: no option says so.
      if (need === "load") return []
      const lack = systems.get(object.system)?.lacks?.(object, need)
      return lack === undefined
        ? []
        : [`System ${object.system}: ${lack}, and ${spec.name} needs it to ${words[need]} ${object.object}.`]
    }),
  )
  return [...new Set([...problems, ...unsaid])]
}

const words: Readonly<Record<Need, string>> = {
  read: "read",
  changes: "be told of changes of",
  create: "create",
  update: "update",
  upsert: "create or update",
  delete: "delete",
  ensure: "make sure of",
}
