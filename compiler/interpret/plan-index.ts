// Finds the declarations of a Plan by name. Flows in: a Plan. Flows out: lookups that throw when the Plan refers to
// something it does not hold (a bug of the compiler). Maps, not objects: `__proto__` is a name like any other.
import type { At, Plan, PlanCalendar, PlanCrosswalk, PlanMap, PlanShape, ShapeId } from "../plan/index.ts"
import { BrokenPlan } from "./value.ts"

export interface PlanIndex {
  readonly plan: Plan
  readonly shape: (id: ShapeId) => PlanShape
  readonly map: (name: string) => PlanMap
  readonly crosswalk: (name: string) => PlanCrosswalk
  readonly calendar: (id: string) => PlanCalendar
  /** `maps/order.fmap:41:3`. */
  readonly position: (at: At) => string
}

export function planIndex(plan: Plan): PlanIndex {
  const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
  const maps = new Map([...plan.maps, ...(plan.questions ?? [])].map(map => [map.name, map]))
  const crosswalks = new Map(plan.crosswalks.map(crosswalk => [crosswalk.id, crosswalk]))
  const calendars = new Map(plan.calendars.map(calendar => [calendar.id, calendar]))
  return {
    plan,
    shape: id => found(shapes.get(id), "shape", id),
    map: name => found(maps.get(name), "map", name),
    crosswalk: name => found(crosswalks.get(name), "crosswalk", name),
    calendar: id => found(calendars.get(id), "calendar", id),
    position: at => `${found(plan.files[at[0]], "file", String(at[0])).path}:${at[1]}:${at[2]}`,
  }
}

function found<T>(declaration: T | undefined, what: string, name: string): T {
  if (declaration === undefined) throw new BrokenPlan(`the plan has no ${what} ${JSON.stringify(name)}`)
  return declaration
}
