// Reading Adaptive Planning: figures of a version by `exportData`, and the versions, accounts and levels there are. Flows in: what is read, conditions. Flows out: records of texts, as many as the platform
// tells: a row for each account, level and dimensions with a column for each period, or a record for each figure.
import { splitCsv } from "../../formats/csv/split-csv.ts"
import { attributeOf, childElements, textOf, type XmlElement } from "../../formats/xml/xml-tree.ts"
import { failure, type Line } from "../http/ask.ts"
import { scalarText } from "../http/json-value.ts"
import { notOffered } from "../http/key-of.ts"
import type { ReadRequest } from "../port/connector.ts"
import { type AdaptiveLogin, callAdaptive } from "./adaptive-call.ts"
import { type ExportFilter, exportDataCall, listCall } from "./export-xml.ts"

export type AdaptiveExport = AdaptiveData | { readonly kind: "versions" | "accounts" | "levels" }

export interface AdaptiveData {
  readonly kind: "data"
  /** The instance's own where absent, and where no condition names another. */
  readonly version?: string
  /** Codes, each with all below it. */
  readonly accounts?: readonly string[]
  /** Names, each with all below it. */
  readonly levels?: readonly string[]
  readonly dimensions?: readonly string[]
  /** Periods as the platform writes them: `01/2026`. A condition on `Period` narrows it. */
  readonly from: string
  readonly to: string
  /** `figures`: a record for each figure, with `Period` and `Value`. `rows`: as the platform gives them. */
  readonly shape: "rows" | "figures"
}

type Row = Readonly<Record<string, string>>

/** Records of a page. */
const pageSize = 5_000

export async function* readAdaptive(
  line: Line,
  access: AdaptiveLogin,
  what: AdaptiveExport,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly Row[]> {
  const records =
    what.kind === "data"
      ? await readData(line, access, what, request, signal)
      : await readList(line, access, what.kind, request, signal)
  for (let start = 0; start < records.length; start += pageSize) yield records.slice(start, start + pageSize)
}

async function readData(
  line: Line,
  access: AdaptiveLogin,
  what: AdaptiveData,
  request: ReadRequest,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const filter = filterOf(line, what, request)
  const answer = await callAdaptive(
    line,
    access,
    { isSafe: true, write: credentials => exportDataCall(credentials, filter) },
    { signal },
  )
  if (answer.output === undefined) throw badAnswer(line, "The answer to an export has no output.")
  const rows = await rowsOf(line, textOf(answer.output))
  const { version } = filter
  const named = rows.map(row => (version === undefined ? row : { ...row, Version: version }))
  const shaped = what.shape === "figures" ? named.flatMap(figuresOf) : named
  // what lies below an account or a level comes along; a condition means the thing itself
  return shaped.filter(record => isWanted(record, request))
}

/** Conditions the platform can answer itself go along with the question. */
function filterOf(line: Line, what: AdaptiveData, { object, where }: ReadRequest): ExportFilter {
  const below = (names: readonly string[]) => names.map(name => ({ name, withBelow: true }))
  let { version, from, to } = what
  let accounts = below(what.accounts ?? [])
  let levels = below(what.levels ?? [])
  const values: { dimension: string; name: string }[] = []
  for (const { field, value } of where) {
    const name = scalarText(value)
    if (name === undefined)
      throw notOffered(line.system, `${field} cannot be asked for by a record or a list.`)
    if (field === "Version") version = name
    else if (field === "Account Code") accounts = [{ name, withBelow: false }]
    else if (field === "Level Name") levels = [{ name, withBelow: false }]
    else if (field === "Period") [from, to] = [name, name]
    else if ((what.dimensions ?? []).includes(field)) values.push({ dimension: field, name })
    else
      throw notOffered(
        line.system,
        `${object} cannot be asked for by ${field}; Version, Account Code, Level Name, Period and its dimensions can.`,
      )
  }
  return { version, accounts, levels, dimensions: what.dimensions ?? [], values, from, to }
}

function isWanted(record: Row, { where }: Pick<ReadRequest, "where">): boolean {
  return where.every(({ field, value }) => {
    const found = record[field]
    return found === undefined || found === scalarText(value)
  })
}

async function rowsOf(line: Line, text: string): Promise<readonly Row[]> {
  const rows: Row[] = []
  let names: readonly string[] | undefined
  const bytes = Buffer.from(text.trim(), "utf8")
  for await (const row of splitCsv([bytes], { delimiter: ",", quote: '"', encoding: "utf-8" })) {
    if ("problem" in row) throw badAnswer(line, `Line ${row.line} of the export is no row.`)
    if (names === undefined) {
      names = row.cells
      continue
    }
    if (row.cells.length !== names.length)
      throw badAnswer(
        line,
        `Line ${row.line} of the export has ${row.cells.length} cells and not ${names.length}.`,
      )
    rows.push(recordOf(names.map((name, i) => [name, row.cells[i] ?? ""])))
  }
  return rows
}

/** An empty cell is an absent value. */
function recordOf(cells: readonly (readonly [string, string])[]): Row {
  const record = Object.create(null) as Record<string, string>
  for (const [name, cell] of cells) if (cell !== "") record[name] = cell
  return record
}

function figuresOf(row: Row): readonly Row[] {
  const cells = Object.entries(row)
  const place = cells.filter(([name]) => !isPeriod(name))
  return cells.flatMap(([name, value]) =>
    isPeriod(name) ? [recordOf([...place, ["Period", name], ["Value", value]])] : [],
  )
}

function isPeriod(name: string): boolean {
  return /^\d\d\/\d{4}$/.test(name)
}

const lists = {
  versions: { method: "exportVersions", element: "version" },
  accounts: { method: "exportAccounts", element: "account" },
  levels: { method: "exportLevels", element: "level" },
} as const

async function readList(
  line: Line,
  access: AdaptiveLogin,
  kind: keyof typeof lists,
  request: ReadRequest,
  signal: AbortSignal,
): Promise<readonly Row[]> {
  const { method, element } = lists[kind]
  const answer = await callAdaptive(
    line,
    access,
    { isSafe: true, write: credentials => listCall(credentials, method) },
    { signal },
  )
  if (answer.output === undefined) throw badAnswer(line, `The answer to ${method} has no output.`)
  return membersIn(answer.output, element, undefined).filter(record =>
    request.where.every(({ field, value }) => record[field] === scalarText(value)),
  )
}

/** Members lie inside each other: each is a record of its attributes, with the id of the one around it as `parentId`. */
function membersIn(at: XmlElement, element: string, parent: string | undefined): readonly Row[] {
  return childElements(at).flatMap(child => {
    if (child.local !== element) return membersIn(child, element, parent)
    const own = recordOf([
      ...child.attributes.map(({ local, value }) => [local, value] as const),
      ["parentId", parent ?? ""],
    ])
    return [own, ...membersIn(child, element, attributeOf(child, "id") ?? parent)]
  })
}

function badAnswer(line: Line, message: string) {
  return failure(line, true, { failure: "transient" }, "BAD_ANSWER", message)
}
