// What recorded records say of a change beside what the comparison told. Flows in: both releases, ready to run, what was told of them, and inputs. Flows out: the findings with
// what was observed, those that only running finds, and how many records ran. It must not know where the records come from.
import type { Plan } from "../../plan/index.ts"
import type { ChangeFinding } from "../finding.ts"
import type { MappingMode } from "../maps/compare-maps.ts"
import { withMadeExamples } from "./made-examples.ts"
import { observeMaps, withObservations } from "./observe.ts"
import { observedFindings } from "./observed-findings.ts"
import { roundTripFindings } from "./round-trips.ts"
import type { RecordedInput, Runnable } from "./run-both.ts"

export interface RecordsQuestion {
  readonly mode: MappingMode
  /** By how much a figure may differ, and the sum of a field may drift; decimal text. */
  readonly tolerance: string
}

export interface ChangesOfRecords {
  readonly findings: readonly ChangeFinding[]
  readonly compared: number
}

export function changesOfRecords(
  old: Runnable,
  now: Runnable,
  told: readonly ChangeFinding[],
  inputs: readonly RecordedInput[],
  { mode, tolerance }: RecordsQuestion,
): ChangesOfRecords {
  const observations = observeMaps(old, now, inputs, tolerance)
  const observed = withObservations(told, observations)
  const otherwiseChanged = changedAround(old.plan, now.plan, told)
  return {
    findings: [
      ...withMadeExamples(observed, old, now),
      ...observedFindings(observed, observations, { mode, tolerance, otherwiseChanged, now: now.plan }),
      ...roundTripFindings(old, now, inputs, mode),
    ],
    compared: observations.reduce((sum, { compared }) => sum + compared, 0),
  }
}

/** A contract, crosswalk or calendar that a map uses is another one. */
function changedAround(old: Plan, now: Plan, findings: readonly ChangeFinding[]): (map: string) => boolean {
  const changed = new Set(findings.map(({ subject }) => subject))
  const shapes = (plan: Plan): string =>
    JSON.stringify(plan.shapes, (name, value: unknown) =>
      name === "at" || name === "docs" ? undefined : value,
    )
  const sameShapes = shapes(old) === shapes(now)
  return name => {
    const map = now.maps.find(one => one.name === name)
    return (
      !sameShapes || map === undefined || [...map.crosswalks, ...map.calendars].some(id => changed.has(id))
    )
  }
}
