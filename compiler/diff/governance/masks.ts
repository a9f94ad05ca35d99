// L003: values that were hidden on their way and are not any more, or less. Flows in: both sides. Flows out: facts, from lineage and from how much each call of `masked` keeps.

import { pathOf } from "../../govern/fields.ts"
import { isMasked } from "../../govern/labels.ts"
import type { MapSubject } from "../../govern/landscape.ts"
import { childrenOfBlock } from "../../plan/children.ts"
import { everyExpression } from "../../plan/every-expression.ts"
import type { PlanMap } from "../../plan/index.ts"
import { paired, type Sides } from "./compare-governance.ts"
import { type LineageFacts, shownPlace } from "./lineage-finding.ts"

export function maskChanges(sides: Sides): readonly LineageFacts[] {
  return paired(sides.old.maps, sides.now.maps).flatMap(([was, is]) => [
    ...unmasked(was, is, sides),
    ...weakened(was.declared, is.declared, sides),
  ])
}

function unmasked(was: MapSubject, is: MapSubject, { old, now }: Sides): readonly LineageFacts[] {
  const before = arrivals(was, old)
  return [...arrivals(is, now)].flatMap(([key, { field, source, masked, at }]): readonly LineageFacts[] => {
    if (masked || before.get(key)?.masked !== true) return []
    return [
      {
        rule: "L003",
        subject: is.name,
        path: field,
        old: "masked",
        new: null,
        about: source,
        message: `"${field}" takes ${source} as it is; before it was masked.`,
        newAt: shownPlace(at, now.plan),
      },
    ]
  })
}

interface Arrival {
  readonly field: string
  readonly source: string
  /** On every way it comes. */
  readonly masked: boolean
  readonly at: MapSubject["at"]
}

function arrivals(map: MapSubject, side: Sides["old"]): ReadonlyMap<string, Arrival> {
  const found = new Map<string, Arrival>()
  for (const { path: field, edges, at } of side.lineage(map.declared)?.fields ?? [])
    for (const edge of edges) {
      if (edge.origin.kind !== "source" || edge.role !== "value") continue
      const source = pathOf([edge.origin.name, ...edge.origin.path])
      const key = `${field}\n${source}`
      const masked = isMasked(edge) && found.get(key)?.masked !== false
      found.set(key, { field, source, masked, at: edge.at[0] ?? at })
    }
  return found
}

function weakened(was: PlanMap, is: PlanMap, { old, now }: Sides): readonly LineageFacts[] {
  const before = keptOf(was)
  return [...keptOf(is)].flatMap(([value, { keep, at }]): readonly LineageFacts[] => {
    const known = before.get(value)
    if (known === undefined || keep <= known.keep) return []
    return [
      {
        rule: "L003",
        subject: is.name,
        old: String(known.keep),
        new: String(keep),
        about: value,
        message: `A masked text keeps ${keep} characters readable instead of ${known.keep}.`,
        oldAt: shownPlace(known.at, old.plan),
        newAt: shownPlace(at, now.plan),
      },
    ]
  })
}

/** How much of each value stays readable, at most. */
function keptOf(map: PlanMap): ReadonlyMap<string, { readonly keep: number; readonly at: PlanMap["at"] }> {
  const found = new Map<string, { readonly keep: number; readonly at: PlanMap["at"] }>()
  for (const node of everyExpression(childrenOfBlock(map.body).map(({ expression }) => expression))) {
    if (node.kind !== "call" || node.function !== "masked") continue
    const [value, kept] = node.arguments
    const keep = kept?.kind === "literal" ? Number(String(kept.value)) : 0
    const key = JSON.stringify(value, (name, member: unknown) => (name === "at" ? undefined : member))
    const known = found.get(key)
    if (known === undefined || known.keep < keep) found.set(key, { keep, at: node.at })
  }
  return found
}
