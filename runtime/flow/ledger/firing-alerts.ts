// What a watcher found wrong and is still so. Flows in: the ledger. Flows out: alerts, the oldest first.
import { parseExact } from "../../formats/json/parse-exact.ts"
import { type Operation, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

export interface FiringAlert {
  readonly watch: string
  readonly since: string
  /** As the watcher wrote it: group, count, amounts. */
  readonly reading: unknown
}

export function* firingAlerts(): Operation<readonly FiringAlert[]> {
  const rows = yield sql`SELECT watch, since, reading FROM alert WHERE ended_at IS NULL ORDER BY seq`
  return rows.map(row => {
    const reading = parseExact(textOf(row, "reading"))
    return {
      watch: textOf(row, "watch"),
      since: textOf(row, "since"),
      reading: "refused" in reading ? null : reading.ok,
    }
  })
}
