// Rows of a file become a crosswalk. Flows in: the crosswalk's spec (plain JSON from the Plan) and a table of cells; flows out: the
// crosswalk, or every problem of the file with row and column. All or nothing: a file with one bad row is not used.
import { isRefused } from "../door/refused.ts"
import { isWellFormed } from "../door/well-formed.ts"
import { keyText, readCell, readScalar, type ScalarSpec } from "./cell.ts"
import type { Crosswalk } from "./crosswalk.ts"
import { crosswalkKey, type KeyForm, normaliseKey } from "./crosswalk-key.ts"
import { type CrosswalkRow, crosswalkTable } from "./crosswalk-table.ts"
import { type Days, firstDay, lastDay, shownDays, untilNext } from "./effective-days.ts"
import { ancestorRows, memberSpec } from "./hierarchy-file.ts"
import type { HierarchyProblem } from "./hierarchy-rows.ts"
import { inverseRow } from "./inverse-row.ts"
import { type RowConflict, rowConflicts } from "./row-conflicts.ts"

/** Derivable from PlanCrosswalk. Types are wire types under the language's defaults. */
export interface CrosswalkSpec {
  readonly name: string
  readonly keyForm: KeyForm
  readonly parameters: readonly { readonly name: string; readonly type: ScalarSpec }[]
  /** A scalar, in the column of the name `value`, or the members of a record, each in the column of its own name. */
  readonly result:
    | { readonly kind: "scalar"; readonly type: ScalarSpec }
    | { readonly kind: "record"; readonly members: readonly CrosswalkMember[] }
  /** Parameter, result member or `value` → header. What is not listed has its own name as header. */
  readonly columns: readonly { readonly name: string; readonly column: string }[]
  /** Only rows that fulfil all of these are kept. A boolean wants cells `true` and `false`. */
  readonly where: readonly {
    readonly column: string
    readonly operator: "==" | "!="
    readonly value: string | boolean
  }[]
  /** Absent: rows hold on all days. */
  readonly dated?: CrosswalkDays
  /** The cell that stands for every key. Absent: none does. */
  readonly wildcard?: string
  /** Every value has one key on every day, and the crosswalk answers both ways. */
  readonly bothWays?: boolean
  /**
   * A hierarchy: its keys are a member and one of these levels, the highest first. Its file has a row a member, in the columns of the
   * member, `parent` and, where `columns` names it, `level`.
   */
  readonly hierarchy?: { readonly levels: readonly string[] }
}

/** The headers of the first and the last day of a row; an empty cell says neither. `next`: a row holds until the next one of its keys begins. */
export interface CrosswalkDays {
  readonly from: string | null
  readonly until: string | null
  readonly next: boolean
}

/** An optional member may be empty; its key is then absent. */
export interface CrosswalkMember {
  readonly name: string
  readonly wireName: string
  readonly type: ScalarSpec
  readonly optional: boolean
}

/** What `readCsv` and `readJsonTable` give. `line`: where the row begins in the file, 1-based, the header included. */
export interface CrosswalkTable {
  readonly columns: readonly string[]
  /** Rows say only what they have (JSON): a column for what may be absent need not be there at all. */
  readonly sparse?: boolean
  readonly rows: readonly {
    readonly line: number
    readonly cells: readonly string[]
    /** What each cell was, where the file tells (JSON). Absent: cells are what their type reads in them (CSV). */
    readonly kinds?: readonly ("text" | "number" | "flag" | "nothing")[]
  }[]
}

/** `row` is the line in the file; `column` a header, or "" for the row as a whole. `message` names the column, and never repeats a cell that is no key. */
export interface CrosswalkProblem {
  readonly row: number
  readonly column: string
  readonly code:
    | "MISSING_COLUMN"
    | "DUPLICATE_COLUMN"
    | "BAD_CELL"
    | "BAD_BOOLEAN"
    | "EMPTY_KEY"
    | "DUPLICATE_KEY"
    | "SAME_DAYS"
    | "ENDS_BEFORE_IT_BEGINS"
    | "AMBIGUOUS"
    | "DUPLICATE_VALUE"
    | HierarchyProblem["code"]
  readonly message: string
}

