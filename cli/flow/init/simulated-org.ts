// Objects of a Salesforce org for its simulator, where flows use more than it has by itself. Flows in: objects as flows use them. Flows out: the state it is to begin with; undefined: it has all of it.
import { memberOf, membersOf, standardState } from "./standard-state.ts"
import type { JsonObject, UsedField, UsedObject } from "./template.ts"

export function simulatedOrg(objects: readonly UsedObject[]): JsonObject | undefined {
  const known = memberOf(standardState("salesforce"), "objects")
  const described = objects.flatMap((object, place): [string, JsonObject][] => {
    const standard = memberOf(known, object.name)
    const fields = membersOf(memberOf(standard, "fields"))
    const added = object.fields.flatMap((field): [string, JsonObject][] => {
      const type = Object.hasOwn(fields, field.name) ? undefined : fieldOf(field, object.keys)
      return type === undefined ? [] : [[field.name, type]]
    })
    if (standard !== undefined && added.length === 0) return []
    const prefix = memberOf(standard, "prefix") ?? `a${String(place).padStart(2, "0")}`
    return [[object.name, { prefix, fields: { ...fields, ...Object.fromEntries(added) } }]]
  })
  return described.length === 0 ? undefined : { objects: Object.fromEntries(described) }
}

/** What every object has, and nobody describes. */
const system: ReadonlySet<string> = new Set([
  "Id",
  "IsDeleted",
  "CreatedDate",
  "LastModifiedById",
  "SystemModstamp",
])

const types: Readonly<Partial<Record<UsedField["kind"], string>>> = {
  text: "string",
  period: "string",
  bool: "boolean",
  int: "int",
  decimal: "double",
  quantity: "double",
  money: "currency",
  percent: "percent",
  currency: "picklist",
  country: "picklist",
  language: "picklist",
  enum: "picklist",
  date: "date",
  datetime: "datetime",
  instant: "datetime",
}

/** Undefined: paths lead to fields of other objects, and lists and records are none. */
function fieldOf({ name, kind }: UsedField, keys: readonly string[]): JsonObject | undefined {
  const type = types[kind]
  if (type === undefined || system.has(name) || name.includes(".")) return undefined
  return {
    type,
    ...(type === "string" || type === "picklist" ? { length: 255 } : {}),
    ...(keys.includes(name) ? { externalId: true } : {}),
  }
}
