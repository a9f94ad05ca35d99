// A query over the records of a simulated org. Flows in: a parsed query. Flows out: records in order, or the platform's error.
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { fieldOf, type Org, type OrgError, type OrgRecord, tableOf } from "./org.ts"
import type { Condition, Literal, Soql } from "./soql.ts"

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
  const sorted = found.toSorted((a, b) => {
    for (const { field, descending } of query.order) {
      const order = compare(a[field], b[field])
      if (order !== 0) return descending ? -order : order
    }
    return 0
  })
  return sorted.slice(0, query.limit).map(record => picked(record, query))
}

function picked(record: OrgRecord, { fields, object }: Soql): OrgRecord {
  const id = String(record["Id"])
  const values = fields.map(field => [field, record[field] ?? null] as const)
  return {
    attributes: { type: object, url: `/services/data/sobjects/${object}/${id}` },
    ...Object.fromEntries(values),
  }
}

function fieldsOf(condition: Condition | undefined): readonly string[] {
  if (condition === undefined) return []
  return condition.kind === "compare" ? [condition.field] : condition.of.flatMap(fieldsOf)
}

function fits(record: OrgRecord, condition: Condition): boolean {
  switch (condition.kind) {
    case "all":
      return condition.of.every(part => fits(record, part))
    case "any":
      return condition.of.some(part => fits(record, part))
    case "compare": {
      const order = compareLiteral(record[condition.field] ?? null, condition.value)
      if (order === undefined) return condition.op === "!="
      return {
        "=": order === 0,
        "!=": order !== 0,
        "<": order < 0,
        "<=": order <= 0,
        ">": order > 0,
        ">=": order >= 0,
      }[condition.op]
    }
  }
}

/** Undefined: they cannot be compared. */
function compareLiteral(value: unknown, literal: Literal): number | undefined {
  if (literal.kind === "null") return value === null ? 0 : undefined
  if (value === null) return undefined
  if (literal.kind === "truth") return value === literal.value ? 0 : undefined
  if (literal.kind === "number") return compare(value, Number(literal.text))
  if (literal.kind === "bare") return Date.parse(String(value)) - Date.parse(literal.text)
  return compare(String(value), literal.text)
}

function compare(a: unknown, b: unknown): number {
  const [one, other] = [plain(a), plain(b)]
  if (typeof one === "number" && typeof other === "number") return one - other
  const [left, right] = [String(one ?? ""), String(other ?? "")]
  return left < right ? -1 : left > right ? 1 : 0
}

function plain(value: unknown): unknown {
  return isExactNumber(value) ? Number(value.text) : value
}
