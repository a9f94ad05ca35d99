// An event for other flows and transports, written with the fact that it was published: it is there once, whatever becomes of the steps behind it.
import type { Outbound } from "../../port/event.ts"
import { inBoth, refuseRegion } from "../../port/regions.ts"
import { madeOf } from "../call-map.ts"
import { figuresUnder } from "../figures-under.ts"
import type { FlowRun } from "../flow-run.ts"
import type { PublishStep } from "../flow-spec.ts"
import type { Scope } from "../scope.ts"

export async function publishStep(
  run: FlowRun,
  scope: Scope,
  name: string,
  step: PublishStep,
): Promise<void> {
  const { event, version } = step
  const payload = madeOf(run, scope, name, step.what)
  const flows = run.subscribers(event, version)
  const object = { system: "", contract: event, version, object: event }
  const figures = figuresUnder(run.facts(object), [])
  const following: Outbound[] = flows.map(flow => ({
    name: `${name} to ${flow}`,
    to: { kind: "flow", flow },
    payload,
    ...figures,
  }))
  // What nobody here takes waits for a transport: it must not be lost.
  const leaves = run.published(event) || flows.length === 0
  if (leaves) following.push({ name, to: { kind: "topic", topic: event }, payload, ...figures })
  await run.ctx.step(
    name,
    () => {
      if (leaves && run.transport !== undefined)
        refuseRegion(name, run.transport, inBoth(run.event.regions, run.regionsOf(object)))
      return { event, flows }
    },
    { pure: true, with: () => ({ following }) },
  )
}
