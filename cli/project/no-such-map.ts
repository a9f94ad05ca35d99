// What to say when a map is named that is not there. Flows in: the name and the Plan. Flows out: a sentence with the nearest name.
import type { Plan } from "@fmap/compiler"
import { suggest } from "@fmap/grammar"

export function noSuchMap(name: string, plan: Plan): string {
  const names = plan.maps.map(map => map.name)
  const meant = suggest(name, names)
  if (meant !== undefined) return `There is no map "${name}". Did you mean "${meant}"?`
  return names.length === 0
    ? "The project has no map."
    : `There is no map "${name}"; there are: ${names.join(", ")}.`
}
