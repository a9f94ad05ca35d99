// From a pointer into a result to the names of the target. Flows in: an RFC 6901 pointer, the shape of the target. Flows out: the path of
// field names and row numbers, or null where the shape has no such place.
import type { PlanIndex } from "../interpret/internals.ts"
import type { PlanShape, WireType } from "../plan/index.ts"

export function placeInResult(
  pointer: string,
  target: PlanShape,
  index: PlanIndex,
): readonly (string | number)[] | null {
  if (pointer !== "" && !pointer.startsWith("/")) return null
  const steps = pointer
    .split("/")
    .slice(1)
    .map(step => step.replaceAll("~1", "/").replaceAll("~0", "~"))
  const path: (string | number)[] = []
  let type: WireType = { kind: "record", shape: target.id, arguments: [] }
  let isBelowUnder = false
  for (const step of steps) {
    if (type.kind === "record") {
      const field: PlanShape["fields"][number] | undefined = index
        .shape(type.shape)
        .fields.find(({ wireName }) => wireName === step)
      if (field === undefined) return null
      path.push(field.name)
      type = field.type
      isBelowUnder = false
    } else if (type.kind === "list") {
      const under = typeof type.wire === "object" && "under" in type.wire ? type.wire.under : null
      if (under === step && !isBelowUnder) {
        isBelowUnder = true
        continue
      }
      if (!/^(?:0|[1-9]\d*)$/u.test(step)) return null
      path.push(Number(step))
      type = type.of
      isBelowUnder = false
    } else return null
  }
  return path
}
