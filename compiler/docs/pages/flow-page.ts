// The page of a flow: what starts it, its steps with what each waits for, and the route of every code. Flows in: a flow of the Plan. Flows out: readonly
// page data; what it says is what the build report says.
import type { PlanFlow } from "../../plan/index.ts"
import { placeText } from "../sheet/source-lines.ts"
import type { Link, SiteContext } from "./input.ts"

export interface FlowPage {
  readonly path: string
  readonly title: string
  readonly version: string
  readonly owner: string
  readonly docs: string
  readonly place: string
  readonly starts: string
  /** Empty: every event is wanted. */
  readonly wanted: string
  /** Empty: each event is a lane of its own. */
  readonly lane: string
  readonly steps: readonly {
    readonly step: string
    readonly does: string
    readonly rules: readonly string[]
    readonly after: string
    readonly only: string
    readonly map: Link | null
  }[]
  /** What becomes of the events behind one that stops. */
  readonly lanes: readonly { readonly on: string; readonly to: string; readonly becomes: string }[]
  /** Those of authors first, then what a bad payload ends with. */
  readonly codes: readonly { readonly code: string; readonly verb: string; readonly route: string }[]
  readonly levels: readonly string[]
}

export function flowPage(flow: PlanFlow, context: SiteContext): FlowPage {
  const { plan, flowPath, mapPath } = context
  const { starts, wanted, lane, steps, routes, objectives, codes } = context.flowReport(flow)
  const calls = new Map(flow.steps.map(step => [step.name, calledBy(step)]))
  const own = codes.toSorted((a, b) => Number(a.origin === "payload") - Number(b.origin === "payload"))
  return {
    path: flowPath(flow.name),
    title: flow.name,
    version: flow.version,
    owner: flow.owner ?? "",
    docs: flow.docs,
    place: placeText(flow.at, plan),
    starts,
    wanted: wanted ?? "",
    lane: lane === null ? "" : `${lane.by}${lane.newest === null ? "" : `, newest by ${lane.newest}`}`,
    steps: steps.map(({ step, does, rules, after, only }) => {
      const map = calls.get(step) ?? null
      return {
        step,
        does,
        rules,
        after: after.join(", "),
        only: only.join(", "),
        map: map === null ? null : { text: map, href: `${mapPath(map)}.html` },
      }
    }),
    codes: own.map(({ code, verb, route }) => ({ code, verb, route })),
    lanes: routes.map(({ on, to, lane: becomes }) => ({ on, to, becomes })),
    levels: objectives.map(({ name, promise }) => `${name}: ${promise}`),
  }
}

function calledBy(step: PlanFlow["steps"][number]): string | null {
  if (step.kind === "map") return step.call.map
  return "what" in step && "call" in step.what ? step.what.call.map : null
}
