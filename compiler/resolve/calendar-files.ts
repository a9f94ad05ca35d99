// The files of a calendar: their clauses as data, and their content judged at check time. Flows in: `from csv`, `status from csv`,
// `holidays from csv` and the host. Flows out: what the runtime's loader needs; diagnostics at the clause that name lines of the file.
import { type CalendarClause, diagnostic } from "@fmap/grammar"
import { type CalendarSpec, type CalendarTables, loadCalendar } from "@fmap/runtime"
import { readCsv } from "@fmap/runtime/formats"
import type { Host } from "../host/host.ts"
import type { PlanCalendarFile } from "../plan/index.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import { closest } from "./closest.ts"
import { crosswalkPath, readText, reportRows } from "./crosswalk-file.ts"
import { sourceFilter } from "./crosswalk-source.ts"
import type { BoundCalendar } from "./model.ts"

type FileClause = CalendarClause & { kind: "file" }

const columnNames = {
  periods: ["id", "start", "end", "adjust", "closed", "year", "number"],
  status: ["period", "closed"],
  holidays: ["date"],
} as const

export function calendarFile(
  clause: FileClause | undefined,
  file: string,
  found: Findings,
): PlanCalendarFile | null {
  if (clause === undefined) return null
  const at = placeIn(file)
  const { source, of } = clause
  if (source.format.text !== "csv")
    found.report(diagnostic("FM7010", { format: source.format.text }, at(source.format)))
  const names: readonly string[] = columnNames[of]
  const columns = new Map<string, string>()
  for (const { name, column, span } of source.columns) {
    const text = column.parts.map(part => (part.kind === "chars" ? part.text : "")).join("")
    if (!names.includes(name.text)) {
      const near = closest(name.text, names)
      found.report(
        diagnostic("FM6235", { name: name.text, wanted: names.join(", ") }, at(name), {
          label: "not read of such a file",
          ...(near === null
            ? {}
            : { help: `Did you mean ${near}?`, edits: [{ place: at(name), text: near }] }),
        }),
      )
    } else if (columns.has(name.text))
      found.report(diagnostic("FM2016", { name: name.text, role: "columns" }, at({ span })))
    else columns.set(name.text, text)
  }
  const path = crosswalkPath(source, file, found)
  return {
    format: "csv",
    path: path ?? "",
    columns: [...columns].map(([name, column]) => ({ name, column })),
    where: sourceFilter(source, { file, report: found.report }),
  }
}

/** The same loader reads them at run time, so what passes here, loads. */
export function checkCalendarFiles(
  spec: CalendarSpec,
  clauses: { readonly file: (of: keyof CalendarTables) => FileClause | undefined },
  files: BoundCalendar["files"],
  { file, host, found }: { readonly file: string; readonly host: Host; readonly found: Findings },
): void {
  const tables: { -readonly [F in keyof CalendarTables]: CalendarTables[F] } = {}
  const before = found.errors()
  const placeOf = (of: keyof CalendarTables) =>
    placeIn(file)(clauses.file(of)?.source.file ?? { span: { start: 0, end: 0 } })
  for (const kind of ["periods", "status", "holidays"] as const) {
    const source = files[kind]
    if (source === null) continue
    const text = readText(source.path, host, placeOf(kind), found)
    if (text === null) continue
    const table = readCsv(text)
    if ("ok" in table) tables[kind] = table.ok
    else
      reportRows(
        table.problems.map(({ line, message }) => ({ row: line, message, code: "BAD_CSV" })),
        source.path,
        placeOf(kind),
        found,
      )
  }
  if (found.errors() > before) return
  const loaded = loadCalendar(spec, tables)
  if ("ok" in loaded) return
  for (const kind of ["periods", "status", "holidays"] as const)
    reportRows(
      loaded.problems.filter(problem => problem.file === kind),
      files[kind]?.path ?? "",
      placeOf(kind),
      found,
    )
}
