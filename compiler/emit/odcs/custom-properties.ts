// What the standard has no place for stands in its list of further properties. Flows in: names and values, undefined where nothing
// is to be said. Flows out: the list, or nothing.
import type { Json, JsonObject } from "../json-schema/json-object.ts"

export function custom(
  entries: readonly (readonly [property: string, value: Json | undefined])[],
): readonly JsonObject[] | undefined {
  const found = entries.flatMap(([property, value]) => (value === undefined ? [] : [{ property, value }]))
  return found.length === 0 ? undefined : found
}
