// Record types of a NetSuite account for its simulator, where flows use more than it has by itself. Flows in: objects as flows use them. Flows out: the state it is to begin with; undefined: it has all of it.
import { listOf, memberOf, membersOf, standardState } from "./standard-state.ts"
import type { Json, JsonObject, UsedField, UsedObject } from "./template.ts"

export function simulatedAccount(objects: readonly UsedObject[]): JsonObject | undefined {
  const known = memberOf(standardState("netsuite"), "types")
  const described = objects.flatMap((object): [string, JsonObject][] => {
    const standard = memberOf(known, object.name)
    const names = listOf(memberOf(standard, "fields"))
    const lists = membersOf(memberOf(standard, "lists"))
    const own = object.fields.filter(isOwn)
    const fields = own.flatMap(({ name, rows }) => (rows.length > 0 || names.includes(name) ? [] : [name]))
    const longer = own.flatMap((field): [string, Json][] => {
      const lines = listOf(memberOf(lists, field.name))
      const added = field.rows.filter(name => !lines.includes(name))
      return added.length === 0 ? [] : [[field.name, [...lines, ...added]]]
    })
    if (standard !== undefined && fields.length === 0 && longer.length === 0) return []
    const type = {
      required: [],
      ...membersOf(standard),
      fields: [...names, ...fields],
      lists: { ...lists, ...Object.fromEntries(longer) },
    }
    return [[object.name, type]]
  })
  return described.length === 0 ? undefined : { types: Object.fromEntries(described) }
}

/** Every record has these, and custom fields are taken by any. */
function isOwn({ name }: UsedField): boolean {
  return name !== "id" && name !== "externalId" && name !== "links" && !name.startsWith("cust")
}
