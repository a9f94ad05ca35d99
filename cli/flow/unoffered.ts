// What flows want of systems whose configuration does not offer it: found at the start, and not by every event. Flows in: flows and connectors. Flows out: a sentence each.
import type { Connector, Need } from "@fmap/runtime/connectors"
import type { FlowSpec, ObjectSpec } from "@fmap/runtime/flow"

interface Wish {
  readonly of: ObjectSpec
  readonly need: Need
}

export function unoffered(
  specs: readonly FlowSpec[],
  systems: ReadonlyMap<string, Connector>,
): readonly string[] {
  const problems = specs.flatMap(spec =>
    wishesOf(spec).flatMap(({ of, need }) => {
      const lack = systems.get(of.system)?.lacks?.(of, need)
      return lack === undefined
        ? []
        : [`System ${of.system}: ${lack}, and ${spec.name} needs it to ${words[need]} ${of.object}.`]
    }),
  )
  return [...new Set(problems)]
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

function wishesOf({ trigger, steps }: FlowSpec): readonly Wish[] {
  return [
    ...(trigger.kind === "changed" ? [{ of: trigger.from, need: "changes" } as const] : []),
    ...steps.flatMap((step): readonly Wish[] => {
      if (step.kind === "read") return [{ of: step.from, need: "read" }]
      return step.kind === "send" ? [{ of: step.to, need: step.verb }] : []
    }),
  ]
}
