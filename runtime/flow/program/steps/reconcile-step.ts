// Was everything that was sent taken? sent == loaded + ignored + rejected, and nothing was ignored or rejected: who refuses a record of a load has no other way to be heard. Flows in: the counts of a
// load. Flows out: nothing, or the exit.
import { NotPossible } from "../../port/failures.ts"
import type { FlowRun } from "../flow-run.ts"
import type { ReconcileStep } from "../flow-spec.ts"
import type { Scope } from "../scope.ts"
import { exception } from "../stop.ts"
import type { LoadCounts } from "./load-step.ts"

export function reconcileStep(
  run: FlowRun,
  scope: Scope,
  name: string,
  { load, otherwise }: ReconcileStep,
): void {
  const counts = scope.get(load) as LoadCounts | undefined
  if (counts === undefined) throw new NotPossible("FM8510", `${name} reconciles ${load}, which is no load`)
  const { sent, loaded, ignored, rejected } = counts
  if (sent === loaded && ignored === 0 && rejected === 0) return
  const message = `${load}: ${sent} sent, ${loaded} loaded, ${ignored} ignored, ${rejected} rejected`
  throw exception(
    run,
    scope,
    otherwise,
    { code: "RECONCILE", message },
    { step: name, issues: [], figures: { ...counts } },
  )
}
