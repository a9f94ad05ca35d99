// Types as other languages call them. Flows in: a name that is no type. Flows out: the built-in type meant, if it is plain which.
import type { BuiltinTypeName } from "../tree/types.ts"

const meant: ReadonlyMap<string, BuiltinTypeName> = new Map<string, BuiltinTypeName>([
  ["text", "text"],
  ["string", "text"],
  ["str", "text"],
  ["char", "text"],
  ["varchar", "text"],
  ["bool", "bool"],
  ["boolean", "bool"],
  ["int", "int"],
  ["integer", "int"],
  ["long", "int"],
  ["bigint", "int"],
  ["decimal", "decimal"],
  ["number", "decimal"],
  ["numeric", "decimal"],
  ["float", "decimal"],
  ["double", "decimal"],
  ["money", "money"],
  ["quantity", "quantity"],
  ["percent", "percent"],
  ["currency", "currency"],
  ["country", "country"],
  ["language", "language"],
  ["date", "date"],
  ["datetime", "datetime"],
  ["instant", "instant"],
  ["timestamp", "instant"],
  ["json", "json"],
  ["object", "json"],
  ["any", "json"],
])

/** `Text`, `string`, `Boolean`: the built-in type that is meant; undefined for a name that could mean anything. */
export function builtinMeant(name: string): BuiltinTypeName | undefined {
  return meant.get(name.toLowerCase())
}
