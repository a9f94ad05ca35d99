// A call that takes too long is given up: nobody knows whether it was done. Flows in: a call and its time. Flows out: what it gives, or TIMEOUT.
import { CallFailed } from "../port/failures.ts"
import type { World } from "../port/world.ts"

export async function withinTime<T>(
  world: World,
  ms: number | null,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (ms === null) return call(signal)
  const over = new AbortController()
  const answered = new AbortController()
  const timer = world
    .sleep(ms, AbortSignal.any([signal, answered.signal]))
    .then((): never | Promise<never> => {
      if (signal.aborted || answered.signal.aborted) return new Promise<never>(() => {})
      over.abort()
      throw new CallFailed("in-doubt", "TIMEOUT", `No answer within ${ms} ms`)
    })
  try {
    return await Promise.race([call(AbortSignal.any([signal, over.signal])), timer])
  } finally {
    answered.abort()
  }
}