export type LoadedCrosswalk = { readonly ok: Crosswalk } | { readonly problems: readonly CrosswalkProblem[] }

export function loadCrosswalk(spec: CrosswalkSpec, table: CrosswalkTable): LoadedCrosswalk {
  const loaded = crosswalkRows(spec, table)
  if ("problems" in loaded) return loaded
  const { rows, turned } = loaded
  const crosswalk = crosswalkTable(spec.name, rows)
  if (spec.bothWays !== true) return { ok: crosswalk }
  return { ok: { ...crosswalk, inverse: crosswalkTable(spec.name, turned) } }
}

/** `turned`: the rows asked back, where the crosswalk answers both ways. */
export type CrosswalkRows =
  | { readonly rows: readonly LoadedRow[]; readonly turned: readonly LoadedRow[] }
  | { readonly problems: readonly CrosswalkProblem[] }

interface ReadRows {
  readonly rows: readonly LoadedRow[]
  readonly problems: readonly CrosswalkProblem[]
  /** Headers of the first key and the first value. */
  readonly key: string
  readonly value: string
}

function readRows(spec: CrosswalkSpec, table: CrosswalkTable): ReadRows {
  const problems: CrosswalkProblem[] = []
  const columnOf = (name: string, optional = false): Column => {
    const header = spec.columns.find(column => column.name === name)?.column ?? name
    return findColumn(table, header, optional, problems)
  }
  const keys = spec.parameters.map(parameter => ({ type: parameter.type, column: columnOf(parameter.name) }))
  const members =
    spec.result.kind === "scalar"
      ? [
          {
            name: "value",
            wireName: "value",
            type: spec.result.type,
            optional: false,
            column: columnOf("value"),
          },
        ]
      : spec.result.members.map(member => ({ ...member, column: columnOf(member.name, member.optional) }))
  const filters = spec.where.map(filter => ({
    ...filter,
    found: findColumn(table, filter.column, false, problems),
  }))
  const days = daysOf(spec, table, problems)
  const headers = { key: keys[0]?.column.header ?? "", value: members[0]?.column.header ?? "" }
  if (problems.length > 0) return { rows: [], problems: unique(problems), ...headers }

  const rows: LoadedRow[] = []
  for (const row of table.rows) {
    const before = problems.length
    if (!filters.every(filter => keeps(filter, filter.found, row, problems))) continue
    const plain = keys.map(part => readKey(part.type, part.column, spec, row, problems))
    const read = plain.map(key => (key === null ? null : normaliseKey(key, spec.keyForm)))
    const value = readValue(spec.result.kind, members, row, problems)
    const effective = readDays(days, row, problems)
    if (problems.length === before) rows.push({ keys: read, plain, value, ...effective, line: row.line })
  }
  return { rows, problems, ...headers }
}

/** The rows of a crosswalk that are kept, as they are compared, each with its line; of a hierarchy those of all ancestors. */
export function crosswalkRows(spec: CrosswalkSpec, table: CrosswalkTable): CrosswalkRows {
  if (spec.hierarchy !== undefined) {
    const members = readRows(memberSpec(spec), table)
    return members.problems.length > 0
      ? { problems: unique(members.problems) }
      : ancestorRows(spec, members.rows)
  }
  const { rows, problems, key, value } = readRows(spec, table)
  const closed = spec.dated?.next === true ? untilNext(rows, row => JSON.stringify(row.keys)) : rows
  const conflicts = rowConflicts(closed, mostConflicts).map(conflict =>
    conflictProblem(conflict, closed, key),
  )
  const turned = spec.bothWays === true ? inverseRows(spec, closed) : []
  const doubled = rowConflicts(turned, mostConflicts).map(conflict => doubledValue(conflict, turned, value))
  const all = [...problems, ...conflicts, ...doubled]
  if (all.length > 0) return { problems: all.sort((a, b) => a.row - b.row) }
  return { rows: closed, turned }
}

/** One bad column can make a conflict of every row. */
const mostConflicts = 1000

export interface LoadedRow extends CrosswalkRow {
  readonly line: number
  /** The keys in canonical form, before case or blanks are taken from them. */
  readonly plain: CrosswalkRow["keys"]
}

