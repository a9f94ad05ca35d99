// Reference data of a map from its files. Flows in: the Plan, the crosswalks the map calls, overriding files. Flows out: crosswalks
// by id, or every problem of every file: a file with one bad row is not used.
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { crosswalkSpec, type Host, type Plan } from "@fmap/compiler"
import { type Crosswalk, loadCrosswalk } from "@fmap/runtime"
import { readTable, type TableFormat } from "@fmap/runtime/formats"

export type LoadedReference =
  | { readonly kind: "reference"; readonly crosswalks: Readonly<Record<string, Crosswalk>> }
  | { readonly kind: "problems"; readonly problems: readonly string[] }

const sizeLimit = 256 * 1024 * 1024

export function loadCrosswalks(
  plan: Plan,
  names: readonly string[],
  overrides: ReadonlyMap<string, string>,
  host: Host,
  cwd: string,
): LoadedReference {
  const problems: string[] = []
  const loaded = new Map<string, Crosswalk>()
  for (const crosswalk of plan.crosswalks) {
    if (crosswalk.external === null || !names.includes(crosswalk.id)) continue
    const override = overrides.get(crosswalk.id)
    const path = override ?? crosswalk.external.path
    const bytes = override === undefined ? readProjectFile(host, path) : readAnyFile(cwd, override)
    if (typeof bytes === "string") {
      problems.push(`Crosswalk ${crosswalk.id}: ${path} ${bytes}.`)
      continue
    }
    const table = tableOf(crosswalk.external.format, bytes)
    if ("problems" in table) {
      problems.push(
        ...table.problems.map(
          problem => `Crosswalk ${crosswalk.id}: ${path}:${problem.line}: ${problem.message}`,
        ),
      )
      continue
    }
    const result = loadCrosswalk(crosswalkSpec(plan, crosswalk), table.ok)
    if ("ok" in result) loaded.set(crosswalk.id, result.ok)
    else
      problems.push(
        ...result.problems.map(
          problem => `Crosswalk ${crosswalk.id}: ${path}:${problem.row}: ${problem.message}`,
        ),
      )
  }
  if (problems.length > 0) return { kind: "problems", problems }
  return { kind: "reference", crosswalks: Object.fromEntries(loaded) }
}

export function tableOf(format: TableFormat, bytes: Uint8Array): ReturnType<typeof readTable> {
  try {
    return readTable(format, new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return { problems: [{ line: 1, code: "BAD_CSV", message: "The file is not UTF-8 text." }] }
  }
}

/** A text completes "customers.csv …". */
export function readProjectFile(host: Host, path: string): Uint8Array | string {
  const read = host.readFile(path, sizeLimit)
  switch (read.kind) {
    case "bytes":
      return read.bytes
    case "missing":
      return "does not exist"
    case "outside":
      return "lies outside the project"
    case "tooBig":
      return "has more than 256 MB"
    case "unreadable":
      return `cannot be read: ${read.reason}`
  }
}

export function readAnyFile(cwd: string, path: string): Uint8Array | string {
  try {
    return readFileSync(resolve(cwd, path))
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`
  }
}
