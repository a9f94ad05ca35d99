// Entity sets as the entry of a service that speaks OData describes them. Flows in: objects, what is known of the platform. Flows out: descriptions.
import { placeholder } from "../placeholder.ts"
import {
  byName,
  isWritten,
  type Json,
  type JsonObject,
  lastChangeOf,
  type UsedField,
  type UsedObject,
} from "./template.ts"

export interface KnownSet {
  readonly keys: readonly string[]
  readonly modified?: string
}

export interface ODataPlatform {
  readonly version: 2 | 4
  /** Sets whose keys the platform publishes. */
  readonly sets?: Readonly<Record<string, KnownSet>>
  /** Keys of contracts are keys of the platform, or alternate ones. Else what is written is known by a reference of ours, and the key is another. */
  readonly ownKeys?: true
  /** Changes come by the platform's links. */
  readonly tracked?: true
  /** What a key has and contracts leave out → what it is everywhere. */
  readonly always?: Readonly<Record<string, string>>
}

export function odataObjects(objects: readonly UsedObject[], platform: ODataPlatform): JsonObject {
  return byName(objects, object => objectOf(object, platform))
}

function objectOf(object: UsedObject, platform: ODataPlatform): JsonObject {
  const { name, needs, fields, by } = object
  const known =
    platform.sets !== undefined && Object.hasOwn(platform.sets, name) ? platform.sets[name] : undefined
  const keys = known?.keys ?? ownKeys(object, platform)
  const types = fields.flatMap((field): [string, Json][] => {
    const type =
      keys.includes(field.name) || by.includes(field.name) ? typeOf(field, platform.version) : undefined
    return type === undefined ? [] : [[field.name, type]]
  })
  const always = Object.entries(platform.always ?? {}).filter(
    ([property]) => keys.includes(property) && !fields.some(field => field.name === property),
  )
  return {
    set: name,
    keys,
    ...(types.length === 0 ? {} : { types: Object.fromEntries(types) }),
    ...(needs.has("changes") ? changes(object, known, platform) : {}),
    ...(always.length === 0 ? {} : { always: Object.fromEntries(always) }),
  }
}

function ownKeys(object: UsedObject, platform: ODataPlatform): readonly string[] {
  const isKey = platform.ownKeys === true || !isWritten(object)
  return isKey && object.keys.length > 0 ? object.keys : [placeholder("PROPERTY-OF-THE-ENTITY-KEY")]
}

function changes(object: UsedObject, known: KnownSet | undefined, { tracked }: ODataPlatform): JsonObject {
  if (tracked === true) return { tracked }
  return { modified: known?.modified ?? lastChangeOf(object) ?? placeholder("PROPERTY-OF-THE-LAST-CHANGE") }
}

/** How a value stands in a URL; texts and numbers need nothing. */
function typeOf({ kind }: UsedField, version: 2 | 4): string | undefined {
  switch (kind) {
    case "date":
      return version === 2 ? "datetime" : "date"
    case "datetime":
      return version === 2 ? "datetime" : "datetimeoffset"
    case "instant":
      return "datetimeoffset"
    case "decimal":
    case "money":
    case "quantity":
    case "percent":
      return version === 2 ? "decimal" : undefined
    default:
      return undefined
  }
}
