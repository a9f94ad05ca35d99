// The half of a release's comparison that is about what flows do. Flows in: two Plans, their sources where they are at hand, and how strict to be. Flows out: findings of the rules F001 to F033, in
// the order of the new Plan. Compares meaning: what is only written differently is told as proved the same.
import type { PlanFlow } from "../../plan/index.ts"
import type { ChangeFinding } from "../finding.ts"
import type { MappingMode, Release } from "../maps/compare-maps.ts"
import { createForms } from "../maps/form.ts"
import { renamedMaps } from "../maps/renamed-maps.ts"
import { type FlowChange, type FlowTelling, flowFinding, said } from "./flow-finding.ts"
import { conditionOf, type FlowPlan, type FlowSide, flowPlan, flowSide, valueOf } from "./flow-side.ts"
import { type PairedSteps, pairSteps } from "./pair-steps.ts"
import { ledFrom, routeChanges } from "./route-changes.ts"
import { stepCame } from "./step-came.ts"
import { type StepsOf, stepChanges } from "./step-changes.ts"
import { isWrittenOut, stepParts, waitingIn } from "./step-form.ts"
import { targetsText } from "./targets-text.ts"
import { laneChanges, triggerChanges, triggerMeaning, wantedChanges } from "./trigger-changes.ts"

export function compareFlows(old: Release, now: Release, mode: MappingMode): readonly ChangeFinding[] {
  const before = new Map((old.plan.flows ?? []).map(flow => [flow.name, flow]))
  const after = new Set((now.plan.flows ?? []).map(({ name }) => name))
  if (before.size === 0 && after.size === 0) return []
  const side = createForms()
  const same = (id: string): string => id
  const mapNames = renamedMaps(old.plan, now.plan)
  const plans = {
    old: flowPlan(old.plan, side(), same, same),
    new: flowPlan(now.plan, side(), same, name => mapNames.get(name) ?? name),
  }
  const telling: FlowTelling = { old, new: now, mode }
  const left = new Set((old.plan.flows ?? []).filter(({ name }) => !after.has(name)))
  const formerOf = (flow: PlanFlow): PlanFlow | undefined => {
    const same = (one: PlanFlow) => changesOf(one, flow, plans, telling).every(({ rule }) => rule === "F001")
    const former = [...left].find(same)
    if (former !== undefined) left.delete(former)
    return former
  }
  return [
    ...(now.plan.flows ?? []).flatMap(flow => {
      const namesake = before.get(flow.name)
      const known = namesake ?? formerOf(flow)
      const changes =
        known === undefined
          ? [cameOrWent(flow, plans.new, true)]
          : namesake === undefined
            ? [renamed(known, flow)]
            : changesOf(known, flow, plans, telling)
      return once(changes.map(change => flowFinding(change, { old: known ?? null, new: flow }, telling)))
    }),
    ...[...left].map(flow =>
      flowFinding(cameOrWent(flow, plans.old, false), { old: flow, new: null }, telling),
    ),
  ]
}

function changesOf(
  was: PlanFlow,
  is: PlanFlow,
  plans: { readonly old: FlowPlan; readonly new: FlowPlan },
  releases: FlowTelling,
): readonly FlowChange[] {
  const [old, now] = [flowSide(was, plans.old, true), flowSide(is, plans.new, false)]
  const waits = { old: waitingIn(old), new: waitingIn(now) }
  const steps = pairSteps(old, now, waits)
  const sides: StepsOf = { old, new: now, releases, waits }
  const answers = new Set(is.steps.flatMap(({ kind, name }) => (kind === "answer" ? [name] : [])))
  const ofTrigger = triggerChanges(sides)
  const found = [
    ...ofTrigger,
    ...wantedChanges(sides),
    ...laneChanges(sides),
    ...steps.gone.flatMap(step => stepCame(step, old, false)),
    ...steps.pairs.flatMap(([before, after]) =>
      placedAt(stepChanges(before, after, sides), before.name, after.name, sides),
    ),
    ...steps.come.flatMap(step => stepCame(step, now, true)),
  ]
  // Another answer is made by another map.
  if (ofTrigger.some(({ rule }) => rule === "F027"))
    found.splice(
      0,
      found.length,
      ...found.filter(({ rule, path }) => rule !== "F014" || !answers.has(path[0] ?? "")),
    )
  found.push(...routeChanges(was, is, new Set(found.map(change => change.new?.canonical ?? ""))))
  const codes = ledFrom(was)
  const common = new Set([...ledFrom(is).keys()].filter(key => codes.has(key)))
  if (meaningText(old, waits.old, common) === meaningText(now, waits.new, common))
    return found.length > 0 || written(was, plans.old) === written(is, plans.new) ? found : [equivalent(is)]
  return found.some(({ rule }) => rule !== "F023" && rule !== "F032")
    ? found
    : [...found, ...unexplained(steps, old, now)]
}

