// The state of a simulated org as JSON and back. Flows in: what `dump` gave, or what somebody wrote by hand: objects with records, each a list. Flows out: an org.
import { memberOf, objectOf } from "../../connectors/http/json-value.ts"
import { isExactNumber } from "../../formats/json/exact-number.ts"
import { checkKeys, checkState, placeOf } from "../kernel/check-state.ts"
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
  checkState(state, { objects: "object", records: "records", locks: "object", serial: "count" })
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
    if (shape === undefined)
      throw new RangeError(
        `${placeOf(["records", object])}: There is no object ${object}; describe it under "objects"`,
      )
    const all = list as readonly OrgRecord[]
    checkKeys(all, ["Id"], ["records", object], true)
    for (const [index, values] of all.entries()) {
      const at = ["records", object, String(index)]
      const unknown = Object.keys(values).find(
        name => !Object.hasOwn({ ...systemFields, ...shape.fields }, name),
      )
      if (unknown !== undefined)
        throw new RangeError(`${placeOf([...at, unknown])}: ${object} has no field ${unknown}`)
      checkFields(values, shape, at)
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

const figures = new Set(["currency", "percent", "double", "int"])

/** What the platform would never answer: a figure as text, a text as a record. */
function checkFields(values: OrgRecord, { fields }: SimObject, at: readonly string[]): void {
  for (const [name, value] of Object.entries(values)) {
    const type = fields[name]?.type
    if (type === undefined || value === null || value === undefined) continue
    const isFigure = typeof value === "number" || isExactNumber(value)
    const fits = figures.has(type) ? isFigure : typeof value === (type === "boolean" ? "boolean" : "string")
    if (!fits)
      throw new RangeError(
        `${placeOf([...at, name])} is of the type ${type}, and no ${figures.has(type) ? "number" : type === "boolean" ? "true or false" : "text"}`,
      )
  }
}
