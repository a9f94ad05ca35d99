// Records as the CSV that jobs of the Bulk API take, and its values back. Flows in: records; cells with the type of their field. Flows out: flat records of texts, or nothing where a cell
// cannot say what the record says; values as the REST services give them.
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { readJson } from "../../formats/json/read-json.ts"
import { objectOf, scalarText } from "../http/json-value.ts"

/** In a cell: empty this field. An empty cell leaves it as it is. */
const nothing = "#N/A"

export type FlatRecord = Readonly<Record<string, string>>

/** Undefined: a list, a record deeper than a reference by external id, or a text that would be read as "empty this". */
export function flatRecord(record: Readonly<Record<string, unknown>>): FlatRecord | undefined {
  const flat: Record<string, string> = Object.create(null) as Record<string, string>
  for (const [name, value] of Object.entries(record)) {
    // the services leave them out as well
    if (name === "Id" || name === "id" || name === "attributes") continue
    const [column, one] = referenced(name, value)
    const cell = cellOf(one)
    if (cell === undefined) return undefined
    flat[column] = cell
  }
  return flat
}

/** `Account: { ExternalId__c: "A-1" }` is the column `Account.ExternalId__c`. */
function referenced(name: string, value: unknown): readonly [column: string, value: unknown] {
  const members = Object.entries(objectOf(value) ?? {})
  const [only] = members
  return members.length === 1 && only !== undefined ? [`${name}.${only[0]}`, only[1]] : [name, value]
}

function cellOf(value: unknown): string | undefined {
  if (value === null || value === "") return nothing
  const text = scalarText(value)
  return text === nothing ? undefined : text
}

const numbers: ReadonlySet<string> = new Set(["currency", "double", "percent", "int", "long"])

/** `type`: what the field is at the platform. */
export function valueOfCell(cell: string, type: string | undefined): unknown {
  if (cell === "") return null
  if (type === "boolean") return cell === "true"
  // the services write the zone so
  if (type === "datetime") return cell.replace(/Z$/, "+0000")
  if (type === undefined || !numbers.has(type)) return cell
  const read = readJson(cell)
  return "ok" in read && (typeof read.ok === "number" || isExactNumber(read.ok)) ? read.ok : cell
}
