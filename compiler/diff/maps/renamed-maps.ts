// Maps that only have another name. Flows in: both Plans. Flows out: the old name by the new one, of maps from the same contracts to the same one that are proved to make the same. What was renamed and changed
// at once is a map that went and one that came: nobody can tell.
import type { Plan, PlanMap } from "../../plan/index.ts"
import { createForms } from "./form.ts"
import { mapChanges } from "./map-changes.ts"
import { shapesOf } from "./map-form.ts"
import { crosswalkNames, written } from "./written.ts"

export function renamedMaps(old: Plan, now: Plan): ReadonlyMap<string, string> {
  const [before, after] = [namesOf(old), namesOf(now)]
  const gone = old.maps.filter(({ name }) => !after.has(name))
  const come = now.maps.filter(({ name }) => !before.has(name))
  if (gone.length === 0 || come.length === 0) return new Map()
  const side = createForms()
  const names = crosswalkNames(old, now)
  const was = { shapes: shapesOf(old), forms: side(), crosswalk: names.old }
  const is = { shapes: shapesOf(now), forms: side(), crosswalk: names.new }
  const sameContracts = written(old.shapes) === written(now.shapes)
  const isSame = (one: PlanMap, other: PlanMap): boolean =>
    endsOf(one) === endsOf(other) &&
    mapChanges({ ...was, map: one }, { ...is, map: other }, () => false, sameContracts).length === 0
  const left = new Set(gone)
  const found = new Map<string, string>()
  for (const map of come) {
    const known = [...left].find(one => isSame(one, map))
    if (known === undefined) continue
    left.delete(known)
    found.set(map.name, known.name)
  }
  return found
}

function namesOf({ maps }: Plan): ReadonlySet<string> {
  return new Set(maps.map(({ name }) => name))
}

/** From which contracts to which one. */
function endsOf({ sources, target }: PlanMap): string {
  return JSON.stringify([sources.map(({ binding }) => binding.shape).toSorted(), target.shape])
}
