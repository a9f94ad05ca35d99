// When the next call of a limited target may begin. Flows in: the limit, the time now. Flows out: an instant that is this caller's: in no window of the limit's length do more calls begin, whichever process
// makes them. Who takes a turn and does not use it has used it.
import { type Operation, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

export interface CallLimit {
  readonly target: string
  readonly count: number
  readonly perMs: number
}

/** Milliseconds since 1970. */
export function* takeTurn({ target, count, perMs }: CallLimit, now: number): Operation<number> {
  const name = `${target} ${count}/${perMs}`
  yield { kind: "lock", name: `limit ${name}` }
  const [row] = yield sql`SELECT times FROM call_limit WHERE name = ${name}`
  const times = row === undefined ? [] : timesOf(textOf(row, "times"))
  const at = nextTurn(times, count, perMs, now)
  const kept = JSON.stringify([...times, at].slice(-count))
  yield sql`INSERT INTO call_limit (name, times) VALUES (${name}, ${kept})
    ON CONFLICT (name) DO UPDATE SET times = excluded.times`
  return at
}

/** `times`: the last calls, oldest first. Turns are given in order, so none lies before one that was given already. */
export function nextTurn(times: readonly number[], count: number, perMs: number, now: number): number {
  const before = times.length < count ? undefined : times[times.length - count]
  return Math.max(now, times.at(-1) ?? 0, before === undefined ? 0 : before + perMs)
}

function timesOf(text: string): readonly number[] {
  const read: unknown = JSON.parse(text)
  if (!Array.isArray(read) || !read.every(one => typeof one === "number"))
    throw new TypeError("A limit of the ledger has no times")
  return read
}
