// The fields of its sources that a rule of a map goes by: a check says what is wrong with a record, and these are where it is wrong. Flows in: a Plan, a map, a rule. Flows out: places in the sources: wire names, `*` for
// every row of a list and every member of a dictionary.
import { lineageOf, type MapLineage, type Plan, type PlanField, type PlanMap, shownAt } from "@fmap/compiler"
import type { DecidingField } from "@fmap/runtime/http"
import { rowsOnWire } from "./rows-on-wire.ts"

/** `map` by its name, `at` as issues say it: `maps/book-order.fmap:12:3`. */
export type DecidingFields = (map: string, at: string) => readonly DecidingField[]

export function decidingFields(plan: Plan): DecidingFields {
  const known = new Map<string, ReadonlyMap<string, readonly DecidingField[]>>()
  return (map, at) => {
    const rules = known.get(map) ?? rulesOf(plan, map)
    known.set(map, rules)
    return rules.get(at) ?? []
  }
}

function rulesOf(plan: Plan, name: string): ReadonlyMap<string, readonly DecidingField[]> {
  const map = plan.maps.find(one => one.name === name)
  if (map === undefined) return new Map()
  const rules = new Map<string, readonly DecidingField[]>()
  for (const { at, edges } of lineageOf({ ...plan, maps: [map] }).flatMap(({ stops }) => stops)) {
    const fields = edges.flatMap(edge => fieldOf(edge, map, plan))
    const place = shownAt(at, plan)
    rules.set(place, withoutAbove([...(rules.get(place) ?? []), ...fields]))
  }
  return rules
}

/** What is only told in the sentence is not what is wrong. */
function fieldOf(
  { origin, manners }: MapLineage["stops"][number]["edges"][number],
  { sources }: PlanMap,
  plan: Plan,
): readonly DecidingField[] {
  if (origin.kind !== "source" || manners.includes("message")) return []
  const binding = sources.find(({ name }) => name === origin.name)?.binding
  const fields = plan.shapes.find(({ id }) => id === binding?.shape)?.fields ?? []
  return [{ source: origin.name, path: wirePath(plan, fields, origin.path) }]
}

/** A list is said by what is looked at in its rows. */
function withoutAbove(fields: readonly DecidingField[]): readonly DecidingField[] {
  return fields.filter(
    ({ source, path }) =>
      !fields.some(
        one =>
          one.source === source &&
          one.path.length > path.length &&
          path.every((name, i) => one.path[i] === name),
      ),
  )
}

/** Names of the contract as they are on the wire. */
function wirePath(plan: Plan, fields: readonly PlanField[], path: readonly string[]): readonly string[] {
  const [name, ...rest] = path
  const field = fields.find(one => one.name === name)
  return field === undefined ? [] : [field.wireName, ...below(plan, field.type, rest)]
}

function below(plan: Plan, type: PlanField["type"], path: readonly string[]): readonly string[] {
  switch (type.kind) {
    case "record":
      return wirePath(plan, plan.shapes.find(({ id }) => id === type.shape)?.fields ?? [], path)
    case "list":
      return path.length === 0 ? [] : [...rowsOnWire(type), ...below(plan, type.of, path.slice(1))]
    case "dictionary":
      return path.length === 0 ? [] : ["*", ...below(plan, type.of, path.slice(1))]
    default:
      return []
  }
}
