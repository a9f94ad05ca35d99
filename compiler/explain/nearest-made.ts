// What was made for a place of a result. Flows in: the trace of a record, a pointer. Flows out: the traced expression that gave it; null
// where nothing was made there or around it.
import type { Recording, Traced } from "./record-trace.ts"

/** What was made for the place, or else for the nearest place around it. A row that took the place of a dropped one comes later. */
export function nearestMade(
  { roots, members }: Pick<Recording, "roots" | "members">,
  root: string,
  pointer: string,
): Traced | null {
  const fields = [...members.values()].map(step => step.traced)
  const find = (traced: Traced): Traced | null =>
    (fields.includes(traced) && isAt(traced, root, pointer) ? traced : null) ??
    madeBelow(traced, root, pointer)
  const found = roots.map(find).findLast(one => one !== null)
  if (found !== undefined && found !== null) return found
  return pointer === ""
    ? null
    : nearestMade({ roots, members }, root, pointer.slice(0, pointer.lastIndexOf("/")))
}

/** The fields of a record and the rows of a list; not the messages and conditions that stand at the same place. */
function madeBelow(traced: Traced, root: string, pointer: string): Traced | null {
  const { expression, members, children } = traced
  const fields = [...members.values()].map(step => step.traced)
  const isMade = (child: Traced): boolean =>
    fields.includes(child) ||
    (expression.kind === "each" && expression.body === child.expression) ||
    (expression.kind === "list" && expression.elements.some(({ value }) => value === child.expression))
  return (
    children
      .map(child => (isMade(child) && isAt(child, root, pointer) ? child : madeBelow(child, root, pointer)))
      .findLast(one => one !== null) ?? null
  )
}

function isAt({ place }: Traced, root: string, pointer: string): boolean {
  return place.root === root && place.pointer === pointer
}
