// Reference data of a map from its files. Flows in: the Plan, the crosswalks the map calls, overriding files. Flows out: crosswalks
// by id, or every problem of every file: a file with one bad row is not used.
import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { crosswalkSpec, type Host, type Plan, type PlanCrosswalk } from "@fmap/compiler"
import { type Crosswalk, type CrosswalkTable, crosswalkOf, loadCrosswalk } from "@fmap/runtime"
import { readTable, type TableFormat } from "@fmap/runtime/formats"
import { type Problem, problemsOf } from "../terminal/problem.ts"

export type LoadedReference =
  | { readonly kind: "reference"; readonly crosswalks: Readonly<Record<string, Crosswalk>> }
  | { readonly kind: "problems"; readonly problems: readonly Problem[] }

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
    // Its rows are receipts of flows, and a run of one map has none.
    if (crosswalk.links !== undefined && names.includes(crosswalk.id))
      loaded.set(crosswalk.id, crosswalkOf(crosswalk.id, []))
    if (crosswalk.external === null || !names.includes(crosswalk.id)) continue
    const kind = kindOf(crosswalk)
    const found = readCrosswalk(crosswalk, crosswalk.external, overrides, host, cwd)
    if ("problems" in found) {
      problems.push(...found.problems)
      continue
    }
    const { path, table } = found
    const result = loadCrosswalk(crosswalkSpec(plan, crosswalk), table)
    if ("ok" in result) loaded.set(crosswalk.id, result.ok)
    else
      problems.push(
        ...result.problems.map(
          problem => `${kind} ${crosswalk.id}: ${path}:${problem.row}: ${problem.message}`,
        ),
      )
  }
  if (problems.length > 0) return { kind: "problems", problems: problemsOf("FM8203", problems) }
  return { kind: "reference", crosswalks: Object.fromEntries(loaded) }
}

function kindOf({ hierarchy }: PlanCrosswalk): string {
  return hierarchy === undefined ? "Crosswalk" : "Hierarchy"
}

type ReadCrosswalk =
  | { readonly path: string; readonly table: CrosswalkTable }
  | { readonly problems: readonly string[] }

/** The table of its file: the project's, or the one that is given instead. */
export function readCrosswalk(
  crosswalk: PlanCrosswalk,
  external: NonNullable<PlanCrosswalk["external"]>,
  overrides: ReadonlyMap<string, string>,
  host: Host,
  cwd: string,
): ReadCrosswalk {
  const { id } = crosswalk
  const named = `${kindOf(crosswalk)} ${id}`
  const override = overrides.get(id)
  const path = override ?? external.path
  const bytes = override === undefined ? readProjectFile(host, path) : readAnyFile(cwd, override)
  if (typeof bytes === "string") return { problems: [`${named}: ${path} ${bytes}.`] }
  const table = tableOf(external.format, bytes)
  if ("ok" in table) return { path, table: table.ok }
  return {
    problems: table.problems.map(({ line, message }) => `${named}: ${path}:${line}: ${message}`),
  }
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
