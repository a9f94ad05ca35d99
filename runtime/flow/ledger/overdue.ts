// Lanes that are ready and that nobody came for. Flows in: since when. Flows out: word of them, once more.
import { type Operation, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

const most = 100

export function* wakeOverdue(since: string, now: string): Operation<number> {
  const rows =
    yield sql`SELECT flow, lane FROM lane WHERE state = 'ready' AND due_at < ${since} ORDER BY due_at LIMIT ${most}`
  for (const row of rows)
    yield { kind: "wake", flow: textOf(row, "flow"), lane: textOf(row, "lane"), dueAt: now }
  return rows.length
}
