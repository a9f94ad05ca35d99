// The state of a simulated org as JSON and back. Flows in: what `dump` gave, or what somebody wrote by hand: objects with records, each a list. Flows out: an org.
import { memberOf, objectOf } from "../../connectors/http/json-value.ts"
import { type SimObject, systemFields } from "./objects.ts"
import { type Org, type OrgRecord, tableOf } from "./org.ts"
import { recordId } from "./record-id.ts"

const beginning = "2020-01-01T00:00:00.000+0000"

export function dumpOrg(org: Org): unknown {
  return {
    objects: org.objects,
    records: Object.fromEntries([...org.records].map(([object, table]) => [object, [...table.values()]])),
    locks: Object.fromEntries(org.locks),
    serial: org.serial,
  }
}

/** Throws a RangeError. Records without an Id are given one; objects that are not described keep those known. */
export function loadOrg(state: unknown, known: Org["objects"]): Org {
  const described = objectOf(memberOf(state, "objects"))
  const org: Org = {
    objects: { ...known, ...(described as Readonly<Record<string, SimObject>> | undefined) },
    records: new Map(),
    locks: new Map(
      Object.entries(objectOf(memberOf(state, "locks")) ?? {}).map(([place, left]) => [place, Number(left)]),
    ),
    serial: Number(memberOf(state, "serial") ?? 0),
  }
  for (const [object, list] of Object.entries(objectOf(memberOf(state, "records")) ?? {})) {
    const shape = Object.hasOwn(org.objects, object) ? org.objects[object] : undefined
    if (shape === undefined) throw new RangeError(`There is no object ${object}; describe it under "objects"`)
    if (!Array.isArray(list)) throw new RangeError(`"records" of ${object} is no list`)
    for (const values of list as readonly OrgRecord[]) {
      const unknown = Object.keys(values).find(
        name => !Object.hasOwn({ ...systemFields, ...shape.fields }, name),
      )
      if (unknown !== undefined) throw new RangeError(`${object} has no field ${unknown}`)
      const id = typeof values["Id"] === "string" ? values["Id"] : recordId(shape.prefix, ++org.serial)
      const defaults = {
        IsDeleted: false,
        CreatedDate: beginning,
        LastModifiedById: null,
        SystemModstamp: beginning,
      }
      tableOf(org, object).set(id, { ...defaults, ...values, Id: id })
    }
  }
  return org
}
