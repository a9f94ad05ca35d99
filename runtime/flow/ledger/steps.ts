// The journal of steps. Flows in: an attempt and the name of a step. Flows out: what the step gave the first time.
import type { Claimed } from "./claim.ts"
import { Fenced } from "./fenced.ts"
import { type Operation, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

export function* readStep(event: Claimed, name: string): Operation<string | undefined> {
  const [row] = yield sql`SELECT result FROM step
    WHERE event = ${event.id} AND generation = ${event.generation} AND name = ${name}`
  return row === undefined ? undefined : textOf(row, "result")
}

export function* keepStep(event: Claimed, name: string, result: string, now: string): Operation<void> {
  const [own] = yield sql`INSERT INTO step (event, generation, name, result, at)
    SELECT id, generation, ${name}, ${result}, ${now} FROM inbox WHERE id = ${event.id} AND claim = ${event.claim}
    ON CONFLICT (event, generation, name) DO UPDATE SET result = excluded.result RETURNING name`
  if (own === undefined) throw new Fenced(event.id)
}
