// Calls a map with binders and questions. Flows in: the call and the binders. Flows out: its record, or its list; a map that holds or rejects stops the
// event, one that leaves its record out ends it.
import { askQuestion } from "./ask-question.ts"
import type { FlowRun } from "./flow-run.ts"
import type { MapCall } from "./flow-spec.ts"
import type { Scope } from "./scope.ts"
import { Skipped } from "./skipped.ts"
import { stoppedByMap } from "./stop.ts"

export function callMap(run: FlowRun, scope: Scope, step: string, call: MapCall): unknown {
  const given = call.arguments.map(
    argument =>
      [
        argument.name,
        "binder" in argument ? scope.get(argument.binder) : askQuestion(run, scope, step, argument.value),
      ] as const,
  )
  const input = Object.fromEntries(given.filter(([, value]) => value !== undefined))
  const answer = run.call({ name: call.map, version: call.version, set: call.set }, input, run.filled)
  if (answer.kind === "done") return answer.value
  if (answer.kind === "skipped") throw new Skipped(answer.issues)
  throw stoppedByMap(run, step, call.map, answer)
}

/** What is sent, loaded, published or answered: the result of a call, or what a binder holds. */
export function madeOf(
  run: FlowRun,
  scope: Scope,
  step: string,
  what: { readonly call: MapCall } | { readonly binder: string },
): unknown {
  return "call" in what ? callMap(run, scope, step, what.call) : scope.get(what.binder)
}
