// Which flows have events, and from where. Flows in: nothing. Flows out: names, found by steps from one to the next in an index: they are few, however many events there are.
import { type Operation, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

export interface FlowSource {
  readonly flow: string
  readonly source: string
}

export function* flowsWithEvents(): Operation<readonly string[]> {
  const rows = yield sql`WITH RECURSIVE flows (flow) AS (
      SELECT min(flow) FROM inbox
      UNION ALL SELECT (SELECT min(flow) FROM inbox WHERE inbox.flow > flows.flow) FROM flows WHERE flows.flow IS NOT NULL)
    SELECT flow FROM flows WHERE flow IS NOT NULL`
  return rows.map(row => textOf(row, "flow"))
}

export function* sourcesOfEvents(): Operation<readonly FlowSource[]> {
  const found: FlowSource[] = []
  for (const flow of yield* flowsWithEvents()) {
    const rows = yield sql`WITH RECURSIVE sources (source) AS (
        SELECT min(source) FROM inbox WHERE flow = ${flow}
        UNION ALL SELECT (SELECT min(source) FROM inbox WHERE flow = ${flow} AND inbox.source > sources.source)
          FROM sources WHERE sources.source IS NOT NULL)
      SELECT source FROM sources WHERE source IS NOT NULL`
    found.push(...rows.map(row => ({ flow, source: textOf(row, "source") })))
  }
  return found
}
