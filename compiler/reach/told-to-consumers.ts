// What a change is told to declared consumers. Flows in: findings, the Plan before and after, how strict to be. Flows out: the findings, each with the consumers it reaches, L007 for each consumer that
// breaks, and the consumers one by one. Where none is declared, nothing is added.

import type { ChangeFinding } from "../diff/finding.ts"
import { lineageFinding } from "../diff/governance/lineage-finding.ts"
import type { MappingMode } from "../diff/maps/compare-maps.ts"
import type { Plan } from "../plan/index.ts"
import { type ConsumerReach, consumersReached, type Reached } from "./consumers-reached.ts"

export interface ToldToConsumers {
  readonly findings: readonly ChangeFinding[]
  /** L007, one for each consumer that breaks. */
  readonly breaks: readonly ChangeFinding[]
  readonly consumers: readonly ConsumerReach[]
}

export function toldToConsumers(
  findings: readonly ChangeFinding[],
  old: Plan | null,
  now: Plan,
  mode: MappingMode,
): ToldToConsumers {
  const consumers = consumersReached(findings, old, now)
  if (consumers.length === 0) return { findings, breaks: [], consumers }
  const named = new Map<string, string[]>()
  for (const { consumer, reached } of consumers)
    for (const fingerprint of new Set(reached.map(one => one.fingerprint)))
      named.set(fingerprint, [...(named.get(fingerprint) ?? []), consumer])
  return {
    findings: findings.map(finding => {
      const own = named.get(finding.fingerprint)
      return own === undefined ? finding : { ...finding, consumers: own }
    }),
    breaks: consumers.filter(({ breaks }) => breaks).map(consumer => breakOf(consumer, mode)),
    consumers,
  }
}

function breakOf({ consumer, owner, contact, reached, at }: ConsumerReach, mode: MappingMode): ChangeFinding {
  const breaking = reached.filter(({ breaks }) => breaks)
  const [first] = breaking
  const changes = [...new Set(breaking.map(({ fingerprint }) => fingerprint))].toSorted()
  const more = changes.length > 1 ? `, and ${changes.length - 1} more` : ""
  const finding = lineageFinding(
    {
      rule: "L007",
      subject: consumer,
      // Another change is another thing to agree to.
      old: changes.join(" "),
      new: null,
      message:
        first === undefined
          ? ""
          : `${consumer} reads ${first.field}: ${reasonOf(first)} (${first.rule}${more}).`,
      newAt: at,
    },
    mode,
  )
  const whom = [owner, contact].filter(one => one !== null).join(", ")
  return {
    ...finding,
    old: [...new Set(breaking.map(({ field }) => field))].join(", "),
    fix: whom === "" ? finding.fix : `Ask ${whom}. ${finding.fix ?? ""}`.trim(),
    consumers: [consumer],
  }
}

function reasonOf({ message, path }: Reached): string {
  const way = path.length > 2 ? `, by ${path.join(" → ")}` : ""
  return `${message.replace(/\.$/u, "")}${way}`
}
