// A question to a target: nothing is done there, so nothing can be in doubt. Flows in: a target and what to ask. Flows out: the answer, or a failure
// that the circuit of the target knows of.
import { admit, noteFailure, noteSuccess } from "../ledger/targets.ts"
import { CallFailed } from "../port/failures.ts"
import type { Target } from "../port/flow.ts"
import { callFailedOf, type EffectSurroundings, TargetPaused } from "./perform-effect.ts"

export async function askTarget<T>(
  target: Target,
  { world, persist }: Pick<EffectSurroundings, "world" | "persist">,
  ask: () => Promise<T> | T,
): Promise<T> {
  const { pausedUntil, failures } = await persist(() => admit(target.name, world.now()))
  if (pausedUntil !== undefined) throw new TargetPaused(target.name, pausedUntil)
  let answer: T
  try {
    answer = await ask()
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error
    const { failure, code, message, retryAfterMs } = callFailedOf(error)
    const end = { failure, retryAfterMs, now: world.now(), random: world.random() }
    const until = await persist(() => noteFailure(target, end))
    if ((failure === "throttled" || failure === "auth") && until !== undefined)
      throw new TargetPaused(target.name, until)
    throw failure === "in-doubt" ? new CallFailed("transient", code, message) : error
  }
  if (failures > 0) await persist(() => noteSuccess(target.name, world.now()))
  return answer
}
