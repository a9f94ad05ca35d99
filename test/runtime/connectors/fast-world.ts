// A world a hundred times as fast as the real one, for whole flows on simulated platforms: pauses of a minute are what they are, and nobody waits for them.
import type { World } from "../../../runtime/flow/port/world.ts"
import { chanceOf, faultKinds } from "../../../runtime/simulators/kernel/faults.ts"
import { noon } from "./harness.ts"

export function fastWorld(): World {
  const start = performance.now()
  let count = 0
  return {
    now: () => noon + Math.floor((performance.now() - start) * 100),
    random: () => chanceOf(1, count++),
    defer: work => void setImmediate(work),
    sleep: (ms, signal) =>
      new Promise(resolve => {
        const timer = setTimeout(resolve, Math.max(0, ms) / 100)
        signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true })
        if (signal.aborted) resolve()
      }),
  }
}

const slow: readonly string[] = ["hang-before", "hang-after", "slow", "too-many-without-retry-after"]
/** `npm run test:faults` takes the minutes that the slow ones cost. */
const patientRun = process.env["FMAP_SLOW_FAULTS"] === "1"

/** Each fault of the way by itself. What a client refuses for good stops the event: that is another promise, and the table of faults holds it. */
export const faultsAlone = faultKinds.filter(
  kind => kind !== "redirect" && (patientRun || !slow.includes(kind)),
)
