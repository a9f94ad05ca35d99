// The queue of a steward: rows of crosswalks that records asked for and that are not there. Flows in: issues, one record at a time. Flows
// out: one CSV file a crosswalk in the columns of its own file, keys filled in, values to be filled in, how many records wait for each.
import { closeSync, openSync, writeFileSync } from "node:fs"
import { resolve } from "node:path"
import type { Plan, PlanCrosswalk } from "@fmap/compiler"
import { type Issue, type MissingRow, masked } from "@fmap/runtime"

export interface UnmappedRows {
  /** One record's issues: the same row counts once. */
  readonly add: (issues: readonly Issue[]) => void
  /** Writes the files; gives a sentence for each. */
  readonly end: () => readonly string[]
}

interface Waiting {
  readonly row: MissingRow
  records: number
  /** The earliest day that was asked for: from then on the row is needed. */
  from: string | undefined
}

/** `files`: by id of the crosswalk. Throws what node throws when one cannot be opened, before any record is read. */
export function unmappedRows(plan: Plan, files: ReadonlyMap<string, string>, cwd: string): UnmappedRows {
  const open = [...files].map(([id, file]) => {
    const crosswalk = plan.crosswalks.find(one => one.id === id)
    if (crosswalk === undefined) throw new Error(`the plan has no crosswalk ${id}`)
    return { crosswalk, file, handle: openSync(resolve(cwd, file), "w") }
  })
  const hierarchies = new Set(
    plan.crosswalks.flatMap(({ id, hierarchy }) => (hierarchy === undefined ? [] : [id])),
  )
  const waiting = new Map<string, Map<string, Waiting>>(
    open.map(({ crosswalk }) => [crosswalk.id, new Map()]),
  )
  return {
    add: issues => {
      const counted = new Set<string>()
      for (const { lookup } of issues) {
        const rows = lookup === undefined ? undefined : waiting.get(lookup.crosswalk)
        if (lookup === undefined || rows === undefined || lookup.inverse === true) continue
        // A member that is asked for on several levels is one that is not there.
        const asked = hierarchies.has(lookup.crosswalk) ? lookup.keys.slice(0, 1) : lookup.keys
        const key = JSON.stringify(asked)
        const known = rows.get(key) ?? { row: { ...lookup, keys: asked }, records: 0, from: lookup.asOf }
        rows.set(key, known)
        if (lookup.asOf !== undefined && (known.from === undefined || lookup.asOf < known.from))
          known.from = lookup.asOf
        if (!counted.has(`${lookup.crosswalk} ${key}`)) known.records++
        counted.add(`${lookup.crosswalk} ${key}`)
      }
    },
    end: () =>
      open.map(({ crosswalk, file, handle }) => {
        const rows = [...(waiting.get(crosswalk.id)?.values() ?? [])]
        const shown = rows.filter(({ row }) => !row.keys.includes(masked))
        writeFileSync(handle, tableOf(plan, crosswalk, shown))
        closeSync(handle)
        const hidden = rows.length - shown.length
        const left = hidden === 0 ? "" : `; ${hidden} with personal data in their keys are left out`
        return `${crosswalk.id}: ${shown.length} missing row${shown.length === 1 ? "" : "s"} in ${file}${left}.`
      }),
  }
}

function tableOf(plan: Plan, crosswalk: PlanCrosswalk, rows: readonly Waiting[]): string {
  const { external, parameters, result } = crosswalk
  const headerOf = (name: string): string =>
    external?.columns.find(column => column.name === name)?.column ?? name
  const hasLevels = external?.columns.some(({ name }) => name === "level") === true
  const values =
    crosswalk.hierarchy !== undefined
      ? ["parent", ...(hasLevels ? ["level"] : [])]
      : result.kind === "record"
        ? (plan.shapes.find(shape => shape.id === result.shape)?.fields ?? []).map(field => field.name)
        : ["value"]
  const days = external?.days ?? null
  const filters = (external?.where ?? []).filter(filter => filter.operator === "==")
  const columns: { readonly header: string; readonly cell: (waiting: Waiting) => string }[] = [
    ...(crosswalk.hierarchy === undefined ? parameters : parameters.slice(0, 1)).map(({ name }, i) => ({
      header: headerOf(name),
      cell: ({ row }: Waiting) => row.keys[i] ?? "",
    })),
    ...values.map(name => ({ header: headerOf(name), cell: () => "" })),
    ...(days === null || days.from === null
      ? []
      : [{ header: days.from, cell: ({ from }: Waiting) => from ?? "" }]),
    ...(days === null || days.until === null ? [] : [{ header: days.until, cell: () => "" }]),
    // What the file's `where` keeps: a row that is filled in is one that counts.
    ...filters.map(({ column, value }) => ({ header: column, cell: () => String(value) })),
    { header: "records", cell: ({ records }: Waiting) => String(records) },
  ]
  const once = columns.filter((column, i) => columns.findIndex(other => other.header === column.header) === i)
  const lines = [once.map(column => cellText(column.header))]
  const byCount = [...rows].sort((a, b) => b.records - a.records)
  for (const row of byCount) lines.push(once.map(column => cellText(column.cell(row))))
  return lines.map(line => `${line.join(",")}\n`).join("")
}

function cellText(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
