// What a target refused, by the rules of the step. Flows in: a failed call. Flows out: the exit of the first rule that fits its code; other failures as they are.
import type { CallFailed } from "../port/failures.ts"
import type { FlowRun } from "./flow-run.ts"
import type { EffectRules } from "./flow-spec.ts"
import type { Scope } from "./scope.ts"
import { exception } from "./stop.ts"

interface Where {
  readonly step: string
  readonly system: string
  readonly figures?: Readonly<Record<string, unknown>>
}

export function refused(
  run: FlowRun,
  scope: Scope,
  { refused: rules }: EffectRules,
  error: CallFailed,
  where: Where,
): Error {
  if (error.failure !== "rejected" && error.failure !== "conflict") return error
  const { step, system, figures } = where
  const rule = rules.find(({ code }) => code === null || code === error.code)
  if (rule === undefined) return error
  const detail = {
    step,
    issues: [],
    target: { system, code: error.code },
    ...(figures === undefined ? {} : { figures }),
  }
  return exception(
    run,
    scope,
    rule.then,
    { code: "REFUSED", message: `${system} says: ${error.message}` },
    detail,
  )
}

/** Waits for its turn before anything is written of the call. */
export async function ruled(run: FlowRun, system: string, { limit }: EffectRules): Promise<void> {
  if (limit !== null) await run.limits.wait(system, limit, run.ctx.signal)
}
