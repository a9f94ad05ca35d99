// The records of a simulated org. Flows in: writes. Flows out: records, or errors in the platform's own words. It knows no HTTP. Everything that is written in
// one call has one SystemModstamp, as at the platform.
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { type SimField, type SimObject, systemFields } from "./objects.ts"
import { recordId } from "./record-id.ts"

export interface OrgError {
  readonly errorCode: string
  readonly message: string
  readonly fields: readonly string[]
}

export type OrgRecord = Record<string, unknown>

export interface Org {
  readonly objects: Readonly<Record<string, SimObject>>
  /** By object, by id. */
  readonly records: Map<string, Map<string, OrgRecord>>
  /** `Object/id` or `Object/external id` → how many writes meet a lock. */
  readonly locks: Map<string, number>
  serial: number
}

export type Written =
  | { readonly id: string; readonly created: boolean }
  | { readonly errors: readonly OrgError[] }
  | { readonly several: readonly string[] }

export interface Write {
  readonly object: string
  readonly values: OrgRecord
  readonly at: string
  readonly by: string
}

export function fieldOf(object: SimObject, name: string): SimField | undefined {
  if (Object.hasOwn(object.fields, name)) return object.fields[name]
  return Object.hasOwn(systemFields, name) ? systemFields[name] : undefined
}

export function tableOf(org: Org, object: string): Map<string, OrgRecord> {
  const known = org.records.get(object)
  if (known !== undefined) return known
  const table = new Map<string, OrgRecord>()
  org.records.set(object, table)
  return table
}

export function matching(org: Org, object: string, field: string, value: string): readonly OrgRecord[] {
  return [...tableOf(org, object).values()].filter(
    // texts are compared without regard to capitals
    record =>
      record["IsDeleted"] !== true && String(record[field] ?? "").toLowerCase() === value.toLowerCase(),
  )
}

export function upsert(org: Org, write: Write, field: string, value: string): Written {
  const object = org.objects[write.object]
  if (object === undefined) return wrong("NOT_FOUND", "The requested resource does not exist")
  if (field !== "Id" && fieldOf(object, field)?.externalId !== true)
    return wrong("NOT_FOUND", `Provided external ID field does not exist or is not accessible: ${field}`)
  if (meetsLock(org, `${write.object}/${value}`))
    return wrong("UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record")
  const found = matching(org, write.object, field, value)
  if (found.length > 1) return { several: found.map(record => String(record["Id"])) }
  const [one] = found
  if (one !== undefined) return update(org, write, one)
  if (field === "Id") return wrong("NOT_FOUND", "The requested resource does not exist")
  return insert(org, { ...write, values: { ...write.values, [field]: value } })
}

export function insert(org: Org, write: Write): Written {
  const object = org.objects[write.object]
  if (object === undefined) return wrong("NOT_FOUND", "The requested resource does not exist")
  const checked = checkedValues(org, object, write)
  const lacking = Object.entries(object.fields).flatMap(([name, field]) =>
    field.required === true && isEmpty(checked.values[name]) ? [name] : [],
  )
  const errors = [...checked.errors]
  if (lacking.length > 0)
    errors.push({
      errorCode: "REQUIRED_FIELD_MISSING",
      message: `Required fields are missing: [${lacking.join(", ")}]`,
      fields: lacking,
    })
  for (const [name, field] of Object.entries(object.fields)) {
    const value = checked.values[name]
    const [other] =
      field.externalId === true && !isEmpty(value) ? matching(org, write.object, name, String(value)) : []
    if (other !== undefined)
      errors.push({
        errorCode: "DUPLICATE_VALUE",
        message: `duplicate value found: ${name} duplicates value on record with id: ${String(other["Id"])}`,
        fields: [],
      })
  }
  if (errors.length > 0) return { errors }
  const id = recordId(object.prefix, ++org.serial)
  tableOf(org, write.object).set(id, {
    Id: id,
    IsDeleted: false,
    ...checked.values,
    CreatedDate: write.at,
    LastModifiedById: write.by,
    SystemModstamp: write.at,
  })
  return { id, created: true }
}

