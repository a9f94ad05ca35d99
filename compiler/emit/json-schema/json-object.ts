// JSON objects whose names may be anything. Flows in: entries in the order wanted. Flows out: an object that holds each as
// an own property, `__proto__` too. Entries without a value are left out, so that annotations read as one list.

export type Json = string | number | boolean | null | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json
}

export function jsonObject(entries: Iterable<readonly [name: string, value: Json | undefined]>): JsonObject {
  const present: (readonly [string, Json])[] = []
  for (const [name, value] of entries) if (value !== undefined) present.push([name, value])
  return Object.fromEntries(present)
}

/** The keywords of `extra` after those of `schema`. */
export function withKeywords(
  schema: JsonObject,
  extra: readonly (readonly [string, Json | undefined])[],
): JsonObject {
  return jsonObject([...Object.entries(schema), ...extra])
}

/** Null stands for "not said" in the Plan; a schema says nothing then. */
export function said<T extends Json>(value: T | null): T | undefined {
  return value ?? undefined
}

/** A flag is written only where it is set. */
export function flag(set: boolean): true | undefined {
  return set ? true : undefined
}

/** The schema of a value that may also be null. One that says nothing about the type already allows it. */
export function orNull(schema: JsonObject): JsonObject {
  const { type, enum: members } = schema
  if (typeof type !== "string") return "$ref" in schema ? { anyOf: [schema, { type: "null" }] } : schema
  const nullable = Object.entries(schema).map(([name, value]): readonly [string, Json] =>
    name === "type"
      ? [name, [type, "null"]]
      : name === "enum" && Array.isArray(members)
        ? [name, [...members, null]]
        : [name, value],
  )
  return jsonObject(nullable)
}
