// Which calendars a map needs with their files: what it asks of them, and the periods it reads and writes. Flows in: the map and the
// declarations of the Plan. Flows out: ids, sorted. The caller passes these calendars as reference data.
import { needsFile } from "../plan/calendar-needs.ts"
import type {
  PlanBinding,
  PlanCalendar,
  PlanCrosswalk,
  PlanExpression,
  PlanMap,
  PlanShape,
  ShapeId,
  WireType,
} from "../plan/index.ts"

export interface Declarations {
  readonly shapes: ReadonlyMap<ShapeId, PlanShape>
  readonly crosswalks: readonly PlanCrosswalk[]
  readonly calendars: readonly PlanCalendar[]
}

export function mapCalendars(map: PlanMap, declared: Declarations): readonly string[] {
  const calendars = new Map(declared.calendars.map(calendar => [calendar.id, calendar]))
  const needed = new Set<string>()
  const whole = new Set<ShapeId>()
  const ofType = (type: WireType): void => {
    if (type.kind === "period" && (calendars.get(type.calendar)?.periods ?? null) !== null)
      needed.add(type.calendar)
    else if (type.kind === "list" || type.kind === "dictionary") ofType(type.of)
    else if (type.kind === "record" && !whole.has(type.shape)) {
      whole.add(type.shape)
      for (const field of declared.shapes.get(type.shape)?.fields ?? []) ofType(field.type)
    }
  }
  const ofBinding = ({ shape, reads }: Pick<PlanBinding, "shape" | "reads">): void => {
    for (const read of reads) {
      if (read.members !== null) ofBinding(read.members)
      else if (!read.elements) {
        const field = declared.shapes.get(shape)?.fields.find(one => one.name === read.field)
        if (field !== undefined) ofType(field.type)
      }
    }
  }
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) visit(item)
    else if (typeof node === "object" && node !== null) {
      if ("kind" in node && node.kind === "calendar" && "operation" in node) {
        const asked = node as Extract<PlanExpression, { kind: "calendar" }>
        const calendar = calendars.get(asked.calendar)
        if (calendar !== undefined && needsFile(asked.operation, calendar)) needed.add(asked.calendar)
      }
      if ("kind" in node && node.kind === "spread" && "rule" in node) {
        const { calendar: id } = node as Extract<PlanExpression, { kind: "spread" }>
        if ((calendars.get(id)?.periods ?? null) !== null) needed.add(id)
      }
      if ("reads" in node && "shape" in node && Array.isArray(node.reads)) ofBinding(node as PlanBinding)
      for (const value of Object.values(node)) visit(value)
    }
  }
  visit([map.body, map.sources, map.set])
  for (const given of map.givens) ofType(given.type)
  ofType({ kind: "record", shape: map.target.shape, arguments: [] })
  for (const crosswalk of declared.crosswalks)
    if (map.crosswalks.includes(crosswalk.id)) ofType(crosswalk.result)
  return [...needed].sort()
}
