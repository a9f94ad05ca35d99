// The Plan of a project without errors. Flows in: bound declarations, and maps and rules as the checker lowered them. Flows
// out: plain, deterministic data.
import type { Plan, PlanFlow, PlanMap, PlanShape } from "../plan/index.ts"
import type { BoundProject } from "../resolve/model.ts"
import { atOf } from "./at.ts"
import { lowerCalendar } from "./calendars.ts"
import { lowerConsumer } from "./consumers.ts"
import { lowerCrosswalk } from "./crosswalks.ts"
import { lowerEnum, lowerSystem } from "./declarations.ts"
import { mapCalendars } from "./map-calendars.ts"
import { flowAllows, lowerPolicy, mapAllows } from "./policies.ts"
import { lowerShapes, type RulesOf } from "./shapes.ts"

/** What the checker hands over. */
export interface LoweredMaps {
  readonly maps: readonly PlanMap[]
  readonly rulesOf: RulesOf
  /** Record types made up by `let`s, of kind "inferred". */
  readonly inferred: readonly PlanShape[]
  readonly flows: readonly PlanFlow[]
  readonly questions: readonly PlanMap[]
}

export function lower(
  project: BoundProject,
  packages: Plan["packages"],
  { maps, rulesOf, inferred, flows, questions }: LoweredMaps,
): Omit<Plan, "tests"> {
  const at = atOf(project.files)
  const indexes = new Map(project.files.map((file, index) => [file.path, index]))
  const fileIndex = (path: string): number => indexes.get(path) ?? -1
  const declared = lowerShapes(project, { at, fileIndex, rulesOf })
  const shapes = new Map([...declared, ...inferred].map(shape => [shape.id, shape]))
  const crosswalks = project.crosswalks.map(crosswalk => lowerCrosswalk(crosswalk, { at, fileIndex, shapes }))
  const calendars = project.calendars.map(calendar => lowerCalendar(calendar, { at, fileIndex }))
  const policies = project.policies.map(policy => lowerPolicy(policy, { at, fileIndex }))
  const consumers = project.consumers.map(consumer => lowerConsumer(consumer, { at, fileIndex }))
  return {
    format: "fmap.plan",
    formatVersion: 1,
    files: project.files.map(({ path, sha256 }) => ({ path, sha256 })),
    packages,
    systems: project.systems.map(system => lowerSystem(system, { at, fileIndex })),
    enums: project.enums.map(each => lowerEnum(each, { at, fileIndex })),
    shapes: [...declared, ...inferred],
    crosswalks,
    maps: maps.map(map => ({
      ...map,
      ...mapAllows(map.name, project, at),
      calendars: mapCalendars(map, { shapes, crosswalks, calendars }),
    })),
    calendars,
    ...(policies.length === 0 ? {} : { policies }),
    ...(consumers.length === 0 ? {} : { consumers }),
    ...(flows.length === 0
      ? {}
      : { flows: flows.map(flow => ({ ...flow, ...flowAllows(flow.name, project, at) })) }),
    ...(questions.length === 0
      ? {}
      : {
          questions: questions.map(question => ({
            ...question,
            calendars: mapCalendars(question, { shapes, crosswalks, calendars }),
          })),
        }),
  }
}
