// What becomes of events that stop, code by code. Flows in: two flows. Flows out: changes. A route is judged by what it does with each code, not by how routes are written.
import type { PlanFlow } from "../../plan/index.ts"
import type { FlowChange } from "./flow-finding.ts"

type Route = PlanFlow["routes"][number]
type Ending = Route["on"]

interface Led {
  readonly on: Ending
  readonly code: string | null
  readonly route: Route
  /** The route names the code. */
  readonly own: boolean
}

/** `told`: ways out that are new and told of their step. */
export function routeChanges(old: PlanFlow, now: PlanFlow, told: ReadonlySet<string>): readonly FlowChange[] {
  const before = ledFrom(old)
  const both: { readonly was: Led; readonly is: Led }[] = []
  const come: Led[] = []
  for (const [key, is] of ledFrom(now)) {
    const was = before.get(key)
    if (was !== undefined) both.push({ was, is })
    else if (!told.has(key)) come.push(is)
  }
  return [
    ...groupedBy(both, ({ was, is }) => [is.on, placeText(was.route), placeText(is.route)]).flatMap(
      placeChanges,
    ),
    ...groupedBy(both, ({ was, is }) => [is.on, was.route.lane, is.route.lane]).flatMap(laneChanges),
    ...groupedBy(come, ({ on, own, route }) => [on, own, placeText(route)]).flatMap(newReasons),
  ]
}

function groupedBy<T>(all: readonly T[], keyOf: (one: T) => unknown): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>()
  for (const one of all) {
    const key = JSON.stringify(keyOf(one))
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()]
}

/** Of every code a flow can stop with, and of failures, where the event goes. */
export function ledFrom({ codes, routes }: PlanFlow): ReadonlyMap<string, Led> {
  const endings: readonly { readonly on: Ending; readonly code: string | null }[] = [
    ...codes.flatMap(({ verb, code }) => (verb === "hold" || verb === "reject" ? [{ on: verb, code }] : [])),
    { on: "failure", code: null },
  ]
  const found = new Map<string, Led>()
  for (const { on, code } of endings) {
    const own = routes.find(route => route.on === on && code !== null && route.codes?.includes(code))
    const route = own ?? routes.find(one => one.on === on && one.codes === null)
    if (route !== undefined) found.set(`${on} ${code ?? ""}`, { on, code, route, own: own !== undefined })
  }
  return found
}

function newReasons(group: readonly [Led, ...Led[]]): readonly FlowChange[] {
  const [{ on, route, own }] = group
  const codes = codesText(group)
  return [
    {
      rule: "F023",
      other: own,
      path: pathOf(group),
      old: null,
      new: { canonical: allCodes(group), text: `${on} ${codes}` },
      message: `An event can be ${on === "hold" ? "held" : "rejected"} as ${codes}, which it could not${own ? "" : `; no route says so by name, and it goes to ${placeText(route)}`}.`,
      seen: null,
    },
  ]
}

type Pairs = readonly [{ readonly was: Led; readonly is: Led }, ...{ readonly was: Led; readonly is: Led }[]]

function placeChanges(group: Pairs): readonly FlowChange[] {
  const [{ was, is }] = group
  const [before, after] = [placeText(was.route), placeText(is.route)]
  if (before === after) return []
  const same = was.route.to.kind === is.route.to.kind
  const led = ledIn(group)
  return [
    {
      rule: "F021",
      other: same,
      path: pathOf(led),
      old: { canonical: `${allCodes(led)} ${before}`, text: before },
      new: { canonical: after, text: after },
      message: `${stopText(led)} goes to ${after} instead of ${before}.`,
      seen: same
        ? null
        : is.route.to.kind === "deadLetter"
          ? "nobody is asked to do anything about such an event, and its record is missing at the target"
          : "people are asked about events that were given up before",
    },
  ]
}

function laneChanges(group: Pairs): readonly FlowChange[] {
  const [{ was, is }] = group
  const [before, after] = [was.route.lane, is.route.lane]
  if (before === after) return []
  const waits = after === "block"
  const led = ledIn(group)
  return [
    {
      rule: "F022",
      other: waits,
      path: [...pathOf(led), "lane"],
      old: { canonical: `${allCodes(led)} ${before}`, text: before },
      new: { canonical: after, text: after },
      message: `${stopText(led)} lets its lane ${words[after]}; before, its lane ${did[before]}.`,
      seen: waits
        ? null
        : "a later change of the same record is written before the one that stopped, and may be written over by it",
    },
  ]
}

const did = { block: "waited", park: "went on", supersede: "gave way to newer versions" } as const
const words = { block: "wait", park: "go on", supersede: "give way to newer versions" } as const

function ledIn(group: Pairs): readonly [Led, ...Led[]] {
  const [first, ...others] = group
  return [first.is, ...others.map(({ is }) => is)]
}

/** One code is a place of its own; several are told at their kind. */
function pathOf([{ on, code }, ...others]: readonly [Led, ...Led[]]): readonly string[] {
  return ["routes", code === null || others.length > 0 ? on : `${on} ${code}`]
}

function allCodes(group: readonly Led[]): string {
  return group
    .map(({ on, code }) => `${on} ${code ?? ""}`.trim())
    .toSorted()
    .join(", ")
}

function codesText(group: readonly Led[]): string {
  const codes = group.flatMap(({ code }) => (code === null ? [] : [code])).toSorted()
  return codes.length > 4
    ? `${codes.slice(0, 3).join(", ")} or ${codes.length - 3} other codes`
    : codes.join(" or ")
}

function stopText(group: readonly [Led, ...Led[]]): string {
  const [{ on, code }] = group
  if (code === null) return "What fails for good"
  return `What is ${on === "hold" ? "held" : "rejected"} as ${codesText(group)}`
}

function placeText({ to }: Route): string {
  if (to.kind === "deadLetter") return "the dead letters"
  return `the queue "${to.queue}"${to.assign === null ? "" : ` of ${to.assign}`}`
}
