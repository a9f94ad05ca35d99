// Law 5 of `collect`: what a group can end with beyond its rows. Flows in: the checked clause. Flows out: codes.
import { fieldWireType } from "../../lower/shapes.ts"
import type { PlanCode, PlanCollect } from "../../plan/index.ts"
import type { BoundShape } from "../../resolve/model.ts"

const verbs = { hold: "hold", reject: "reject", drop: "skip", keep: "warn" } as const

export function collectCodes(collect: PlanCollect, target: BoundShape): PlanCode[] {
  const { folds, incomplete, at } = collect
  const codes: PlanCode[] = [{ code: "INCOMPLETE_GROUP", verb: verbs[incomplete], origin: "map", at: [at] }]
  const narrow = target.fields.filter(
    field =>
      folds.some(fold => fold.field === field.name && fold.operation === "sum") &&
      mayOverflow(fieldWireType(field, target, target.system)),
  )
  if (narrow.length > 0) codes.push({ code: "OUT_OF_RANGE", verb: "reject", origin: "assignment", at: [at] })
  return codes
}

/** A sum has as many digits after the point as its terms, and more before it. */
function mayOverflow(type: ReturnType<typeof fieldWireType>): boolean {
  if (type.kind === "int") return type.min !== null || type.max !== null
  return "precision" in type && (type.precision !== null || type.low !== null || type.high !== null)
}
