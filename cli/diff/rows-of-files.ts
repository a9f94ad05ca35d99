// Rows of crosswalks and hierarchies that stand in files. Flows in: a Plan and where its files are. Flows out: rows by crosswalk, read when they are asked for. A file that is missing or has a bad row gives none: its version and
// place are compared instead.
import { type CrosswalkRow, crosswalkSpec, type Host, type Plan } from "@fmap/compiler"
import { crosswalkRows } from "@fmap/runtime"
import { readCrosswalk } from "../run/load-crosswalks.ts"

export function rowsOfFiles(
  plan: Plan,
  host: Host,
  folder: string,
): (id: string) => readonly CrosswalkRow[] | null {
  const crosswalks = new Map(plan.crosswalks.map(one => [one.id, one]))
  return id => {
    const crosswalk = crosswalks.get(id)
    if (crosswalk === undefined || crosswalk.external === null) return null
    const read = readCrosswalk(crosswalk, crosswalk.external, new Map(), host, folder)
    if ("problems" in read) return null
    const loaded = crosswalkRows(crosswalkSpec(plan, crosswalk), read.table)
    if ("problems" in loaded) return null
    return loaded.rows.map(({ keys, from, until, value }) => ({ keys, from, until, value, at: null }))
  }
}
