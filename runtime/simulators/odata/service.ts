// The entities of a simulated OData service. Flows in: reads and writes. Flows out: records with a number that grows with each change, or errors. It knows neither version nor HTTP.
import { listOf, memberOf } from "../../connectors/http/json-value.ts"

export type Entity = Record<string, unknown>

export interface EntitySet {
  readonly keys: readonly string[]
  /** The service gives this property of the key: numbers from here on. */
  readonly numbered?: { readonly property: string; readonly from: number }
  readonly required?: readonly string[]
  /** Properties a client may send; absent: any. */
  readonly properties?: readonly string[]
  /** Lists that are created with a record: what their numbers are called and how far apart they are. */
  readonly nested?: Readonly<Record<string, { readonly line: string; readonly step: number }>>
  /** Name of the property of the last change. */
  readonly modified?: string
}

export interface Stored {
  readonly entity: Entity
  seq: number
}

export interface Service {
  readonly sets: Readonly<Record<string, EntitySet>>
  readonly stored: Map<string, Stored[]>
  readonly deleted: { readonly set: string; readonly id: string; readonly seq: number }[]
  /** Values of keys that somebody has open: how many writes they refuse. */
  readonly locks: Map<string, number>
  seq: number
}

export interface ServiceError {
  readonly status: number
  readonly code: string
  readonly message: string
}

export function storedIn(service: Service, set: string): Stored[] {
  const known = service.stored.get(set)
  if (known !== undefined) return known
  const made: Stored[] = []
  service.stored.set(set, made)
  return made
}

export function byKey(
  service: Service,
  set: string,
  key: Readonly<Record<string, string>>,
): Stored | undefined {
  return storedIn(service, set).find(({ entity }) =>
    Object.entries(key).every(([name, value]) => String(entity[name] ?? "") === value),
  )
}

export function create(service: Service, name: string, values: Entity, stamp: string): Stored | ServiceError {
  const set = service.sets[name]
  if (set === undefined) return notFound()
  const problem = unknownProperty(set, values) ?? missing(set, values)
  if (problem !== undefined) return problem
  const entity: Entity = { ...values }
  const { numbered } = set
  if (numbered !== undefined && isEmpty(entity[numbered.property]))
    entity[numbered.property] = String(
      numbered.from + storedIn(service, name).length + service.deleted.length,
    )
  const key = Object.fromEntries(set.keys.map(property => [property, String(entity[property] ?? "")]))
  if (byKey(service, name, key) !== undefined)
    return {
      status: 400,
      code: "DUPLICATE",
      message: `A record with the key ${Object.values(key).join(", ")} already exists.`,
    }
  for (const [list, { line, step }] of Object.entries(set.nested ?? {})) {
    const items = listOf(memberOf(entity, list, "results")) ?? listOf(entity[list])
    if (items === undefined) continue
    entity[list] = {
      results: items.map((item, i) => ({ ...(item as Entity), [line]: String((i + 1) * step) })),
    }
  }
  if (set.modified !== undefined) entity[set.modified] = stamp
  const stored = { entity, seq: ++service.seq }
  storedIn(service, name).push(stored)
  return stored
}

export function change(
  service: Service,
  name: string,
  stored: Stored,
  values: Entity,
  stamp: string,
): Stored | ServiceError {
  const set = service.sets[name]
  if (set === undefined) return notFound()
  const problem = unknownProperty(set, values) ?? lock(service, set, stored)
  if (problem !== undefined) return problem
  Object.assign(stored.entity, values, set.modified === undefined ? {} : { [set.modified]: stamp })
  stored.seq = ++service.seq
  return stored
}

export function remove(service: Service, name: string, stored: Stored): void {
  const all = storedIn(service, name)
  all.splice(all.indexOf(stored), 1)
  const id = (service.sets[name]?.keys ?? []).map(key => String(stored.entity[key])).join(",")
  service.deleted.push({ set: name, id, seq: ++service.seq })
}

export function notFound(): ServiceError {
  return { status: 404, code: "NOT_FOUND", message: "The resource was not found." }
}

function unknownProperty(
  { properties, nested, keys, modified }: EntitySet,
  values: Entity,
): ServiceError | undefined {
  if (properties === undefined) return undefined
  const known = [
    ...properties,
    ...keys,
    ...Object.keys(nested ?? {}),
    ...(modified === undefined ? [] : [modified]),
  ]
  const stranger = Object.keys(values).find(name => !known.includes(name) && !name.includes("@odata."))
  return stranger === undefined
    ? undefined
    : { status: 400, code: "UNKNOWN_PROPERTY", message: `Property ${stranger} is invalid.` }
}

function missing({ required = [] }: EntitySet, values: Entity): ServiceError | undefined {
  const lacking = required.find(name => isEmpty(values[name]))
  return lacking === undefined
    ? undefined
    : { status: 400, code: "MISSING", message: `Enter a value for ${lacking}.` }
}

function lock(service: Service, { keys }: EntitySet, { entity }: Stored): ServiceError | undefined {
  const key = String(entity[keys.at(-1) ?? ""] ?? "")
  const left = service.locks.get(key) ?? 0
  if (left === 0) return undefined
  service.locks.set(key, left - 1)
  return {
    status: 400,
    code: "V1/042",
    message: `Document ${key} is currently being processed by another user.`,
  }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === ""
}
