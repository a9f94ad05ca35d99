// The wire forms as TypeScript interfaces, one a record or contract, with the docs of the `.fmap`.
import type { Plan, PlanMap, PlanShape, ShapeId, WireType } from "../../plan/index.ts"
import type { Module } from "./context.ts"
import { named, union } from "./javascript/build.ts"
import type { JsDeclaration, TsMember, TsType } from "./javascript/nodes.ts"
import { type Direction, fieldType, payloadType } from "./wire-types.ts"

export function shapeInterface(
  module: Module,
  shape: PlanShape,
  id: string,
  direction: Direction,
): JsDeclaration {
  if (shape.union !== null) {
    const type = union(...shape.fields.map(field => payloadType(module, field.type)))
    return { kind: "alias", name: id, docs: shape.docs, exported: true, type, at: shape.at }
  }
  const members = shape.fields.map((field): TsMember => {
    const { type, optional } = fieldType(module, field, direction)
    const docs =
      field.deprecated === null
        ? field.docs
        : [field.docs, "@deprecated"].filter(text => text !== "").join("\n\n")
    return { key: field.wireName, type, optional, docs, at: field.at }
  })
  return { kind: "interface", name: id, docs: shape.docs, exported: true, members, at: shape.at }
}

export function inputInterface(module: Module, map: PlanMap, id: string): JsDeclaration {
  const sources = map.sources.map(
    (source): TsMember => ({
      key: source.name,
      type: sourceType(module, map, source),
      optional: false,
      docs: "",
      at: source.at,
    }),
  )
  const sets = (map.set?.sets ?? []).map(
    (set): TsMember => ({
      key: set.name,
      type: payloadType(module, set.type),
      optional: false,
      docs: "",
      at: set.at,
    }),
  )
  const givens = map.givens.map((given): TsMember => {
    const type = payloadType(module, given.type)
    return {
      key: given.name,
      type: given.optional ? union(type, named("null"), named("undefined")) : type,
      optional: given.optional,
      docs: "",
      at: given.at,
    }
  })
  return {
    kind: "interface",
    name: id,
    docs: `What ${map.name} reads: its sources and givens by name.`,
    exported: true,
    members: [...sources, ...sets, ...givens],
    at: map.at,
  }
}

/** What a caller hands in beside the input: crosswalks and calendars of files, by id. */
export function referenceMembers({ index }: Module, map: PlanMap): readonly string[] {
  return [...map.crosswalks.filter(id => index.crosswalk(id).rows === null), ...map.calendars]
}

/** The source that is walked may be anything that gives rows one by one. */
function sourceType(module: Module, map: PlanMap, source: PlanMap["sources"][number]): TsType {
  const type = module.shapeType(source.binding.shape)
  return map.set?.each === source.name ? named("Iterable", type) : type
}

export function referenceInterface(module: Module, map: PlanMap, id: string): JsDeclaration {
  const calendars = new Set(map.calendars)
  const members = referenceMembers(module, map).map((key): TsMember => {
    const isCalendar = calendars.has(key)
    const { at } = isCalendar ? module.index.calendar(key) : module.index.crosswalk(key)
    const type = module.runtimeType(isCalendar ? "Calendar" : "Crosswalk")
    return { key, type, optional: false, docs: "", at }
  })
  const kinds =
    calendars.size === 0
      ? "crosswalks"
      : calendars.size === members.length
        ? "calendars"
        : "crosswalks and calendars"
  return {
    kind: "interface",
    name: id,
    docs: `Reference data ${map.name} looks up: ${kinds} loaded from their files.`,
    exported: true,
    members,
    at: map.at,
  }
}

/** Which shapes are handed in and which come out. */
export function directions(plan: Plan): (id: ShapeId) => Direction {
  const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
  const read = new Set<ShapeId>()
  const written = new Set<ShapeId>()
  const visit = (id: ShapeId, into: Set<ShapeId>): void => {
    if (into.has(id)) return
    into.add(id)
    for (const field of shapes.get(id)?.fields ?? []) visitType(field.type, into)
  }
  const visitType = (type: WireType, into: Set<ShapeId>): void => {
    if (type.kind === "record") visit(type.shape, into)
    else if (type.kind === "list" || type.kind === "dictionary") visitType(type.of, into)
  }
  for (const map of plan.maps) {
    for (const source of map.sources) visit(source.binding.shape, read)
    for (const given of [...(map.set?.sets ?? []), ...map.givens]) visitType(given.type, read)
    visit(map.target.shape, written)
  }
  for (const crosswalk of plan.crosswalks) visitType(crosswalk.result, read)
  return id => (read.has(id) === written.has(id) ? "both" : read.has(id) ? "in" : "out")
}
