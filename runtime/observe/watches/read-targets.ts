// Systems that do not answer. Flows in: the watch and the time. Flows out: one reading a system. What waits is what is open and said to wait for it.
import { countOf, type Operation, textOf, textOrNone } from "../../flow/ledger/operation.ts"
import { sql } from "../../flow/ledger/statement.ts"
import type { Reading, TargetsWatch } from "./watch.ts"

export function* readTargets(watch: TargetsWatch, now: number): Operation<readonly Reading[]> {
  const rows = yield sql`SELECT name, failures, paused_until FROM target ORDER BY name`
  const waits =
    yield sql`SELECT waiting_for, count(*) AS n, min(received_at) AS oldest FROM inbox WHERE state = 'open' AND waiting_for IS NOT NULL GROUP BY waiting_for`
  return rows
    .filter(row => watch.target === undefined || textOf(row, "name") === watch.target)
    .map(row => {
      const target = textOf(row, "name")
      const failures = countOf(row, "failures")
      const until = textOrNone(row, "paused_until")
      const held = waits.find(one => textOf(one, "waiting_for") === target)
      return {
        watch: watch.name,
        group: { system: target },
        alerts: failures >= watch.failures,
        late: failures >= watch.failures ? failures : 0,
        waiting: held === undefined ? 0 : countOf(held, "n"),
        oldest: held === undefined ? undefined : textOrNone(held, "oldest"),
        amounts: [],
        examples: [],
        circuit: {
          failures,
          pausedUntil: until !== undefined && Date.parse(until) > now ? until : undefined,
        },
      }
    })
}
