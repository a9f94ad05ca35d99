// A query over the records of a simulated org. Flows in: a parsed query. Flows out: records in order, or the platform's error.
import { fieldsOf, fits, inOrder } from "../kernel/run-conditions.ts"
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
  const used = [...query.fields, ...fieldsOf(query.where), ...query.order.map(({ field }) => field)]
  const unknown = used.find(name => fieldOf(object, name) === undefined)
  if (unknown !== undefined)
    return {
      errorCode: "INVALID_FIELD",
      message: `No such column '${unknown}' on entity '${query.object}'.`,
      fields: [],
    }
  const found = [...tableOf(org, query.object).values()].filter(
    record =>
      (withDeleted || record["IsDeleted"] !== true) &&
      (query.where === undefined || fits(record, query.where)),
  )
  return inOrder(found, query.order)
    .slice(0, query.limit)
    .map(record => picked(record, query))
}

function picked(record: OrgRecord, { fields, object }: Soql): OrgRecord {
  const id = String(record["Id"])
  const values = fields.map(field => [field, record[field] ?? null] as const)
  return {
    attributes: { type: object, url: `/services/data/sobjects/${object}/${id}` },
    ...Object.fromEntries(values),
  }
}
