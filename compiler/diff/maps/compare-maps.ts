// The half of a release's comparison that is about what maps do. Flows in: two Plans, their sources where they are at hand, and how strict to be. Flows out:
// findings of the rules M001 to M037, in the order of the new Plan. Compares meaning: what is only written differently is told as proved equivalent.

import type { PlanCalendar, PlanCrosswalk } from "../../plan/index.ts"
import type { ChangeFinding } from "../finding.ts"
import { crosswalkChanges } from "./crosswalk-changes.ts"
import { inlineRows } from "./crosswalk-rows.ts"
import { createForms } from "./form.ts"
import { mapChanges } from "./map-changes.ts"
import {
  changeFinding,
  equivalent,
  finding,
  type MappingMode,
  mapFinding,
  once,
  type Release,
  renamedFinding,
  type Telling,
  tableFinding,
} from "./map-finding.ts"
import { shapesOf } from "./map-form.ts"
import { renamedMaps } from "./renamed-maps.ts"
import { crosswalkNames, hasOtherNames, written } from "./written.ts"

export type { MappingMode, Release } from "./map-finding.ts"

export function compareMaps(old: Release, now: Release, mode: MappingMode): readonly ChangeFinding[] {
  const side = createForms()
  const forms = { old: side(), new: side() }
  const names = crosswalkNames(old.plan, now.plan)
  const isRate = (name: string): boolean =>
    now.plan.crosswalks.some(one => names.new(one.id) === name && givesRate(one)) ||
    old.plan.crosswalks.some(one => names.old(one.id) === name && givesRate(one))
  const telling: Telling = { old, new: now, mode }
  const [before, after] = [shapesOf(old.plan), shapesOf(now.plan)]
  const oldMaps = new Map(old.plan.maps.map(map => [map.name, map]))
  const newMaps = new Set(now.plan.maps.map(map => map.name))
  const renamed = renamedMaps(old.plan, now.plan)
  const formerNames = new Set(renamed.values())
  const sameContracts = written(old.plan.shapes) === written(now.plan.shapes)
  const found: ChangeFinding[] = []
  for (const map of now.plan.maps) {
    const known = oldMaps.get(map.name)
    const former = oldMaps.get(renamed.get(map.name) ?? "")
    if (former !== undefined) found.push(...renamedFinding(map, former, telling))
    else if (known === undefined) found.push(...mapFinding(map, null, telling))
    else if (written(known) !== written(map) || hasOtherNames(known, names)) {
      const changes = mapChanges(
        { map: known, shapes: before, forms: forms.old, crosswalk: names.old },
        { map, shapes: after, forms: forms.new, crosswalk: names.new },
        isRate,
        sameContracts,
      )
      const findings = changes.flatMap(change => changeFinding(map.name, change, telling))
      found.push(...(changes.length === 0 ? equivalent(map, telling) : once(findings)))
    }
  }
  for (const map of old.plan.maps)
    if (!newMaps.has(map.name) && !formerNames.has(map.name)) found.push(...mapFinding(null, map, telling))
  for (const crosswalk of now.plan.crosswalks) {
    const known = old.plan.crosswalks.find(one => names.old(one.id) === names.new(crosswalk.id))
    if (known === undefined) continue
    const changes = crosswalkChanges(
      {
        crosswalk: known,
        plan: old.plan,
        forms: forms.old,
        rows: inlineRows(known) ?? old.rows.get(known.id) ?? null,
      },
      {
        crosswalk,
        plan: now.plan,
        forms: forms.new,
        rows: inlineRows(crosswalk) ?? now.rows.get(crosswalk.id) ?? null,
      },
    )
    found.push(...once(changes.flatMap(change => tableFinding(crosswalk.id, change, telling))))
  }
  for (const calendar of now.plan.calendars) {
    const known = old.plan.calendars.find(({ id }) => id === calendar.id)
    if (known !== undefined) found.push(...calendarFindings(known, calendar, telling))
  }
  return found
}

function calendarFindings(old: PlanCalendar, now: PlanCalendar, telling: Telling): readonly ChangeFinding[] {
  const facts = { subject: now.id, path: "", oldAt: old.at, newAt: now.at }
  const side = (value: unknown, text: string) => ({ canonical: JSON.stringify(value), text })
  const rules = ({ rules: own, weekend }: PlanCalendar): readonly unknown[] => [own, weekend]
  const files = ({ periods, status, holidays }: PlanCalendar): readonly unknown[] => [
    periods,
    status,
    holidays,
  ]
  const paths = ({ periods, status, holidays }: PlanCalendar): string =>
    [periods, status, holidays].flatMap(file => (file === null ? [] : [file.path])).join(", ")
  return [
    ...(JSON.stringify(rules(old)) === JSON.stringify(rules(now))
      ? []
      : finding(
          {
            ...facts,
            rule: "M011",
            old: side(rules(old), old.name),
            new: side(rules(now), now.name),
            message: `The calendar ${now.name} divides the year, or counts business days, in another way.`,
          },
          telling,
        )),
    ...(JSON.stringify(files(old)) === JSON.stringify(files(now))
      ? []
      : finding(
          {
            ...facts,
            rule: "M030",
            old: side(files(old), paths(old)),
            new: side(files(now), paths(now)),
            message: `The calendar ${now.name} reads other files.`,
          },
          telling,
        )),
  ]
}

function givesRate({ result }: PlanCrosswalk): boolean {
  return "rate" in result
}
