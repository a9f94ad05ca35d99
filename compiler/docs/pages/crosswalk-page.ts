// The page of a crosswalk: the rows that decide, with their days, and which content they are. Flows in: a crosswalk of the Plan, the table of
// its file. Flows out: readonly page data. Personal and confidential members are masked: a site goes further than the file.
import { writeJson } from "@fmap/runtime"
import type { PlanCrosswalk, PlanJson } from "../../plan/index.ts"
import { placeText } from "../sheet/source-lines.ts"
import { namingOf } from "../words/naming.ts"
import { sayExpression } from "../words/say-expression.ts"
import { typeText } from "../words/say-type.ts"
import { code, say, type Words } from "../words/words.ts"
import type { Link, SiteContext } from "./input.ts"

export interface CrosswalkPage {
  readonly path: string
  readonly title: string
  readonly version: string
  readonly owner: string
  readonly docs: string
  readonly place: string
  /** What it asks and answers. */
  readonly signature: string
  /** How it answers, each a sentence. */
  readonly facts: readonly Words[]
  /** The file its rows stand in; empty: they stand in the source. */
  readonly file: string
  /** SHA-256 of the rows. */
  readonly snapshot: string
  readonly columns: readonly { readonly name: string; readonly role: "key" | "value" | "day" }[]
  readonly rows: readonly (readonly string[])[]
  readonly usedBy: readonly Link[]
}

const anyKey = "any"
const hidden = "•••"

export function crosswalkPage(crosswalk: PlanCrosswalk, context: SiteContext): CrosswalkPage {
  const { plan, snapshots, crosswalkPath, mapPath } = context
  const { id, external } = crosswalk
  const columns = columnsOf(crosswalk, context)
  return {
    path: crosswalkPath(id),
    title: crosswalk.name,
    version: crosswalk.version,
    owner: crosswalk.owner ?? "",
    docs: crosswalk.docs,
    place: placeText(crosswalk.at, plan),
    signature: `${crosswalk.name}(${crosswalk.parameters
      .map(({ name, type }) => `${name}: ${typeText(type)}`)
      .join(", ")}) -> ${typeText(crosswalk.result)}`,
    facts: factsOf(crosswalk),
    file: external?.path ?? "",
    snapshot: snapshots.get(id) ?? "",
    columns: columns.map(({ name, role }) => ({ name, role })),
    rows: external === null ? inlineRows(crosswalk, columns) : fileRows(crosswalk, columns, context),
    usedBy: plan.maps
      .filter(map => map.crosswalks.includes(id))
      .map(({ name }) => ({ text: name, href: `${mapPath(name)}.html` })),
  }
}

interface Column {
  readonly name: string
  readonly role: "key" | "value" | "day"
  /** In the Plan's rows, or the header in the file. */
  readonly from: string
  readonly isHidden: boolean
}

function columnsOf(crosswalk: PlanCrosswalk, { shape }: SiteContext): readonly Column[] {
  const { parameters, result, external, dated } = crosswalk
  const header = (name: string) => external?.columns.find(column => column.name === name)?.column ?? name
  const column = (name: string, role: Column["role"], from: string, isHidden = false): Column => ({
    name,
    role,
    from,
    isHidden,
  })
  const values =
    result.kind === "record"
      ? shape(result.shape).fields.map(field =>
          column(
            field.name,
            "value",
            external === null ? field.wireName : header(field.name),
            field.pii || field.confidential,
          ),
        )
      : [column("value", "value", header("value"))]
  const days = external === null ? { from: "from", until: "until" } : external.days
  return [
    ...parameters.map(({ name }) => column(name, "key", header(name))),
    ...values,
    ...(!dated || days === null
      ? []
      : [
          ...(days.from === null ? [] : [column("from", "day", days.from)]),
          ...(days.until === null ? [] : [column("until", "day", days.until)]),
        ]),
  ]
}

function inlineRows(
  { rows, result }: PlanCrosswalk,
  columns: readonly Column[],
): readonly (readonly string[])[] {
  return (rows ?? []).map(row => {
    const key = row.keys.map(one => one ?? anyKey)
    return columns.map(({ role, from, isHidden }, i) => {
      if (isHidden) return hidden
      if (role === "key") return key[i] ?? ""
      if (role === "day") return dayText(from === "from" ? row.from : row.until)
      return result.kind === "record" ? memberText(row.value, from) : jsonText(row.value)
    })
  })
}

function fileRows(
  { id, external }: PlanCrosswalk,
  columns: readonly Column[],
  { tables }: SiteContext,
): readonly (readonly string[])[] {
  const table = tables.get(id)
  if (table === undefined || external === null) return []
  const cell = (row: readonly string[], header: string) => row[table.columns.indexOf(header)] ?? ""
  return table.rows
    .filter(row =>
      external.where.every(
        ({ column, operator, value }) => (cell(row, column) === String(value)) === (operator === "=="),
      ),
    )
    .map(row =>
      columns.map(({ role, from, isHidden }) => {
        if (isHidden) return hidden
        const text = cell(row, from)
        return role === "key" && text === external.wildcard ? anyKey : text
      }),
    )
}

function factsOf(crosswalk: PlanCrosswalk): readonly Words[] {
  const { dated, bothWays, keyForm, unmapped, external } = crosswalk
  const where = (external?.where ?? []).map(
    ({ column, operator, value }) => `${column} ${operator === "==" ? "is" : "is not"} ${String(value)}`,
  )
  return [
    unmapped === null
      ? say`Without a row there is no answer: each map says what happens then.`
      : say`Without a row: ${sayExpression(
          unmapped,
          namingOf(
            crosswalk.parameters.map(({ name }) => ({ name, type: unmapped.type, maybe: false })),
            unmapped,
          ),
        )}.`,
    ...(dated ? [say`Rows hold for some days; a map says as of which day it asks.`] : []),
    ...(external?.days?.next === true ? [say`A row holds until the next one of its keys begins.`] : []),
    ...(bothWays ? [say`It answers both ways: each value has one key.`] : []),
    ...(keyForm === "exact"
      ? []
      : [
          say`Keys are compared ${keyForm === "folded" ? "without regard to case and outer blanks" : "without outer blanks"}.`,
        ]),
    ...(where.length === 0 ? [] : [say`Only rows of the file where ${code(where.join(" and "))}.`]),
  ]
}

/** The first and the last day there is say nothing. */
function dayText(day: string): string {
  return day.startsWith("0001-") || day.startsWith("9999-") ? "" : day
}

function memberText(value: PlanJson, name: string): string {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value)
  const found = isRecord ? Object.entries(value).find(([key]) => key === name) : undefined
  return found === undefined ? "" : jsonText(found[1])
}

function jsonText(value: PlanJson): string {
  return typeof value === "object" && value !== null ? writeJson(value) : String(value)
}
