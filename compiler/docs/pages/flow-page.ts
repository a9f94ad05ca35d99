// The page of a flow: what starts it, its steps with what each waits for, and the route of every code. Flows in: a flow of the Plan. Flows out: readonly
// page data; what it says is what the build report says.
import type { PlanFlow } from "../../plan/index.ts"
import { flowReport } from "../../report/flow-report.ts"
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
  readonly steps: readonly {
    readonly step: string
    readonly does: string
    readonly after: string
    readonly only: string
    readonly map: Link | null
  }[]
  /** Those of authors first, then what a bad payload ends with. */
  readonly codes: readonly { readonly code: string; readonly verb: string; readonly route: string }[]
  readonly levels: readonly string[]
}

export function flowPage(flow: PlanFlow, context: SiteContext): FlowPage {
  const { plan, flowPath, mapPath } = context
  const { starts, steps, codes } = flowReport(flow, at => placeText(at, plan))
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
    steps: steps.map(({ step, does, after, only }) => {
      const map = calls.get(step) ?? null
      return {
        step,
        does,
        after: after.join(", "),
        only: only.join(", "),
        map: map === null ? null : { text: map, href: `${mapPath(map)}.html` },
      }
    }),
    codes: own.map(({ code, verb, route }) => ({ code, verb, route })),
    levels: flow.slos.map(({ name, share, withinMs }) => `${name}: ${share}% within ${spanText(withinMs)}`),
  }
}

function calledBy(step: PlanFlow["steps"][number]): string | null {
  if (step.kind === "map") return step.call.map
  return "what" in step && "call" in step.what ? step.what.call.map : null
}

function spanText(ms: number): string {
  const [unit, length] =
    ms % 86_400_000 === 0
      ? ["d", ms / 86_400_000]
      : ms % 3_600_000 === 0
        ? ["h", ms / 3_600_000]
        : ms % 60_000 === 0
          ? ["min", ms / 60_000]
          : ["s", ms / 1000]
  return `${length}${unit}`
}
