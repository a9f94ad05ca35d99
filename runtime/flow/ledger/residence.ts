// Where a ledger is, and which events it may hold. Flows in: the name of its region; events that want in. Flows out: nothing, or a refusal: then nothing was kept.
import { RegionRefused } from "../port/failures.ts"
import { isAllowed, isRegion, regionsOfText, regionsTold } from "../port/regions.ts"
import type { NewEvent } from "./accept.ts"
import { countOf, type Operation, textOf } from "./operation.ts"
import { sql } from "./statement.ts"

/** Undefined: nobody has said it. */
export function* residence(): Operation<string | undefined> {
  const [row] = yield sql`SELECT region FROM residence`
  return row === undefined ? undefined : textOf(row, "region")
}

/** The ledger is in this region from now on. Throws RegionRefused where it was said to be in another, or holds what must not be there. */
export function* settleIn(region: string, now: string): Operation<void> {
  if (!isRegion(region)) throw new RegionRefused(`"${region.slice(0, 60)}" is no name of a region`)
  const known = yield* residence()
  if (known === region) return
  if (known !== undefined)
    throw new RegionRefused(`This ledger is in ${known}, and cannot be opened as one in ${region}`)
  yield* refuseHeld(region)
  yield sql`INSERT INTO residence (one, region, at) VALUES (1, ${region}, ${now}) ON CONFLICT DO NOTHING`
}

/** Throws RegionRefused where the ledger holds events that must not be in that region; undefined: nobody knows which it is. */
export function* refuseHeld(region: string | undefined): Operation<void> {
  const rows = yield sql`SELECT regions, flow, count(*) AS events FROM inbox WHERE regions IS NOT NULL
    GROUP BY regions, flow ORDER BY regions, flow`
  for (const row of rows) {
    const regions = regionsOfText(textOf(row, "regions")) ?? []
    if (isAllowed(regions, region)) continue
    throw new RegionRefused(
      `${told(countOf(row, "events"))} of ${textOf(row, "flow")} may be kept in ${regionsTold(regions)}, and not in ${region ?? "a ledger whose region nobody says"}`,
    )
  }
}

function told(events: number): string {
  return events === 1 ? "1 event" : `${events} events`
}

/** All of them, or none. */
export function* refuseElsewhere(events: readonly NewEvent[]): Operation<void> {
  const bound = events.filter(({ regions }) => regions !== null)
  if (bound.length === 0) return
  const region = yield* residence()
  for (const { flow, source, sourceId, regions } of bound) {
    const allowed = regionsOfText(regions ?? undefined) ?? []
    if (isAllowed(allowed, region)) continue
    throw new RegionRefused(
      `${source} ${sourceId} for ${flow} may be kept in ${regionsTold(allowed)}, and this ledger is ${region === undefined ? "in no known region" : `in ${region}`}`,
    )
  }
}
