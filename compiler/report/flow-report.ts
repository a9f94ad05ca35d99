// What a reader of a build must be told of flows: what starts them, the graph of their steps with what each waits for and how it is done, what becomes of events that stop, and what was
// promised. Flows in: the Plan, the text of its files. Flows out: data.
import { sourceText } from "../explain/source-text.ts"
import type { At, Plan, PlanFlow } from "../plan/index.ts"
import { questionWords } from "./question-words.ts"
import { spanWords } from "./span-words.ts"
import { type FlowStep, type Said, stepBody, stepConditions, stepRules } from "./step-words.ts"

export interface FlowReport {
  readonly flow: string
  readonly version: string
  readonly owner: string | null
  readonly at: string
  readonly starts: string
  /** The condition an event is wanted on, as its author wrote it; null: every event is wanted. */
  readonly wanted: string | null
  /** Null: each event is a lane of its own. */
  readonly lane: { readonly by: string; readonly newest: string | null } | null
  /** In the order they run; `after` are the steps that must be done before. */
  readonly steps: readonly {
    readonly step: string
    readonly does: string
    /** Retries, times, limits, refusals, what becomes of a lost answer, what takes it back. */
    readonly rules: readonly string[]
    readonly after: readonly string[]
    readonly only: readonly string[]
    readonly at: string
  }[]
  /** As written; the first that fits, the most specific first. */
  readonly routes: readonly { readonly on: string; readonly to: string; readonly lane: string }[]
  readonly objectives: readonly { readonly name: string; readonly promise: string }[]
  /** Codes of the payload are told by their count: they are much the same for every flow. */
  readonly codes: readonly {
    readonly code: string
    readonly verb: string
    readonly origin: string
    readonly route: string
    readonly at: readonly string[]
  }[]
}

/** For the flows of one Plan. `textOf`: of a file of it, for what is told in the author's words; without it those of the Plan stand there. */
export function flowReporter(
  plan: Plan,
  shown: (at: At) => string,
  textOf: (path: string) => string | undefined,
): (flow: PlanFlow) => FlowReport {
  const questions = new Map((plan.questions ?? []).map(({ name, at }) => [name, at]))
  const words = questionWords(plan.questions ?? [])
  const written: Said = ({ map }) => {
    const at = questions.get(map)
    return at === undefined ? "" : sourceText(at, plan, textOf)
  }
  const said: Said = question => written(question) || words(question.map) || "…"
  const platforms = new Map(plan.systems.map(({ name, platform }) => [name, platform]))
  return flow => flowReport(flow, { shown, written, said, platforms })
}

interface Telling {
  readonly shown: (at: At) => string
  /** As its author wrote it; empty: that text is not at hand. */
  readonly written: Said
  readonly said: Said
  readonly platforms: ReadonlyMap<string, string | undefined>
}

function flowReport(flow: PlanFlow, { shown, written, said, platforms }: Telling): FlowReport {
  const places = new Map(flow.places.map(({ step, at }) => [step, shown(at)]))
  return {
    flow: flow.name,
    version: flow.version,
    owner: flow.owner,
    at: shown(flow.at),
    starts: startsWith(flow),
    wanted: wantedOf(flow, written, said),
    lane:
      flow.lane === null
        ? null
        : { by: said(flow.lane.key), newest: flow.lane.newest === null ? null : said(flow.lane.newest) },
    steps: flow.steps.map(step => ({
      step: step.name,
      does: stepBody(step, said),
      rules: stepRules(step, said, platformOf(step, platforms)),
      after: step.needs,
      only: stepConditions(step, said),
      at: places.get(step.name) ?? shown(flow.at),
    })),
    routes: flow.routes.map(({ on, codes, to, lane }) => ({
      on: codes === null ? on : `${on} ${codes.join(", ")}`,
      to: `${to.kind === "queue" ? "queue " : ""}${destination(to)}`,
      lane: laneWords[lane],
    })),
    objectives: flow.slos.map(({ name, share, withinMs, from }) => ({
      name,
      promise: `${share}% within ${spanWords(withinMs)}${from === null ? "" : ` from ${said(from)}`}`,
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

const laneWords = {
  block: "its lane waits",
  park: "its lane goes on without it",
  supersede: "its lane waits, a newer version takes its place",
} as const

function platformOf(step: FlowStep, platforms: ReadonlyMap<string, string | undefined>): string {
  return (step.kind === "send" || step.kind === "load" ? platforms.get(step.to.system) : undefined) ?? ""
}

/** `becomes` stands in the condition its author wrote; where that text is not at hand it is said. */
function wantedOf({ when, trigger }: PlanFlow, written: Said, said: Said): string | null {
  const text = when === null ? "" : written(when)
  if (text !== "") return text
  const becomes = trigger.kind === "changed" ? trigger.becomes : []
  const parts = [
    ...becomes.map(({ path, value }) => `${path.join(".")} becomes ${JSON.stringify(value)}`),
    ...(when === null ? [] : [said(when)]),
  ]
  return parts.length === 0 ? null : parts.join(" and ")
}

function startsWith({ trigger }: PlanFlow): string {
  switch (trigger.kind) {
    case "changed": {
      const fields = trigger.fields === null ? "" : ` in ${trigger.fields.join(", ")}`
      const byUs = trigger.notByUs ? ", not by us" : ""
      return `a ${trigger.from.system}.${trigger.from.contract} changed${fields}${byUs}`
    }
    case "event":
      return `the event ${trigger.event} ${trigger.version}`
    case "schedule":
      return `${trigger.cron} in ${trigger.zone}; of missed ones ${trigger.misfire}`
    case "manual":
      return `by hand${trigger.contract === null ? "" : `, with a ${trigger.contract}`}`
    case "call":
      return `a call with a ${trigger.contract}${trigger.answer === null ? "" : `, answered with a ${trigger.answer}`}`
  }
}

function destination(to: PlanFlow["routes"][number]["to"]): string {
  if (to.kind === "deadLetter") return "dead letter"
  return `${to.queue}${to.assign === null ? "" : ` (${to.assign})`}`
}

function routeOf({ routes }: PlanFlow, verb: string, code: string): string {
  const found =
    routes.find(({ on, codes }) => on === verb && codes?.includes(code) === true) ??
    routes.find(({ on, codes }) => on === verb && codes === null)
  return found === undefined ? "" : destination(found.to)
}
