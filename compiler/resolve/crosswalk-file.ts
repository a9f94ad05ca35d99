// The file of a crosswalk, read and judged at check time. Flows in: the `from` clause, the types and the host. Flows out:
// diagnostics at the clause that name lines of the file. The same loader reads it at run time, so what passes here, loads.
import { type CrosswalkDeclaration, type CrosswalkSource, diagnostic, type Place } from "@fmap/grammar"
import { type KeyForm, loadCrosswalk } from "@fmap/runtime"
import { readTable } from "@fmap/runtime/formats"
import type { Host } from "../host/host.ts"
import { resolvePath } from "../host/paths.ts"
import { type Findings, placeIn } from "../project/findings.ts"
import { plainText, reportPath, reportRead } from "../project/load-project.ts"
import { crosswalkSpecOf } from "../types/crosswalk-spec.ts"
import { aType } from "../types/describe.ts"
import type { Type } from "../types/type.ts"
import { closest } from "./closest.ts"
import type { Dated } from "./crosswalk-days.ts"
import { columnNames, sourceColumns, sourceFilter, sourceFormat, sourceWildcard } from "./crosswalk-source.ts"
import { hierarchyCodes } from "./hierarchy-codes.ts"

export interface CrosswalkFileContext {
  readonly file: string
  readonly name: string
  readonly parameters: readonly { readonly name: string; readonly type: Type }[]
  readonly result: Type
  readonly keyForm: KeyForm
  readonly dated: Dated
  readonly hierarchy?: { readonly levels: readonly string[] } | null
}

export const crosswalkFileLimit = 256 * 1024 * 1024
const mostShown = 5
/** Two rows that decide for one key, or for one value asked back. */
const contradictions: readonly string[] = ["DUPLICATE_KEY", "SAME_DAYS", "AMBIGUOUS", "DUPLICATE_VALUE"]

export function checkCrosswalkFile(
  node: Pick<CrosswalkDeclaration, "bothWays" | "result" | "effective">,
  from: CrosswalkSource,
  context: CrosswalkFileContext,
  host: Host,
  found: Findings,
): void {
  const at = placeIn(context.file)
  const before = found.errors()
  const place = at(from.file)
  const format = sourceFormat(from)
  if (format === null) found.report(diagnostic("FM7010", { format: from.format.text }, at(from.format)))
  const asked = { ...context, report: found.report }
  const columns = sourceColumns(from, asked)
  const where = sourceFilter(from, asked)
  if (from.wildcard !== null && plainText(from.wildcard) === null) {
    const problem = "a cell of a file has no holes"
    found.report(diagnostic("FM6204", { what: "The wildcard", problem }, at(from.wildcard)))
  }
  const path = crosswalkPath(from, context.file, found)
  const hasErrorType =
    context.result.kind === "error" || context.parameters.some(p => p.type.kind === "error")
  const dayColumns = context.dated === null ? [] : [context.dated.from, context.dated.until]
  const source = { columns, where, days: context.dated, wildcard: sourceWildcard(from) }
  const bothWays = node.bothWays !== null && context.result.kind !== "record"
  const spec = hasErrorType ? null : crosswalkSpecOf({ ...context, bothWays }, source)
  if (spec === null && !hasErrorType) {
    found.report(diagnostic("FM6221", { type: aType(context.result) }, at(node.result)))
  }
  if (path === null || spec === null || format === null || found.errors() > before) return
  const text = readText(path, host, place, found)
  if (text === null) return
  const table = readTable(format, text)
  if ("problems" in table) {
    const rows = table.problems.map(({ line, message, code }) => ({ row: line, message, code }))
    reportRows(rows, path, place, found)
    return
  }
  const own = new Map(columns.map(column => [column.name, column.column]))
  for (const name of columnNames(context)) {
    // An optional member of the result may have no column at all only if nobody named one.
    // The levels of a hierarchy follow from the depth where no column says them.
    if (context.hierarchy != null && name === "level") continue
    if (own.has(name) || table.ok.columns.includes(name)) continue
    found.report(
      diagnostic("FM6213", { name, file: path }, place, {
        help: `Name its column: ${name}: "…". There are ${listed(table.ok.columns)}.`,
      }),
    )
  }
  for (const entry of from.columns)
    reportColumn(own.get(entry.name.text) ?? "", at(entry.column), path, table.ok.columns, found)
  for (const filter of where) {
    if (from.where !== null) reportColumn(filter.column, at(from.where), path, table.ok.columns, found)
  }
  for (const column of dayColumns) {
    if (column !== null && node.effective !== null)
      reportColumn(column, at(node.effective), path, table.ok.columns, found)
  }
  if (found.errors() > before) return
  const loaded = loadCrosswalk(spec, table.ok)
  if ("problems" in loaded) reportRows(loaded.problems, path, place, found)
}

/** Project path of the file; null after a diagnostic. */
export function crosswalkPath(
  from: CrosswalkSource,
  file: string,
  found: Pick<Findings, "report">,
): string | null {
  const written = plainText(from.file)
  const place = { file, span: from.file.span }
  if (written === null) {
    found.report(diagnostic("FM7008", { path: "{…}" }, place, { label: "a file name has no holes" }))
    return null
  }
  const resolved = resolvePath(file, written)
  if (resolved.kind === "path") return resolved.path
  reportPath(found, resolved.kind, written, place)
  return null
}

export function readText(path: string, host: Host, place: Place, found: Findings): string | null {
  const read = host.readFile(path, crosswalkFileLimit)
  if (read.kind !== "bytes") {
    reportRead(found, read, path, place, crosswalkFileLimit)
    return null
  }
  let text: string
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(read.bytes)
  } catch {
    found.report(diagnostic("FM7011", { file: path }, place))
    return null
  }
  if (text.trim() !== "") return text
  found.report(diagnostic("FM7012", { file: path }, place))
  return null
}

function reportColumn(
  column: string,
  place: Place,
  path: string,
  columns: readonly string[],
  found: Findings,
): void {
  if (columns.includes(column)) return
  const near = closest(column, columns)
  found.report(
    diagnostic("FM6215", { column, file: path }, place, {
      label: "no such column",
      help: near === null ? `There are ${listed(columns)}.` : `Did you mean "${near}"?`,
    }),
  )
}

interface RowProblem {
  readonly row: number
  readonly message: string
  readonly code: string
}

export function reportRows(
  problems: readonly RowProblem[],
  path: string,
  place: Place,
  found: Findings,
): void {
  for (const { row, message, code } of problems.slice(0, mostShown)) {
    const parameters = { file: path, line: String(row), problem: message.replace(/\.$/, "") }
    if (isHierarchyProblem(code)) {
      const problem = `${path}:${row}: ${parameters.problem}`
      found.report(diagnostic(hierarchyCodes[code], { problem }, place))
    } else found.report(diagnostic(contradictions.includes(code) ? "FM6217" : "FM6216", parameters, place))
  }
  const rest = problems.length - mostShown
  if (rest > 0) found.report(diagnostic("FM6219", { file: path, count: String(rest) }, place))
}

function isHierarchyProblem(code: string): code is keyof typeof hierarchyCodes {
  return Object.hasOwn(hierarchyCodes, code)
}

function listed(columns: readonly string[]): string {
  return (
    columns
      .slice(0, 12)
      .map(column => `"${column}"`)
      .join(", ") + (columns.length > 12 ? " …" : "")
  )
}
