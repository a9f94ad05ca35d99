// What a simulator has by itself. Flows in: its name, or a state. Flows out: the state as JSON, and members of it.
import { simulators } from "@fmap/runtime/simulators"
import type { Json, JsonObject } from "./template.ts"

export function standardState(simulator: string): Json {
  // a dump is JSON, as the port says
  return (simulators[simulator]?.().dump() ?? null) as Json
}

export function memberOf(value: Json | undefined, name: string): Json | undefined {
  const members = membersOf(value)
  return Object.hasOwn(members, name) ? members[name] : undefined
}

export function membersOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !isList(value) ? value : {}
}

export function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : []
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
