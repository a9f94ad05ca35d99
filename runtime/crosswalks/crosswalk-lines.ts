// Which line of a file a crosswalk answers from: for explanations, never for results. Flows in: the crosswalk's spec and the table of the
// file; flows out: for the key and the day of a question, the line of the row that answers.
import { type Crosswalk, findInverse } from "./crosswalk.ts"
import { crosswalkTable } from "./crosswalk-table.ts"
import { type CrosswalkSpec, type CrosswalkTable, crosswalkRows, type LoadedRow } from "./load-crosswalk.ts"

/** 1-based; undefined: no row answers, or the file cannot be used. `inverse`: `key` is the text of a value. */
export type CrosswalkLines = (key: string, asOf: string | undefined, inverse: boolean) => number | undefined

export function crosswalkLines(spec: CrosswalkSpec, table: CrosswalkTable): CrosswalkLines {
  // A hierarchy answers from all the rows on the way up; its explanation shows the way.
  if (spec.hierarchy !== undefined) return () => undefined
  const loaded = crosswalkRows(spec, table)
  if ("problems" in loaded) return () => undefined
  const lines = (rows: readonly LoadedRow[]): Crosswalk =>
    crosswalkTable(
      spec.name,
      rows.map(({ keys, from, until, line }) => ({ keys, from, until, value: line })),
    )
  const answers = { ...lines(loaded.rows), inverse: lines(loaded.turned) }
  return (key, asOf, inverse) => {
    const line = inverse ? findInverse(answers, key, asOf) : answers.find(key, asOf)
    return typeof line === "number" ? line : undefined
  }
}