export function update(org: Org, write: Write, record: OrgRecord): Written {
  const object = org.objects[write.object]
  if (object === undefined) return wrong("NOT_FOUND", "The requested resource does not exist")
  const { values, errors } = checkedValues(org, object, write)
  if (errors.length > 0) return { errors }
  Object.assign(record, values, { LastModifiedById: write.by, SystemModstamp: write.at })
  return { id: String(record["Id"]), created: false }
}

export function remove(record: OrgRecord, at: string, by: string): void {
  Object.assign(record, { IsDeleted: true, LastModifiedById: by, SystemModstamp: at })
}

/** References by external id become ids; what the object has not, or does not take, is an error. */
function checkedValues(
  org: Org,
  object: SimObject,
  write: Write,
): { readonly values: OrgRecord; readonly errors: readonly OrgError[] } {
  const values: OrgRecord = {}
  const errors: OrgError[] = []
  for (const [name, value] of Object.entries(write.values)) {
    if (name === "attributes") continue
    const relation = Object.entries(object.fields).find(([, field]) => field.relationship?.name === name)
    if (relation !== undefined && typeof value === "object" && value !== null) {
      const found = referenced(org, relation[1].relationship?.to ?? "", value as OrgRecord)
      if ("errorCode" in found) errors.push(found)
      else values[relation[0]] = found.id
      continue
    }
    const problem = valueProblem(write.object, name, fieldOf(object, name), value)
    if (problem === undefined) values[name] = value
    else errors.push(problem)
  }
  return { values, errors }
}

function referenced(org: Org, to: string, by: OrgRecord): { readonly id: string } | OrgError {
  const [field, value] = Object.entries(by).find(([name]) => name !== "attributes") ?? []
  const [one] = field === undefined ? [] : matching(org, to, field, String(value))
  return one !== undefined
    ? { id: String(one["Id"]) }
    : {
        errorCode: "INVALID_FIELD",
        message: `Foreign key external ID: ${String(value)} not found for field ${field ?? ""} in entity ${to}`,
        fields: [],
      }
}

function valueProblem(
  object: string,
  name: string,
  field: SimField | undefined,
  value: unknown,
): OrgError | undefined {
  const error = (errorCode: string, message: string): OrgError => ({ errorCode, message, fields: [name] })
  if (field === undefined)
    return error("INVALID_FIELD", `No such column '${name}' on sobject of type ${object}`)
  if (field.readOnly === true)
    return error("INVALID_FIELD_FOR_INSERT_UPDATE", `Unable to create/update fields: ${name}`)
  if (value === null) return undefined
  const isNumber = ["currency", "double", "percent", "int"].includes(field.type)
  if (isNumber && typeof value !== "number" && !isExactNumber(value))
    return error(
      "JSON_PARSER_ERROR",
      `Cannot deserialize instance of ${field.type} from ${JSON.stringify(value)}`,
    )
  if (!isNumber && field.type !== "boolean" && typeof value !== "string")
    return error("JSON_PARSER_ERROR", `Cannot deserialize instance of ${field.type}`)
  if (typeof value !== "string") return undefined
  if (field.length !== undefined && value.length > field.length)
    return error(
      "STRING_TOO_LONG",
      `${name}: data value too large: ${value.slice(0, 30)} (max length=${field.length})`,
    )
  if (field.values !== undefined && !field.values.includes(value))
    return error(
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      `${name}: bad value for restricted picklist field: ${value}`,
    )
  if (field.type === "date" && !/^\d{4}-\d\d-\d\d$/.test(value))
    return error("JSON_PARSER_ERROR", `Cannot deserialize instance of date from ${JSON.stringify(value)}`)
  return undefined
}

function meetsLock(org: Org, place: string): boolean {
  const left = org.locks.get(place) ?? 0
  if (left > 0) org.locks.set(place, left - 1)
  return left > 0
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ""
}

function wrong(errorCode: string, message: string): Written {
  return { errors: [{ errorCode, message, fields: [] }] }
}
