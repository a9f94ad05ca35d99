// The journal of steps. Flows in: an attempt and the name of a step. Flows out: what the step gave the first time.
import type { LinkRow } from "../port/event.ts"
import type { Claimed } from "./claim.ts"
import { Fenced } from "./fenced.ts"
import { keepLinks } from "./links.ts"
import { lockLane, type Operation, textOf, textOrNone } from "./operation.ts"
import { sealed } from "./sealed.ts"
import { type Following, follow } from "./settle.ts"
import { sql } from "./statement.ts"

/** What is written with a result. */
export interface Beside {
  /** What the step asked. */
  readonly target: string | null
  /** Hash of the question. */
  readonly asked: string | null
  readonly following: Following
  readonly links: readonly LinkRow[]
}

export interface KeptStep {
  readonly result: string
  /** Hash of the question it answers; undefined: it answers none. */
  readonly asked: string | undefined
}

export function* readStep(event: Claimed, name: string): Operation<KeptStep | undefined> {
  yield lockLane(event.flow, event.lane)
  const [row] = yield sql`SELECT event, name, result, asked FROM step
    WHERE event = ${event.id} AND generation = ${event.generation} AND name = ${name}`
  return row === undefined ? undefined : { result: textOf(row, "result"), asked: textOrNone(row, "asked") }
}

export function* keepStep(
  event: Claimed,
  name: string,
  result: string,
  { target, asked, following, links }: Beside,
  now: string,
): Operation<void> {
  yield lockLane(event.flow, event.lane)
  const row = { event: event.id, name }
  const [own] = yield sql`INSERT INTO step (event, generation, name, result, at, target, asked, number)
    SELECT id, generation, ${name}, ${sealed("result", row, result)}, ${now}, ${target}, ${sealed("asked", row, asked)},
      (SELECT count(*) FROM step WHERE step.event = inbox.id AND step.generation = inbox.generation)
      + (SELECT count(*) FROM effect WHERE effect.event = inbox.id AND effect.generation = inbox.generation) FROM inbox WHERE id = ${event.id} AND claim = ${event.claim}
    ON CONFLICT (event, generation, name) DO UPDATE SET result = excluded.result, asked = excluded.asked RETURNING name`
  if (own === undefined) throw new Fenced(event.id)
  yield* keepLinks(event.id, links, now)
  yield* follow(event.id, following, now)
}

/** What an event read that has done nothing yet: it is read anew. */
export function* forgetReads(eventId: string): Operation<void> {
  yield sql`DELETE FROM step WHERE event = ${eventId} AND target IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM effect WHERE effect.event = step.event AND effect.generation = step.generation AND effect.state <> 'clean')`
}
