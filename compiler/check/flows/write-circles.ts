// Flows that start each other by what they write: a change of a record is an event, whoever made it. Flows in: checked flows and the maps of the project.
// Flows out: a warning for each circle, unless somebody in it takes no changes of our own. A write that touches none of the fields a flow waits for starts nothing.
import { type Diagnostic, diagnostic, type Place } from "@fmap/grammar"
import type { PlanFlow, PlanMap } from "../../plan/index.ts"

interface Placed {
  readonly plan: PlanFlow
  readonly place: Place
}

export function writeCircles(
  flows: readonly Placed[],
  maps: readonly PlanMap[],
  wireNames: (shape: string) => ReadonlyMap<string, string>,
): readonly Diagnostic[] {
  const writes = new Map(flows.map(({ plan }) => [plan.name, writesOf(plan, maps, wireNames)]))
  const next = (name: string): readonly string[] =>
    flows.flatMap(({ plan }) =>
      (writes.get(name) ?? []).some(write => starts(write, plan)) ? [plan.name] : [],
    )
  const told = new Set<string>()
  return flows.flatMap(({ plan, place }) => {
    const circle = circleTo(plan.name, plan.name, next, new Set())
    if (circle === null || plan.trigger.kind !== "changed" || circle.some(name => told.has(name))) return []
    for (const name of circle) told.add(name)
    const { contract } = plan.trigger.from
    return [
      diagnostic("FM7151", { circle: circle.join(" → "), contract }, place, {
        label: "without `not by us`",
        help: "Say `changed … not by us`, or `changed in (…)` with fields the flow does not write.",
      }),
    ]
  })
}

interface Write {
  readonly contract: string
  /** Wire names; null: all that there are. */
  readonly fields: ReadonlySet<string> | null
}

function writesOf(
  { steps }: PlanFlow,
  maps: readonly PlanMap[],
  wireNames: (shape: string) => ReadonlyMap<string, string>,
): readonly Write[] {
  return steps.flatMap((step): readonly Write[] => {
    if (step.kind !== "send" && step.kind !== "load") return []
    const { contract } = step.to
    const call = "call" in step.what ? step.what.call : null
    const map = call === null ? undefined : maps.find(each => each.name === call.map)
    if (map === undefined) return [{ contract, fields: null }]
    const left = new Set(map.report.left.map(({ field }) => field))
    const own = [...wireNames(map.target.shape)].filter(([name]) => !left.has(name))
    return [{ contract, fields: new Set(own.map(([, wire]) => wire)) }]
  })
}

function starts({ contract, fields }: Write, { trigger }: PlanFlow): boolean {
  if (trigger.kind !== "changed" || trigger.notByUs || trigger.from.contract !== contract) return false
  return fields === null || trigger.fields === null || trigger.fields.some(field => fields.has(field))
}

function circleTo(
  goal: string,
  from: string,
  next: (name: string) => readonly string[],
  seen: Set<string>,
): readonly string[] | null {
  for (const name of next(from)) {
    if (name === goal) return [from]
    if (seen.has(name)) continue
    seen.add(name)
    const rest = circleTo(goal, name, next, seen)
    if (rest !== null) return [from, ...rest]
  }
  return null
}