function inverseRows(spec: CrosswalkSpec, rows: readonly LoadedRow[]): readonly LoadedRow[] {
  const [parameter] = spec.parameters
  if (parameter === undefined || spec.result.kind !== "scalar") return []
  const types = { key: parameter.type, value: spec.result.type }
  return rows.map(row => ({ ...row, ...inverseRow({ keys: row.plain, value: row.value }, types) }))
}

function doubledValue(
  { first, second, keys, days }: RowConflict,
  rows: readonly LoadedRow[],
  column: string,
): CrosswalkProblem {
  const when = shownDays(days)
  const value = JSON.stringify((keys[0] ?? "").slice(0, 80))
  const message = `The value ${value} has a key already${when === "" ? "" : ` ${when}`}, in line ${rows[first]?.line}; asked back, it would have two.`
  return { row: rows[second]?.line ?? 1, column, code: "DUPLICATE_VALUE", message }
}

function conflictProblem(
  { kind, first, second, keys, days }: RowConflict,
  rows: readonly LoadedRow[],
  column: string,
): CrosswalkProblem {
  const line = rows[first]?.line
  const row = rows[second]?.line ?? 1
  const always = days.from === firstDay && days.until === lastDay
  const shown = keys.map(key => (key === null ? "_" : JSON.stringify(key.slice(0, 80)))).join(", ")
  if (kind === "ambiguous") {
    const when = always ? "" : ` ${shownDays(days)}`
    const message = `This row and line ${line} both fit ${shown}${when}, and neither is more specific.`
    return { row, column, code: "AMBIGUOUS", message }
  }
  if (always) {
    const key = JSON.stringify(crosswalkKey(keys.map(part => part ?? "_")).slice(0, 80))
    return { row, column, code: "DUPLICATE_KEY", message: `The key ${key} stands already in line ${line}.` }
  }
  const message = `The key ${shown} has a row ${shownDays(days)} already, in line ${line}.`
  return { row, column, code: "SAME_DAYS", message }
}

interface DayColumns {
  readonly from: Column | null
  readonly until: Column | null
}

function daysOf(spec: CrosswalkSpec, table: CrosswalkTable, problems: CrosswalkProblem[]): DayColumns {
  const column = (header: string | null | undefined): Column | null =>
    header == null ? null : findColumn(table, header, true, problems)
  return { from: column(spec.dated?.from), until: column(spec.dated?.until) }
}

function readDays({ from, until }: DayColumns, row: Row, problems: CrosswalkProblem[]): Days {
  const days = {
    from: readDay(from, row, problems) ?? firstDay,
    until: readDay(until, row, problems) ?? lastDay,
  }
  if (until !== null && days.until < days.from) {
    const message = `The row ends on ${days.until}, before it begins on ${days.from}.`
    problems.push({ row: row.line, column: until.header, code: "ENDS_BEFORE_IT_BEGINS", message })
  }
  return days
}

function readDay(column: Column | null, row: Row, problems: CrosswalkProblem[]): string | undefined {
  const cell = column === null ? "" : (row.cells[column.index] ?? "")
  if (column === null || cell === "") return undefined
  const value = cellValue(cell, { kind: "date", wire: "iso" }, column, row, problems)
  return value === undefined ? undefined : cell
}

type Row = CrosswalkTable["rows"][number]

interface Column {
  readonly header: string
  readonly index: number
}

function findColumn(
  { columns, sparse }: CrosswalkTable,
  header: string,
  optional: boolean,
  problems: CrosswalkProblem[],
): Column {
  const index = columns.indexOf(header)
  if (index < 0 && !(optional && sparse === true)) {
    problems.push({
      row: 1,
      column: header,
      code: "MISSING_COLUMN",
      message: `The file has no column "${header}".`,
    })
  } else if (columns.includes(header, index + 1)) {
    problems.push({
      row: 1,
      column: header,
      code: "DUPLICATE_COLUMN",
      message: `The file has the column "${header}" twice.`,
    })
  }
  return { header, index }
}

