// The row of a crosswalk that is missing, as somebody would write it. Flows in: the Plan, the crosswalk and the keys that were asked for. Flows out: where it goes and the row with a place for its value; none where flows fill the
// crosswalk, or where the keys are personal.
import type { Plan, PlanCrosswalk } from "@fmap/compiler"
import { masked } from "@fmap/runtime"

export interface RowToAdd {
  /** A file of the project, with the line where the crosswalk is declared. */
  readonly place: string
  readonly row: string
}

export function rowToAdd(plan: Plan, crosswalk: string, keys: readonly string[]): RowToAdd | undefined {
  const found = plan.crosswalks.find(({ id, name }) => id === crosswalk || name === crosswalk)
  if (
    found === undefined ||
    found.links !== undefined ||
    found.hierarchy !== undefined ||
    keys.includes(masked)
  )
    return undefined
  return found.external === null ? inlineRow(plan, found, keys) : rowOfFile(found, found.external, keys)
}

function inlineRow(
  { files }: Plan,
  { at: [file, line], parameters, dated }: PlanCrosswalk,
  keys: readonly string[],
): RowToAdd | undefined {
  // A dated row needs days that nobody here knows.
  if (dated) return undefined
  const isBare = (key: string, index: number) =>
    bare.has(parameters[index]?.type.kind ?? "") && /^[\w.+-]+$/u.test(key)
  const texts = keys.map((key, index) => (isBare(key, index) ? key : JSON.stringify(key)))
  return { place: `${files[file]?.path ?? ""}:${line}`, row: `${texts.join(", ")} -> …` }
}

/** Kinds that are written without quotes. */
const bare: ReadonlySet<string> = new Set([
  "currency",
  "country",
  "language",
  "int",
  "decimal",
  "bool",
  "date",
  "enum",
])

function rowOfFile(
  { parameters }: PlanCrosswalk,
  { format, path, columns }: NonNullable<PlanCrosswalk["external"]>,
  keys: readonly string[],
): RowToAdd {
  const cells = columns.map(({ name, column }) => {
    const index = parameters.findIndex(parameter => parameter.name === name)
    return [column, index < 0 ? "…" : (keys[index] ?? "…")] as const
  })
  if (format === "json") return { place: path, row: JSON.stringify(Object.fromEntries(cells)) }
  return { place: path, row: cells.map(([column, cell]) => `${column}=${cell}`).join(", ") }
}
