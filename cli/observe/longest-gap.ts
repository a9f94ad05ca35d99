// How long a schedule may rest. Flows in: a flow that begins at certain times, and now. Flows out: the longest time between two of its next occurrences.
import type { FlowSpec } from "@fmap/runtime/flow"
import { scheduleOf } from "@fmap/runtime/flow"
import { occurrencesOf } from "@fmap/runtime/flow/schedules"

const most = 800
const yearMs = 366 * 86_400_000

/** Of a flow without a schedule: 0. A schedule that has no second occurrence within a year rests a year. */
export function longestGap(spec: FlowSpec, now: number): number {
  const schedule = scheduleOf(spec)
  if (schedule === null) return 0
  const occurrences = occurrencesOf(schedule)
  let longest = 0
  let last = occurrences.after(now)
  for (let count = 0; last !== undefined && count < most && last - now < yearMs; count++) {
    const next = occurrences.after(last)
    if (next === undefined) break
    longest = Math.max(longest, next - last)
    last = next
  }
  return longest === 0 ? yearMs : longest
}
