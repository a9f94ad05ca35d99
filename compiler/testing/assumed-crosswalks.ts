// The reference data of one test: only what it assumes. Flows in: a Plan and the assumptions. Flows out: a crosswalk for every
// external one, and what was asked of them that the test says nothing about, or never asked although it does.
import { type Crosswalk, crosswalkKey, normaliseKey, splitKey } from "@fmap/runtime"
import type { Plan, PlanCrosswalk, PlanTest } from "../plan/index.ts"

type Assumption = PlanTest["assumes"][number]

export interface AssumedCrosswalks {
  readonly find: (id: string) => Crosswalk
  /** Lookups without an assumption, as a reader would write them: `ItemByProduct("01t")`. */
  readonly unassumed: () => readonly string[]
  readonly unreached: () => readonly Assumption[]
}

/** `inline` rows stand in the Plan and answer for themselves; every other crosswalk is replaced whole. */
export function assumedCrosswalks(
  plan: Plan,
  assumes: readonly Assumption[],
  inline: ReadonlyMap<string, Crosswalk>,
): AssumedCrosswalks {
  const reached = new Set<Assumption>()
  const unassumed = new Set<string>()
  const crosswalks = new Map<string, Crosswalk>(inline)
  for (const declared of plan.crosswalks) {
    const mine = assumes.filter(assume => assume.crosswalk === declared.id)
    if (inline.has(declared.id) && mine.length === 0) continue
    const placeOf = (key: string, asOf: string | null, inverse: boolean): string =>
      JSON.stringify([key, asOf, inverse])
    const rows = new Map(
      mine.map(assume => [placeOf(keyOf(assume, declared), assume.asOf, assume.inverse), assume]),
    )
    const answer = (key: string, asOf: string | undefined, inverse: boolean): unknown => {
      const assume = rows.get(placeOf(key, asOf ?? null, inverse))
      const day = asOf === undefined ? "" : ` as of ${asOf}`
      const call =
        declared.hierarchy !== undefined
          ? `rollup(${[declared.id, ...shownRollup(key)].join(", ")})`
          : inverse
            ? `inverse(${declared.id}, ${shownKey(key)})`
            : `${declared.id}(${shownKey(key)})`
      if (assume === undefined) unassumed.add(`${call}${day}`)
      else reached.add(assume)
      return assume?.value
    }
    const inverse: Crosswalk = {
      name: declared.id,
      snapshot: "assumed",
      find: (key, asOf) => answer(key, asOf, true),
    }
    crosswalks.set(declared.id, {
      name: declared.id,
      snapshot: "assumed",
      find: (key, asOf) => answer(key, asOf, false),
      ...(declared.bothWays ? { inverse } : {}),
    })
  }
  return {
    find: id => {
      const crosswalk = crosswalks.get(id)
      if (crosswalk === undefined) throw new Error(`the plan has no crosswalk ${JSON.stringify(id)}`)
      return crosswalk
    },
    unassumed: () => [...unassumed],
    unreached: () => assumes.filter(assume => !reached.has(assume)),
  }
}

function keyOf({ keys, inverse }: Assumption, { keyForm }: PlanCrosswalk): string {
  return crosswalkKey(inverse ? keys : keys.map(key => normaliseKey(key, keyForm)))
}

/** A member, and a level as it is written in a map. */
function shownRollup(key: string): readonly string[] {
  const [member = "", level = ""] = splitKey(key)
  return [JSON.stringify(member), level]
}

/** For people. */
function shownKey(key: string): string {
  return splitKey(key)
    .map(part => JSON.stringify(part))
    .join(", ")
}
