// A crosswalk at run time: keys to wire values, with the hash that says which content answered. Flows in: rows already checked;
// flows out: a value or undefined. Immutable.
import { writeJson } from "../formats/json/write-json.ts"
import { sha256 } from "./sha256.ts"

export interface Crosswalk {
  readonly name: string
  /** SHA-256, hexadecimal, of the rows in key order: equal content gives equal snapshots whatever the file looked like. */
  readonly snapshot: string
  /** The row's value as it stands on the wire of the result type; undefined when there is no row. `key`: see `crosswalkKey`; `asOf`: the day, where rows are dated. */
  find(key: string, asOf?: string): unknown
  /** Keys by values, where the crosswalk is declared with `<->`: `key` is the text of a value, the answer a key as it stands on the wire. */
  readonly inverse?: Crosswalk
}

/** The row asked back; what has no inverse was not loaded as its declaration says. */
export function findInverse(crosswalk: Crosswalk, key: string, asOf?: string): unknown {
  if (crosswalk.inverse === undefined)
    throw new TypeError(`The crosswalk ${crosswalk.name} was loaded without its inverse.`)
  return crosswalk.inverse.find(key, asOf)
}

/** A crosswalk of rows whose keys are made by `crosswalkKey`; of equal keys the last counts. */
export function crosswalkOf(name: string, rows: Iterable<readonly [key: string, value: unknown]>): Crosswalk {
  const table = new Map(rows)
  const content = [...table].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return { name, snapshot: sha256(writeJson(content)), find: key => table.get(key) }
}
