// A type with what it inherits. Flows in: a type and all types. Flows out: the type with keys, properties and navigations of
// its bases before its own. A circle of bases ends where it begins.
import type { EdmStructure } from "./edm-model.ts"

export function allOfType(
  structure: EdmStructure,
  structures: ReadonlyMap<string, EdmStructure>,
): EdmStructure {
  const line: EdmStructure[] = []
  const seen = new Set<string>()
  for (let at: EdmStructure | undefined = structure; at !== undefined && !seen.has(at.name); ) {
    seen.add(at.name)
    line.unshift(at)
    at = at.base === null ? undefined : structures.get(at.base)
  }
  if (line.length === 1) return structure
  return {
    ...structure,
    isOpen: line.some(each => each.isOpen),
    keys: line.flatMap(each => each.keys),
    properties: line.flatMap(each => each.properties),
    navigations: line.flatMap(each => each.navigations),
  }
}
