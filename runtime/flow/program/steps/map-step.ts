// Calls a map. Nothing is written anywhere, and nothing is kept: the same inputs give the same again.
import { callMap } from "../call-map.ts"
import type { FlowRun } from "../flow-run.ts"
import type { MapStep } from "../flow-spec.ts"
import type { Scope } from "../scope.ts"

export function mapStep(run: FlowRun, scope: Scope, name: string, { call }: MapStep): unknown {
  return callMap(run, scope, name, call)
}
