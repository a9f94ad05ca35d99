// Fields of a target that a map makes from other fields of it, as a total is from its lines. Flows in: a map. Flows out: pairs of paths. Lineage leads such a field back to the sources; a change is found where it is made, and
// goes on from there.
import type { PlanMap } from "../plan/index.ts"

export interface MadeFrom {
  readonly from: readonly string[]
  readonly to: readonly string[]
}

type Path = readonly string[]

export function madeWithin({ body }: PlanMap): readonly MadeFrom[] {
  /** Fields whose values a variable holds, or is made of. */
  const holds = new Map<unknown, readonly Path[]>()
  const found: MadeFrom[] = []
  const reads = (node: unknown, path: Path | null): readonly Path[] => {
    if (typeof node !== "object" || node === null) return []
    if (Array.isArray(node)) return node.flatMap(item => reads(item, path))
    if ("steps" in node && Array.isArray(node.steps)) return steps(node.steps, path)
    const own =
      "kind" in node && node.kind === "variable" && "variable" in node ? (holds.get(node.variable) ?? []) : []
    return [
      ...own,
      ...Object.entries(node).flatMap(([name, part]) => (name === "at" ? [] : reads(part, path))),
    ]
  }
  const steps = (of: readonly object[], path: Path | null): readonly Path[] =>
    of.flatMap(step => {
      const isField =
        "kind" in step && step.kind === "field" && "field" in step && typeof step.field === "string"
      const inside = isField && path !== null ? [...path, String(step.field)] : path
      const read = unique(reads("value" in step ? step.value : { ...step, kind: "step" }, inside))
      if ("variable" in step) holds.set(step.variable, isField && inside !== null ? [inside] : read)
      if (isField && inside !== null)
        for (const from of read) if (!isAround(from, inside)) found.push({ from, to: inside })
      return read
    })
  steps(body.steps, [])
  return [...new Map(found.map(one => [JSON.stringify(one), one])).values()]
}

function unique(paths: readonly Path[]): readonly Path[] {
  return [...new Map(paths.map(path => [path.join("\n"), path])).values()]
}

/** The field itself, or a record around it or within it. */
function isAround(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length)
  return one.slice(0, length).every((name, i) => name === other[i])
}
