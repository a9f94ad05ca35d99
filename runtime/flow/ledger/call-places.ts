// Who has one of the places of a system that allows so many requests at one time. Flows in: the system, how many places, the time now. Flows out: a place that is this caller's until its time is over,
// whichever process asks; or none. Who dies says no longer that it is alive, and its place is free when the time is over.
import { countOf, type Operation } from "./operation.ts"
import { sql } from "./statement.ts"

export interface CallPlaces {
  /** Whose requests are counted together. */
  readonly name: string
  readonly count: number
}

export interface Holder {
  readonly name: string
  readonly holder: string
}

/** Undefined: all are taken. `until`: milliseconds since 1970. */
export function* takePlace(
  { name, count }: CallPlaces,
  holder: string,
  now: number,
  until: number,
): Operation<number | undefined> {
  yield { kind: "lock", name: `places ${name}` }
  const rows = yield sql`SELECT place FROM call_place WHERE name = ${name} AND until > ${now}`
  const taken = new Set(rows.map(row => countOf(row, "place")))
  // A process that was told of more places has some that this one does not know.
  if (taken.size >= count) return undefined
  const place = Array.from({ length: count }, (_, i) => i).find(i => !taken.has(i))
  if (place === undefined) return undefined
  yield sql`INSERT INTO call_place (name, place, holder, until) VALUES (${name}, ${place}, ${holder}, ${until})
    ON CONFLICT (name, place) DO UPDATE SET holder = excluded.holder, until = excluded.until`
  return place
}

/** False: it was not said in time, and may be somebody else's. */
export function* keepPlace({ name, holder }: Holder, now: number, until: number): Operation<boolean> {
  yield { kind: "lock", name: `places ${name}` }
  const rows =
    yield sql`SELECT place FROM call_place WHERE name = ${name} AND holder = ${holder} AND until > ${now}`
  if (rows.length === 0) return false
  yield sql`UPDATE call_place SET until = ${until} WHERE name = ${name} AND holder = ${holder}`
  return true
}

export function* leavePlace({ name, holder }: Holder): Operation<void> {
  yield sql`DELETE FROM call_place WHERE name = ${name} AND holder = ${holder}`
}
