// What is left to do behind `fmap flow init`. Flows in: entries that were made, entries that were there. Flows out: text for people: where each system is, what to fill in, what was taken for granted, commands to copy.
import { safeLine } from "../../terminal/safe-text.ts"
import { shellWord } from "../../terminal/shell-word.ts"
import { placeholdersIn } from "../placeholder.ts"
import type { PreparedSystem } from "./prepare-entries.ts"

export interface NextPlace {
  /** The folder of the configuration, as people see it. */
  readonly beside: string
  readonly options: { readonly project?: string; readonly config?: string }
}

export function nextSteps(
  made: readonly PreparedSystem[],
  there: readonly (readonly [name: string, entry: unknown])[],
  { beside, options }: NextPlace,
): string {
  const all = [...there, ...made.map(({ system, entry }) => [system.name, entry] as const)]
  const unfilled = all.flatMap(([name, entry]) =>
    placeholdersIn(entry).map(({ at, text }) => [name, at, text] as const),
  )
  const notes = made.flatMap(({ system, notes: told }) => told.map(note => `${system.name}: ${note}`))
  return [
    part(
      "Systems:",
      aligned(made.map(({ system, entry, simulator }) => [system.name, whatItIs(entry, simulator?.name)])),
    ),
    part("Fill in; fmap flow start names what is left, and sends it nowhere:", aligned(unfilled)),
    part("Taken for granted; see whether it is so:", notes),
    part("Next:", commands(made, all, beside, options)),
  ].join("")
}

function part(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : `\n${title}\n${lines.map(line => `  ${safeLine(line)}\n`).join("")}`
}

function whatItIs(entry: PreparedSystem["entry"], simulator: string | undefined): string {
  const at = entry["baseUrl"] ?? entry["path"]
  const what = simulator === undefined ? entry["kind"] : `${simulator}, simulated`
  return at === undefined ? String(what) : `${what} at ${at}`
}

function commands(
  made: readonly PreparedSystem[],
  all: readonly (readonly [string, unknown])[],
  beside: string,
  { project, config }: NextPlace["options"],
): readonly string[] {
  const simulators = made.flatMap(({ simulator }) => simulator ?? [])
  const simulated = new Set(
    made.flatMap(({ simulator, entry }) => (simulator === undefined ? [] : variablesIn(entry))),
  )
  const variables = [...new Set(all.flatMap(([, entry]) => variablesIn(entry)))]
  const option = (name: string, value: string | undefined) =>
    value === undefined ? "" : ` --${name} ${shellWord(value)}`
  return [
    ...simulators.map(({ name, port, begins }) => {
      const data =
        begins === undefined
          ? ""
          : ` --data ${shellWord(beside === "." ? begins.file : `${beside}/${begins.file}`)}`
      return `npx fmap simulate ${name} --port ${port}${data}    # in a terminal of its own`
    }),
    ...variables.map(name => `export ${name}=${simulated.has(name) ? "simulated" : ""}`),
    `npx fmap flow start${option("project", project)}${option("config", config)}`,
  ]
}

function variablesIn(value: unknown): readonly string[] {
  if (typeof value === "string") return /^env:([A-Za-z_]\w*)$/u.exec(value)?.slice(1) ?? []
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(variablesIn) : []
}

/** Columns, as wide as what stands in them. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const safe = rows.map(row => row.map(safeLine))
  const width = (column: number) => Math.max(...safe.map(row => row[column]?.length ?? 0))
  return safe.map(row =>
    row
      .map((cell, column) => cell.padEnd(width(column)))
      .join("   ")
      .trimEnd(),
  )
}