/** Changes of a step point at it where they have no place of their own. */
function placedAt(
  changes: readonly FlowChange[],
  was: string,
  is: string,
  { old, new: now }: StepsOf,
): readonly FlowChange[] {
  const at = ({ flow }: FlowSide, name: string) =>
    flow.places.find(({ step }) => step === name)?.at ?? flow.at
  return changes.map(change => ({
    ...change,
    oldAt: change.oldAt ?? change.old?.at ?? at(old, was),
    newAt: change.newAt ?? change.new?.at ?? at(now, is),
  }))
}

/** All that a flow does, in names that both sides share. Codes that only one side has follow from its maps and steps. */
function meaningText(
  side: FlowSide,
  waits: ReturnType<typeof waitingIn>,
  codes: ReadonlySet<string>,
): string {
  const { flow } = side
  const { trigger, when, lane } = flow
  const asked = (question: typeof when): number | null =>
    question === null ? null : valueOf(side.asked(question)).id
  const steps = flow.steps
    .filter(step => !isWrittenOut(step, side))
    .map(step => JSON.stringify({ ...stepParts(step, side, waits), version: null }))
  const routes = [...ledFrom(flow)]
    .filter(([key]) => codes.has(key))
    .map(([key, { route }]) => JSON.stringify([key, route.to, route.lane]))
  return JSON.stringify([
    triggerMeaning(trigger),
    when === null ? null : conditionOf(when, side).id,
    lane === null ? null : [asked(lane.key), asked(lane.newest)],
    steps.toSorted(),
    routes.toSorted(),
  ])
}

/** As it stands in the Plan: is there anything to be told at all? */
function written(flow: PlanFlow, { asked }: FlowPlan): string {
  const silent = new Set([
    "at",
    "docs",
    "file",
    "version",
    "codes",
    "places",
    "owner",
    "allows",
    "slos",
    "report",
  ])
  return JSON.stringify([flow, asked.get(flow.name) ?? []], (name, member: unknown) =>
    silent.has(name) ? undefined : member,
  )
}

function equivalent(flow: PlanFlow): FlowChange {
  return {
    rule: "F001",
    path: [],
    old: null,
    new: null,
    message: `${flow.name} is started by the same events, and each has the effects it had.`,
    seen: null,
  }
}

/** What differs and has no rule is told as a whole: nothing is called the same that was not proved. */
function unexplained(steps: PairedSteps, old: FlowSide, now: FlowSide): readonly FlowChange[] {
  const differing = steps.pairs.find(
    ([was, is]) =>
      JSON.stringify({ ...stepParts(was, old, waitingIn(old)), version: null }) !==
      JSON.stringify({ ...stepParts(is, now, waitingIn(now)), version: null }),
  )
  return [
    {
      rule: "F033",
      path: differing === undefined ? [] : [differing[1].name],
      old: said(old.flow.name),
      new: said(now.flow.name),
      message: `${now.flow.name} does something differently${differing === undefined ? "" : ` in "${differing[1].name}"`}.`,
      seen: `${targetsText(now)} may get something else`,
    },
  ]
}

/** Its events, marks and receipts belong to the old name. */
function renamed(was: PlanFlow, is: PlanFlow): FlowChange {
  return {
    rule: "F031",
    path: [],
    old: said(was.name),
    new: said(is.name),
    message: `The flow ${was.name} is called ${is.name} now and does what it did.`,
    seen: `${is.name} begins without the marks and receipts of ${was.name}: what was taken in under the old name is new to it, and may be done again`,
  }
}

function cameOrWent(flow: PlanFlow, plan: FlowPlan, isNew: boolean): FlowChange {
  const text = said(flow.name)
  const targets = targetsText(flowSide(flow, plan, true))
  return {
    rule: "F031",
    other: isNew,
    path: [],
    old: isNew ? null : text,
    new: isNew ? text : null,
    message: isNew ? `The flow ${flow.name} is new.` : `The flow ${flow.name} is no longer there.`,
    seen: isNew ? null : `nothing comes to ${targets} by it any more`,
  }
}

function once(findings: readonly ChangeFinding[]): readonly ChangeFinding[] {
  return [...new Map(findings.map(finding => [finding.fingerprint, finding])).values()]
}
