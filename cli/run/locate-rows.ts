// Which line of which file answered a question to a crosswalk, for explanations. Flows in: the Plan, the files of the run. Flows out: a
// function that reads a file when it is first asked about it.
import { crosswalkSpec, type Host, type LocateRow, type Plan } from "@fmap/compiler"
import { type CrosswalkLines, crosswalkLines } from "@fmap/runtime"
import { readCrosswalk } from "./load-crosswalks.ts"

export function locateRows(
  plan: Plan,
  overrides: ReadonlyMap<string, string>,
  host: Host,
  cwd: string,
): LocateRow {
  const known = new Map<string, { readonly path: string; readonly lineOf: CrosswalkLines } | null>()
  const read = (id: string) => {
    const crosswalk = plan.crosswalks.find(one => one.id === id)
    if (crosswalk === undefined || crosswalk.external === null) return null
    const found = readCrosswalk(crosswalk, crosswalk.external, overrides, host, cwd)
    if ("problems" in found) return null
    return { path: found.path, lineOf: crosswalkLines(crosswalkSpec(plan, crosswalk), found.table) }
  }
  return (id, key, day, inverse) => {
    const file = known.has(id) ? known.get(id) : read(id)
    known.set(id, file ?? null)
    const line = file?.lineOf(key, day ?? undefined, inverse)
    return file == null || line === undefined ? null : `${file.path}:${line}`
  }
}
