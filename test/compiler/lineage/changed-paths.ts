// What differs between two documents of a target. Flows in: both, and the shapes. Flows out: paths of the target whose value differs; the
// rows of a list where their number does.
import { writeJson } from "@fmap/runtime"
import type { PlanShape } from "../../../compiler/plan/index.ts"
import { leavesOf } from "./leaves.ts"
import { shownPath } from "./target-edges.ts"

type Shapes = ReadonlyMap<string, PlanShape>

export function changedPaths(was: unknown, is: unknown, shapes: Shapes): readonly string[] {
  const before = targetLeaves(was, shapes)
  const after = targetLeaves(is, shapes)
  const places = new Set([...before.keys(), ...after.keys()])
  const changed = [...places].filter(place => before.get(place)?.shown !== after.get(place)?.shown)
  return [...new Set(changed.map(place => (before.get(place) ?? after.get(place))!.path))]
}

function targetLeaves(value: unknown, shapes: Shapes): ReadonlyMap<string, { path: string; shown: string }> {
  const leaves = leavesOf(value, "Target", shapes).filter(({ value: of, type }) => {
    const isContainer =
      typeof of === "object" && of !== null && ["record", "list", "dictionary"].includes(type.kind)
    return of !== undefined && !isContainer
  })
  return new Map(
    leaves.map(({ path, place, value: of }) => [
      place.join("/"),
      { path: shownPath(path), shown: writeJson(of) },
    ]),
  )
}
