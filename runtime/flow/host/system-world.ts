// The real world: the clock, chance and event loop of this process. The only file of the engine that asks them.
import type { World } from "../port/world.ts"

/** setTimeout holds no more than this; longer waits look again. */
const longestTimer = 2 ** 31 - 1

export function systemWorld(): World {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    defer: work => void setImmediate(work),
    sleep: (ms, signal) =>
      new Promise(resolve => {
        if (signal.aborted) return resolve()
        const wake = () => {
          clearTimeout(timer)
          signal.removeEventListener("abort", wake)
          resolve()
        }
        const timer = setTimeout(wake, Math.min(Math.max(ms, 0), longestTimer))
        signal.addEventListener("abort", wake, { once: true })
      }),
  }
}
