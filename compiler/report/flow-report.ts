// What a reader of a build must be told of flows: the graph of their steps, what each waits for, and every code with its route. Flows in: the
// Plan. Flows out: data.
import type { PlanFlow } from "../plan/index.ts"

export interface FlowReport {
  readonly flow: string
  readonly version: string
  readonly at: string
  readonly starts: string
  /** In the order they run; `after` are the steps that must be done before. */
  readonly steps: readonly {
    readonly step: string
    readonly does: string
    readonly after: readonly string[]
    readonly only: readonly string[]
    readonly at: string
  }[]
  /** Codes of the payload are told by their count: they are much the same for every flow. */
  readonly codes: readonly {
    readonly code: string
    readonly verb: string
    readonly origin: string
    readonly route: string
    readonly at: readonly string[]
  }[]
}

type Step = PlanFlow["steps"][number]

export function flowReport(flow: PlanFlow, shown: (at: PlanFlow["at"]) => string): FlowReport {
  const places = new Map(flow.places.map(({ step, at }) => [step, shown(at)]))
  return {
    flow: flow.name,
    version: flow.version,
    at: shown(flow.at),
    starts: startsWith(flow),
    steps: flow.steps.map(step => ({
      step: step.name,
      does: doesWhat(step),
      after: step.needs,
      only: onlyWhere(step),
      at: places.get(step.name) ?? shown(flow.at),
    })),
    codes: flow.codes.map(({ code, verb, origin, at }) => ({
      code,
      verb,
      origin,
      route: routeOf(flow, verb, code),
      at: at.map(shown),
    })),
  }
}

function startsWith({ trigger, when }: PlanFlow): string {
  const wanted = when === null ? "" : ", where its condition is true"
  switch (trigger.kind) {
    case "changed": {
      const fields = trigger.fields === null ? "" : ` in ${trigger.fields.join(", ")}`
      const byUs = trigger.notByUs ? ", not by us" : ""
      return `a ${trigger.from.system}.${trigger.from.contract} changed${fields}${byUs}${wanted}`
    }
    case "event":
      return `the event ${trigger.event}${wanted}`
    case "schedule":
      return `${trigger.cron} in ${trigger.zone}; of missed ones ${trigger.misfire}`
    case "manual":
      return `by hand${trigger.contract === null ? "" : `, with a ${trigger.contract}`}`
    case "call":
      return `a call with a ${trigger.contract}${trigger.answer === null ? "" : `, answered with a ${trigger.answer}`}`
  }
}

function doesWhat(step: Step): string {
  switch (step.kind) {
    case "read": {
      const by = step.by.map(({ field }) => field).join(", ")
      return `read ${step.many ? "all of " : ""}${nameOf(step.from)}${by === "" ? "" : ` by ${by}`}`
    }
    case "map":
      return callOf(step.call)
    case "send":
      return `${step.verb} ${nameOf(step.to)} by ${step.key} of ${whatOf(step.what)}`
    case "load": {
      const mode = step.mode.kind === "add" ? "add" : `replace over ${step.mode.over.join(", ")}`
      return `load ${nameOf(step.to)} ${mode} of ${whatOf(step.what)}`
    }
    case "reconcile":
      return `reconcile ${step.load}`
    case "control":
      return `control ${JSON.stringify(step.title)}`
    case "publish":
      return `publish ${step.event} of ${whatOf(step.what)}`
    case "answer":
      return `answer ${whatOf(step.what)}`
  }
}

const nameOf = ({ system, contract }: { readonly system: string; readonly contract: string }): string =>
  `${system}.${contract}`

type Call = (Step & { readonly kind: "map" })["call"]

function whatOf(what: { readonly call: Call } | { readonly binder: string }): string {
  return "call" in what ? callOf(what.call) : what.binder
}

function callOf({ map, arguments: given }: Call): string {
  return `${map}(${given.map(each => ("binder" in each ? each.binder : `${each.name}: …`)).join(", ")})`
}

function onlyWhere({ conditions, each }: Step): readonly string[] {
  return [
    ...conditions.map(({ map }) => map.slice(map.indexOf(".") + 1)),
    ...(each === null ? [] : [`each ${each.binder} in ${[each.of, ...each.path].join(".")}`]),
  ]
}

function routeOf({ routes }: PlanFlow, verb: string, code: string): string {
  const found =
    routes.find(({ on, codes }) => on === verb && codes?.includes(code) === true) ??
    routes.find(({ on, codes }) => on === verb && codes === null)
  if (found === undefined) return ""
  if (found.to.kind === "deadLetter") return "dead letter"
  return `${found.to.queue}${found.to.assign === null ? "" : ` (${found.to.assign})`}`
}
