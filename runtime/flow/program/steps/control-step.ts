// Something that must hold before the flow goes on. Flows in: a question. Flows out: nothing, or the exit.
import { askBool } from "../ask-question.ts"
import type { FlowRun } from "../flow-run.ts"
import type { ControlStep } from "../flow-spec.ts"
import type { Scope } from "../scope.ts"
import { exception } from "../stop.ts"

export function controlStep(
  run: FlowRun,
  scope: Scope,
  name: string,
  { title, holds, otherwise }: ControlStep,
): void {
  if (askBool(run, scope, name, holds)) return
  throw exception(
    run,
    scope,
    otherwise,
    { code: "CONTROL", message: `${title}: it does not hold` },
    { step: name, issues: [] },
  )
}
