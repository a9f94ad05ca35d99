// A flow in words a person reads: its trigger, steps with what they need, ways out. Flows in: a spec. Flows out: lines. It knows no ledger.
import type { ExitSpec, FlowSpec, MapCall, ObjectSpec, RouteSpec, StepSpec } from "@fmap/runtime/flow"

export function triggerWords({ trigger }: FlowSpec): string {
  switch (trigger.kind) {
    case "changed": {
      const fields = trigger.fields === null ? "" : ` in ${trigger.fields.join(", ")}`
      const becomes = trigger.becomes
        .map(({ path, value }) => `, ${path.join(".")} becomes ${JSON.stringify(value)}`)
        .join("")
      return `on ${objectName(trigger.from)} changed${fields}${trigger.notByUs ? " not by us" : ""}${becomes}`
    }
    case "event":
      return `on event ${trigger.event} ${trigger.version}`
    case "schedule":
      return `at ${trigger.cron} in ${trigger.zone}, missed: ${trigger.misfire}`
    case "manual":
      return trigger.contract === null ? "started by hand" : `started by hand with ${trigger.contract}`
    case "call":
      return `on call with ${trigger.contract}${trigger.answer === null ? "" : `, answers ${trigger.answer}`}`
  }
}

export function stepWords(step: StepSpec): string {
  const { name } = step
  const loop =
    step.each === null
      ? ""
      : `for each ${step.each.binder} in ${[step.each.of, ...step.each.path].join(".")}: `
  const only =
    step.conditions.length === 0
      ? ""
      : `, when a condition on ${[...new Set(step.conditions.flatMap(({ reads }) => reads))].join(", ")} is true`
  return `${name}: ${loop}${bodyWords(step)}${only}`
}

function bodyWords(step: StepSpec): string {
  switch (step.kind) {
    case "read": {
      const by = step.by.map(({ field }) => field).join(", ")
      return `read ${step.many ? "all " : ""}${objectName(step.from)}${by === "" ? "" : ` by ${by}`}${otherwise(step.otherwise)}`
    }
    case "map":
      return callWords(step.call)
    case "send":
      return `${step.verb} ${whatWords(step.what)} in ${objectName(step.to)} by ${step.key}${limits(step)}${step.compensate === null ? "" : `, taken back with ${step.compensate.map}`}${step.links.length === 0 ? "" : `, fills ${step.links.map(({ crosswalk }) => crosswalk).join(", ")}`}`
    case "load":
      return `load ${whatWords(step.what)} into ${objectName(step.to)}, ${step.mode.kind}${step.mode.kind === "replace" ? ` over ${step.mode.over.join(", ")}` : ""}${limits(step)}`
    case "reconcile":
      return `reconcile ${step.load}${otherwise(step.otherwise)}`
    case "control":
      return `control ${JSON.stringify(step.title)}${otherwise(step.otherwise)}`
    case "publish":
      return `publish ${step.event} ${step.version} from ${whatWords(step.what)}`
    case "answer":
      return `answer ${whatWords(step.what)}`
  }
}

function limits({ effect }: { readonly effect: Extract<StepSpec, { kind: "send" }>["effect"] }): string {
  const { retry, timeoutMs, limit, refused, inDoubt } = effect
  return [
    retry === null ? "" : `, retry ${retry.attempts} times`,
    timeoutMs === null ? "" : `, timeout ${timeoutMs / 1_000} s`,
    limit === null ? "" : `, limit ${limit.count} in ${limit.perMs / 1_000} s`,
    ...refused.map(({ code, then }) => `, refused ${code ?? "otherwise"}${exitWords(then)}`),
    inDoubt === undefined ? "" : `, in doubt${exitWords(inDoubt)}`,
  ].join("")
}

export function routeWords({ on, codes, to, lane }: RouteSpec): string {
  const which = codes === null ? on : `${on} ${codes.join(", ")}`
  const where =
    to.kind === "deadLetter"
      ? "dead letter"
      : `queue ${JSON.stringify(to.queue)}${to.assign === null ? "" : ` assign ${JSON.stringify(to.assign)}`}`
  return `on ${which}: ${where}; the lane ${laneWords[lane]}`
}

const laneWords = {
  block: "waits",
  park: "goes on without it",
  supersede: "waits, a newer version takes its place",
} as const

function otherwise(exit: ExitSpec | null): string {
  return exit === null ? "" : `, else${exitWords(exit)}`
}

function exitWords({ verb, code }: ExitSpec): string {
  return ` ${verb === "deadLetter" ? "dead letter" : verb}${code === null ? "" : ` ${code}`}`
}

function callWords({ map, set }: MapCall): string {
  return `${map}(${set ? "all rows" : "…"})`
}

function whatWords(what: { readonly call: MapCall } | { readonly binder: string }): string {
  return "call" in what ? callWords(what.call) : what.binder
}

function objectName({ system, contract }: ObjectSpec): string {
  return `${system}.${contract}`
}
