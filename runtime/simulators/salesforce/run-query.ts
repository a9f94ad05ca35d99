// A query over the records of a simulated org. Flows in: a parsed query. Flows out: records in order, or the platform's error. Fields of related records are named by their path.
import { fieldsOf, fits, inOrder } from "../kernel/run-conditions.ts"
import type { SimObject } from "./objects.ts"
import { fieldOf, type Org, type OrgError, type OrgRecord, tableOf } from "./org.ts"
import type { Soql } from "./soql.ts"

export function runQuery(org: Org, query: Soql, withDeleted: boolean): readonly OrgRecord[] | OrgError {
  const object = org.objects[query.object]
  if (object === undefined)
    return {
      errorCode: "INVALID_TYPE",
      message: `sObject type '${query.object}' is not supported.`,
      fields: [],
    }
  const compared = [...fieldsOf(query.where), ...query.order.map(({ field }) => field)]
  const unknown = [...query.fields, ...compared].find(name => !hasPath(org, object, name))
  if (unknown !== undefined)
    return {
      errorCode: "INVALID_FIELD",
      message: `No such column '${unknown}' on entity '${query.object}'.`,
      fields: [],
    }
  const paths = compared.filter(name => name.includes("."))
  const found = [...tableOf(org, query.object).values()].flatMap(record => {
    const seen =
      paths.length === 0
        ? record
        : { ...record, ...Object.fromEntries(paths.map(path => [path, valueAt(org, object, record, path)])) }
    const isWanted =
      (withDeleted || record["IsDeleted"] !== true) && (query.where === undefined || fits(seen, query.where))
    return isWanted ? [seen] : []
  })
  return inOrder(found, query.order)
    .slice(0, query.limit)
    .map(record => picked(org, object, record, query.object, query.fields))
}

/** Where a relationship leads: the field that holds the id, and the object. */
function relationOf(
  org: Org,
  object: SimObject,
  name: string,
): { readonly field: string; readonly type: string; readonly to: SimObject } | undefined {
  const [field, described] =
    Object.entries(object.fields).find(([, one]) => one.relationship?.name === name) ?? []
  const type = described?.relationship?.to ?? ""
  const to = org.objects[type]
  return field === undefined || to === undefined ? undefined : { field, type, to }
}

function hasPath(org: Org, object: SimObject, path: string): boolean {
  const [first = "", ...rest] = path.split(".")
  if (rest.length === 0) return fieldOf(object, first) !== undefined
  const relation = relationOf(org, object, first)
  return relation !== undefined && hasPath(org, relation.to, rest.join("."))
}

function valueAt(org: Org, object: SimObject, record: OrgRecord, path: string): unknown {
  const [first = "", ...rest] = path.split(".")
  if (rest.length === 0) return record[first] ?? null
  const relation = relationOf(org, object, first)
  const related =
    relation === undefined ? undefined : tableOf(org, relation.type).get(String(record[relation.field]))
  return relation === undefined || related === undefined
    ? null
    : valueAt(org, relation.to, related, rest.join("."))
}

function picked(
  org: Org,
  object: SimObject,
  record: OrgRecord,
  type: string,
  fields: readonly string[],
): OrgRecord {
  const values: OrgRecord = {
    attributes: { type, url: `/services/data/sobjects/${type}/${String(record["Id"])}` },
  }
  for (const name of fields) {
    const [first = "", ...rest] = name.split(".")
    if (rest.length === 0) values[name] = record[name] ?? null
    else if (!Object.hasOwn(values, first)) values[first] = relatedRecord(org, object, record, first, fields)
  }
  return values
}

/** A related record with all that was asked of it; null where there is none. */
function relatedRecord(
  org: Org,
  object: SimObject,
  record: OrgRecord,
  name: string,
  fields: readonly string[],
): OrgRecord | null {
  const relation = relationOf(org, object, name)
  const related =
    relation === undefined ? undefined : tableOf(org, relation.type).get(String(record[relation.field]))
  if (relation === undefined || related === undefined) return null
  const asked = fields.flatMap(path => (path.startsWith(`${name}.`) ? [path.slice(name.length + 1)] : []))
  return picked(org, relation.to, related, relation.type, asked)
}