function keeps(
  filter: CrosswalkSpec["where"][number],
  column: Column,
  row: Row,
  problems: CrosswalkProblem[],
): boolean {
  const cell = row.cells[column.index] ?? ""
  const kind = row.kinds?.[column.index]
  if (typeof filter.value === "boolean" ? !isFlag(cell, kind) : kind === "number" || kind === "flag") {
    if (typeof filter.value !== "boolean") {
      const message = `Expected a text in the column "${column.header}".`
      problems.push({ row: row.line, column: column.header, code: "BAD_CELL", message })
      return false
    }
    const message = `Expected true or false in the column "${column.header}".`
    problems.push({ row: row.line, column: column.header, code: "BAD_BOOLEAN", message })
    return false
  }
  return (cell === String(filter.value)) === (filter.operator === "==")
}

type Kind = NonNullable<Row["kinds"]>[number]

function isFlag(cell: string, kind: Kind | undefined): boolean {
  return (cell === "true" || cell === "false") && (kind === undefined || kind === "flag")
}

/** A JSON cell of another kind than its type is wrong, however it would read. Figures may stand as text, digit for digit. */
function misfit(kind: Kind | undefined, type: ScalarSpec): string | undefined {
  const wanted =
    type.kind === "bool" && type.wire === "json" ? "flag" : isFigure(type.kind) ? "number" : "text"
  if (kind === undefined || kind === "nothing" || kind === wanted) return undefined
  if (kind === "text" && wanted === "number") return undefined
  return wanted === "flag" ? "Expected true or false." : `Expected a ${wanted}, and this is a ${kind}.`
}

function isFigure(kind: ScalarSpec["kind"]): boolean {
  return kind === "int" || kind === "decimal" || kind === "money" || kind === "quantity" || kind === "percent"
}

function readKey(
  type: ScalarSpec,
  column: Column,
  { keyForm, wildcard }: CrosswalkSpec,
  row: Row,
  problems: CrosswalkProblem[],
): string | null {
  const written = row.cells[column.index] ?? ""
  if (written === wildcard) return null
  const cell = keyForm === "exact" ? written : written.trim()
  if (cell === "") {
    const message = `The key column "${column.header}" is empty.`
    problems.push({ row: row.line, column: column.header, code: "EMPTY_KEY", message })
    return ""
  }
  const value = cellValue(cell, type, column, row, problems)
  if (value === undefined) return ""
  const read = readScalar(value, type)
  return isRefused(read) ? "" : keyText(read, type)
}

function readValue(
  kind: "scalar" | "record",
  members: readonly (CrosswalkMember & { readonly column: Column })[],
  row: Row,
  problems: CrosswalkProblem[],
): unknown {
  const entries: [string, unknown][] = []
  for (const { wireName, type, optional, column } of members) {
    const cell = row.cells[column.index] ?? ""
    if (cell === "" && optional && row.kinds?.[column.index] !== "text") continue
    const value = cellValue(cell, type, column, row, problems)
    if (kind === "scalar") return value
    entries.push([wireName, value])
  }
  return Object.freeze(Object.fromEntries(entries))
}

/** Undefined when the cell was reported. */
function cellValue(
  cell: string,
  type: ScalarSpec,
  column: Column,
  row: Row,
  problems: CrosswalkProblem[],
): unknown {
  const report = (code: CrosswalkProblem["code"], message: string) => {
    const where = `Column "${column.header}": `
    problems.push({ row: row.line, column: column.header, code, message: where + message })
    return undefined
  }
  const kind = row.kinds?.[column.index]
  if (cell === "" && kind !== "text") return report("BAD_CELL", "The cell is empty.")
  const wrong = misfit(kind, type)
  if (wrong !== undefined) return report(type.kind === "bool" ? "BAD_BOOLEAN" : "BAD_CELL", wrong)
  if (!isWellFormed(cell))
    return report("BAD_CELL", "The cell has half of a surrogate pair, which is no character.")
  const value = readCell(cell, type)
  if (!isRefused(value)) return value
  return report(type.kind === "bool" ? "BAD_BOOLEAN" : "BAD_CELL", value.message)
}

/** A column that two names share is reported once. */
function unique(problems: readonly CrosswalkProblem[]): readonly CrosswalkProblem[] {
  return problems.filter((problem, i) => problems.findIndex(one => one.message === problem.message) === i)
}
