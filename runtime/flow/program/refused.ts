// What a target refused, or left in doubt, by the rules of the step. Flows in: a failed call. Flows out: the exit of the first rule that fits its code; other failures as they are.
import { BusinessException, CallFailed } from "../port/failures.ts"
import type { FlowRun } from "./flow-run.ts"
import type { EffectRules } from "./flow-spec.ts"
import type { Scope } from "./scope.ts"
import { exception } from "./stop.ts"

interface Where {
  readonly step: string
  readonly system: string
  readonly figures?: Readonly<Record<string, unknown>>
}

/** What a failed effect leads to: its rules' exit, where they have one for it. */
export function failedEffect(
  run: FlowRun,
  scope: Scope,
  rules: EffectRules,
  error: unknown,
  where: Where,
): unknown {
  if (error instanceof CallFailed) return refused(run, scope, rules, error, where)
  if (error instanceof BusinessException && error.code === "IN_DOUBT")
    return doubtful(run, scope, rules, error, where)
  return error
}

/** It may have happened: its lane waits, whatever the route says. */
function doubtful(
  run: FlowRun,
  scope: Scope,
  { inDoubt }: EffectRules,
  error: BusinessException,
  { step, system }: Where,
): Error {
  if (inDoubt === undefined) return error
  const detail = { step, issues: [] }
  const { code, message, route } = exception(
    run,
    scope,
    inDoubt,
    { code: error.code, message: error.message },
    detail,
  )
  const told = { ...detail, effect: step, target: system }
  return new BusinessException(code, message, told, route === undefined ? route : { ...route, lane: "block" })
}

function refused(
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
