// The journal of steps. Flows in: an attempt and the name of a step. Flows out: what the step gave the first time.
import type { LinkRow } from "../port/event.ts"
import type { Claimed } from "./claim.ts"
import { Fenced } from "./fenced.ts"
import { keepLinks } from "./links.ts"
import { lockLane, type Operation, textOf } from "./operation.ts"
import { type Following, follow } from "./settle.ts"
import { sql } from "./statement.ts"

/** What is written with a result. */
export interface Beside {
  readonly following: Following
  readonly links: readonly LinkRow[]
}

export function* readStep(event: Claimed, name: string): Operation<string | undefined> {
  const [row] = yield sql`SELECT result FROM step
    WHERE event = ${event.id} AND generation = ${event.generation} AND name = ${name}`
  return row === undefined ? undefined : textOf(row, "result")
}

export function* keepStep(
  event: Claimed,
  name: string,
  result: string,
  beside: Beside | undefined,
  now: string,
): Operation<void> {
  if (beside !== undefined) yield lockLane(event.flow, event.lane)
  const [own] = yield sql`INSERT INTO step (event, generation, name, result, at)
    SELECT id, generation, ${name}, ${result}, ${now} FROM inbox WHERE id = ${event.id} AND claim = ${event.claim}
    ON CONFLICT (event, generation, name) DO UPDATE SET result = excluded.result RETURNING name`
  if (own === undefined) throw new Fenced(event.id)
  if (beside === undefined) return
  yield* keepLinks(event.id, beside.links, now)
  yield* follow(event.id, beside.following, now)
}
