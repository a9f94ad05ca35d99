// What a contract says of itself, in points: a way to see, over many contracts, where to begin. Flows in: a contract and the maps around it.
// Flows out: points out of a hundred, and what is missing. Asks no policy and no day: the same contract has the same score everywhere.
import type { PlanShape } from "../plan/index.ts"
import { fieldsOf } from "./fields.ts"
import type { Landscape } from "./landscape.ts"

export interface Scorecard {
  /** Its id. */
  readonly contract: string
  readonly name: string
  readonly version: string
  readonly points: number
  /** All that there are. */
  readonly of: number
  readonly lines: readonly ScoreLine[]
}

export interface ScoreLine {
  readonly what: string
  readonly points: number
  readonly of: number
  /** What would bring the rest; empty: nothing is missing. */
  readonly missing: string
}

export type Surroundings = Pick<Landscape, "isTested" | "readers" | "writers" | "systemOf" | "shape" | "plan">

export function scorecardOf(shape: PlanShape, around: Surroundings): Scorecard {
  const { contract } = shape
  const has = (what: string, of: number, isThere: boolean, missing: string): ScoreLine => ({
    what,
    points: isThere ? of : 0,
    of,
    missing: isThere ? "" : missing,
  })
  const owner = contract?.owner ?? around.systemOf(shape)?.owner ?? null
  const isKnown = shape.docs.trim() !== ""
  const isChecked = shape.rules.some(rule => rule.kind === "check")
  const hasKey = shape.fields.some(({ key }) => key)
  const lines = [
    has("owner", 10, owner !== null, "say who answers for it"),
    has("description", 10, isKnown, "say what one record is"),
    describedFields(shape, around),
    has(
      "lifecycle",
      10,
      contract?.lifecycle != null,
      "say whether it is a draft, active, deprecated or retired",
    ),
    has("compatibility", 10, contract?.compatible != null, "say which changes its next version may make"),
    has("key", 10, hasKey, "mark the fields that identify a record"),
    has("rules", 10, isChecked, "write down what makes a record good"),
    testedMaps(shape, around),
    answeredFlows(shape, around),
    has("retention", 5, contract?.retention !== undefined, "say how long its records are kept"),
    has("service level", 5, contract?.slo !== undefined, "say how soon its records are there"),
  ]
  return {
    contract: shape.id,
    name: shape.name,
    version: contract?.version ?? "",
    points: lines.reduce((sum, { points }) => sum + points, 0),
    of: lines.reduce((sum, { of }) => sum + of, 0),
    lines,
  }
}

function describedFields(shape: PlanShape, around: Surroundings): ScoreLine {
  const fields = fieldsOf(shape, around)
  const described = fields.filter(({ field }) => field.docs.trim() !== "").length
  return part("fields described", 15, described, fields.length, "fields say nothing of themselves")
}

/** A contract that no map uses has nothing to test, and nothing that shows it to be right. */
function testedMaps(shape: PlanShape, around: Surroundings): ScoreLine {
  const maps = [...new Set([...around.readers(shape.id), ...around.writers(shape.id)])]
  if (maps.length === 0) return { what: "maps tested", points: 0, of: 10, missing: "no map uses it" }
  return part(
    "maps tested",
    10,
    maps.filter(around.isTested).length,
    maps.length,
    "maps that use it have no test",
  )
}

/** Of the flows that move its records: is it known who answers for them, and what they promise? Without one nothing is missing. */
function answeredFlows({ id }: PlanShape, { plan }: Surroundings): ScoreLine {
  const flows = (plan.flows ?? []).filter(({ trigger, steps }) =>
    [trigger, ...steps].some(one =>
      [
        "from" in one ? one.from.contract : null,
        "to" in one ? one.to.contract : null,
        "event" in one ? one.event : null,
        "contract" in one ? one.contract : null,
        "answer" in one ? one.answer : null,
      ].includes(id),
    ),
  )
  if (flows.length === 0) return { what: "flows answered for", points: 5, of: 5, missing: "" }
  const good = flows.filter(({ owner, slos }) => owner !== null && slos.length > 0).length
  return part("flows answered for", 5, good, flows.length, "flows have no owner or promise nothing")
}

function part(what: string, of: number, good: number, all: number, missing: string): ScoreLine {
  const points = all === 0 ? 0 : Math.floor((of * good) / all)
  return { what, points, of, missing: good === all ? "" : `${all - good} of ${all} ${missing}` }
}
