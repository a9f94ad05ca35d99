// The records of a simulated account. Flows in: writes. Flows out: ids, or errors in the platform's words. It knows no HTTP. References by external id have to lead
// somewhere; lines are added to those that are there, unless the client says that they replace them.
import { listOf, memberOf, objectOf, scalarText } from "../../connectors/http/json-value.ts"
import type { SimRecordType } from "./record-types.ts"

export type AccountRecord = Record<string, unknown>

export interface Account {
  readonly types: Readonly<Record<string, SimRecordType>>
  /** By type, by internal id. */
  readonly records: Map<string, Map<string, AccountRecord>>
  /** Internal ids by type and external id. */
  readonly external: Map<string, string>
  /** Tables of SuiteQL beside those made of records. */
  readonly tables: Map<string, readonly AccountRecord[]>
  serial: number
}

export interface AccountError {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly path?: string
}

export interface AccountWrite {
  readonly type: string
  readonly values: AccountRecord
  readonly replace: readonly string[]
  readonly refusesUnknown: boolean
  readonly at: string
}

export type AccountWritten = { readonly id: string } | AccountError

export function recordsOf(account: Account, type: string): Map<string, AccountRecord> {
  const known = account.records.get(type)
  if (known !== undefined) return known
  const made = new Map<string, AccountRecord>()
  account.records.set(type, made)
  return made
}

export function byExternalId(account: Account, type: string, externalId: string): AccountRecord | undefined {
  const id = account.external.get(`${type}/${externalId}`)
  return id === undefined ? undefined : recordsOf(account, type).get(id)
}

/** The only way a record gets in. */
export function keep(account: Account, type: string, record: AccountRecord): void {
  const id = String(record["id"])
  recordsOf(account, type).set(id, record)
  if (record["externalId"] !== undefined) account.external.set(`${type}/${String(record["externalId"])}`, id)
}

export function create(account: Account, write: AccountWrite): AccountWritten {
  const type = account.types[write.type]
  if (type === undefined) return noType(write.type)
  const checked = checkedValues(account, type, write)
  if ("code" in checked) return checked
  const lacking = type.required.find(
    name => checked.values[name] === undefined || checked.values[name] === null,
  )
  if (lacking !== undefined)
    return wrong("USER_ERROR", `Error while accessing a resource. Please enter value(s) for: ${lacking}.`)
  const externalId = scalarText(write.values["externalId"])
  if (externalId !== undefined && byExternalId(account, write.type, externalId) !== undefined)
    return wrong("USER_ERROR", "Error while accessing a resource. This record already exists.")
  const id = String(++account.serial)
  const record: AccountRecord = {
    id,
    ...(externalId === undefined ? {} : { externalId }),
    ...checked.values,
    ...checked.lists,
    ...(type.numbers === undefined ? {} : { tranId: `${type.numbers}${1_000 + account.serial}` }),
    createdDate: write.at,
    lastModifiedDate: write.at,
  }
  for (const name of Object.keys(checked.lists)) numberLines(record, name)
  keep(account, write.type, record)
  return { id }
}

export function update(account: Account, write: AccountWrite, record: AccountRecord): AccountWritten {
  const type = account.types[write.type]
  if (type === undefined) return noType(write.type)
  const checked = checkedValues(account, type, write)
  if ("code" in checked) return checked
  Object.assign(record, checked.values, { lastModifiedDate: write.at })
  for (const [name, list] of Object.entries(checked.lists)) {
    record[name] = write.replace.includes(name) ? list : { items: merged(record[name], list.items) }
    numberLines(record, name)
  }
  return { id: String(record["id"]) }
}

interface Checked {
  readonly values: AccountRecord
  readonly lists: Readonly<Record<string, { readonly items: readonly unknown[] }>>
}

function checkedValues(account: Account, type: SimRecordType, write: AccountWrite): Checked | AccountError {
  const values: AccountRecord = {}
  const lists: Record<string, { readonly items: readonly unknown[] }> = {}
  for (const [name, value] of Object.entries(write.values)) {
    if (name === "externalId" || name === "id" || name === "links") continue
    const lineNames = Object.hasOwn(type.lists, name) ? type.lists[name] : undefined
    if (lineNames !== undefined) {
      const items = listOf(memberOf(value, "items")) ?? []
      const problem = items
        .map((item, i) => lineProblem(account, lineNames, item, `${name}.items[${i}]`, write))
        .find(one => one !== undefined)
      if (problem !== undefined) return problem
      lists[name] = { items }
    } else if (type.fields.includes(name) || name.startsWith("cust")) {
      const problem = referenceProblem(account, value, name)
      if (problem !== undefined) return problem
      values[name] = value
    } else if (write.refusesUnknown) return unknownName(write.type, name, name)
  }
  return { values, lists }
}

function lineProblem(
  account: Account,
  names: readonly string[],
  item: unknown,
  path: string,
  write: AccountWrite,
): AccountError | undefined {
  for (const [name, value] of Object.entries(objectOf(item) ?? {})) {
    if (!names.includes(name) && !name.startsWith("cust") && write.refusesUnknown)
      return unknownName(write.type, name, `${path}.${name}`)
    const problem = referenceProblem(account, value, `${path}.${name}`)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** `{ "externalId": "X" }` has to be somebody's. Ids and names of things the account has no records of are taken as they are. */
function referenceProblem(account: Account, value: unknown, path: string): AccountError | undefined {
  const externalId = memberOf(value, "externalId")
  if (externalId === undefined) return undefined
  const found = [...account.records.keys()].some(
    type => byExternalId(account, type, String(externalId)) !== undefined,
  )
  if (found) return undefined
  const detail = `Error while accessing a resource. Invalid externalId reference key ${String(externalId)}.`
  return { status: 400, code: "INVALID_KEY_OR_REF", detail, path }
}

/** Lines of the same number are changed, others are added. */
function merged(before: unknown, items: readonly unknown[]): readonly unknown[] {
  const all = [...(listOf(memberOf(before, "items")) ?? [])]
  for (const item of items) {
    const line = memberOf(item, "line")
    const at = line === undefined ? -1 : all.findIndex(one => memberOf(one, "line") === line)
    if (at < 0) all.push(item)
    else all[at] = { ...objectOf(all[at]), ...objectOf(item) }
  }
  return all
}

function numberLines(record: AccountRecord, name: string): void {
  const items = listOf(memberOf(record[name], "items")) ?? []
  record[name] = { items: items.map((item, i) => ({ ...objectOf(item), line: i + 1 })) }
}

function unknownName(type: string, name: string, path: string): AccountError {
  return {
    status: 400,
    code: "INVALID_CONTENT",
    detail: `Error while accessing a resource. Unknown reference or field name '${name}' of ${type}.`,
    path,
  }
}

function noType(type: string): AccountError {
  return { status: 404, code: "NONEXISTENT_RECORD_TYPE", detail: `Record type '${type}' does not exist.` }
}

function wrong(code: string, detail: string): AccountError {
  return { status: 400, code, detail }
}
