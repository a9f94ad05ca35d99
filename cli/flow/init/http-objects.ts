// Objects as the entry of a platform that is described by configuration has them: a call for each thing that flows want. Flows in: objects, the platform's ways. Flows out: descriptions.
import { byName, type Json, type JsonObject, type UsedObject } from "./template.ts"

/** How one object is reached: paths, and what stands around its records. */
export interface HttpWays {
  readonly create: JsonObject
  readonly update: JsonObject
  readonly upsert: JsonObject
  readonly delete: JsonObject
  readonly find: JsonObject
  readonly list: JsonObject
  /** The name in the query of a field that records are asked for by. */
  filter(field: string): string
  readonly changes: { readonly since: string; readonly id: string; readonly version: string }
}

export function httpObjects(
  objects: readonly UsedObject[],
  waysOf: (object: UsedObject) => HttpWays,
): JsonObject {
  return byName(objects, object => objectOf(object, waysOf(object)))
}

function objectOf({ needs, by }: UsedObject, ways: HttpWays): JsonObject {
  const makes = needs.has("create") || needs.has("ensure")
  const parts: Record<string, Json> = {}
  if (makes) parts["create"] = { method: "POST", ...ways.create }
  if (needs.has("update")) parts["update"] = { method: "PATCH", ...ways.update }
  if (needs.has("upsert")) parts["upsert"] = { method: "PUT", ...ways.upsert }
  if (needs.has("delete")) parts["delete"] = { method: "DELETE", ...ways.delete }
  if (makes) parts["find"] = ways.find
  if (needs.has("read") || needs.has("changes"))
    parts["list"] = {
      ...ways.list,
      ...(by.length === 0 ? {} : { filters: Object.fromEntries(by.map(name => [name, ways.filter(name)])) }),
      ...(needs.has("changes") ? { changes: changesBy(ways.changes) } : {}),
    }
  return parts
}

function changesBy({ since, id, version }: HttpWays["changes"]): JsonObject {
  return { since, idAt: [id], versionAt: [version] }
}
