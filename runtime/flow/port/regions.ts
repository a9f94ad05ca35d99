// Where data may be. Flows in: names of regions, as a contract's policy or a sender says them. Flows out: what two of them leave, one text for a ledger, and a refusal. It knows no ledger and no
// system.
import { BusinessException, NotPossible } from "./failures.ts"

/** Names of regions. Undefined, where it stands for an event or a record: it may be anywhere. None at all: it may be nowhere. */
export type Regions = readonly string[]

/** An event that was to be sent, or a question asked, where it must not be. */
export const regionRefused = "REGION_REFUSED"

const mostRegions = 50

/** Those that are in both; undefined is every region. */
export function inBoth(a: Regions | undefined, b: Regions | undefined): Regions | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a.filter(region => b.includes(region))
}

/** A region nobody told is allowed nowhere. */
export function isAllowed(regions: Regions | undefined, region: string | undefined): boolean {
  return regions === undefined || (region !== undefined && regions.includes(region))
}

/** As a ledger keeps them: the same text for the same regions. Throws NotPossible for what is no name of a region. */
export function regionsText(regions: Regions | undefined): string | null {
  if (regions === undefined) return null
  for (const region of regions)
    if (!isRegion(region)) throw new NotPossible("FM8412", `"${region.slice(0, 60)}" is no name of a region`)
  if (regions.length > mostRegions)
    throw new NotPossible("FM8412", `More than ${mostRegions} regions are named`)
  return [...new Set(regions)].toSorted().join(",")
}

/** The same back. */
export function regionsOfText(text: string | undefined): Regions | undefined {
  return text === undefined ? undefined : text.split(",").filter(region => region !== "")
}

/** As a sender writes them into a header: `EU, UK`. */
export function regionsOfHeader(text: string): Regions {
  return text.split(",").map(region => region.trim())
}

/** A letter, then letters, digits, `_` and `-`: what `residency` and `stays in` of the language may be called. */
export function isRegion(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_-]{0,39}$/u.test(text)
}

/** `EU or UK`, for people. */
export function regionsTold(regions: Regions): string {
  return regions.length === 0 ? "no region" : regions.join(" or ")
}

/** Throws REGION_REFUSED, before anything leaves. `what`: the effect or the question. */
export function refuseRegion(
  what: string,
  target: { readonly name: string; readonly region?: string },
  regions: Regions | undefined,
): void {
  if (regions === undefined || isAllowed(regions, target.region)) return
  const place = target.region === undefined ? "in no known region" : `in ${target.region}`
  throw new BusinessException(
    regionRefused,
    `${what} would go to ${target.name}, which is ${place}; it may be in ${regionsTold(regions)}. Nothing was sent`,
    { step: what, target: target.name, region: target.region ?? null, allowed: regions },
  )
}
