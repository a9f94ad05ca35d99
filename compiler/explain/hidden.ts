// Is a traced value personal or confidential, or made of what is? Flows in: a traced expression. Flows out: yes or no. Whether something
// holds, and what a crosswalk answers, tells nothing of what was asked.
import type { PlanIndex } from "../interpret/internals.ts"
import { originOf, stepsOf } from "./made-of.ts"
import type { Traced } from "./record-trace.ts"

export function hiddenValues(index: PlanIndex): (traced: Traced) => boolean {
  const known = new Map<Traced, boolean>()
  const isHidden = (traced: Traced): boolean => {
    const before = known.get(traced)
    if (before !== undefined) return before
    const found = traced.place.masked || (typeof traced.value !== "boolean" && isMadeOfHidden(traced))
    known.set(traced, found)
    return found
  }
  const isMadeOfHidden = ({ expression, children, stands }: Traced): boolean => {
    switch (expression.kind) {
      case "lookup":
        return false
      case "variable":
        if (stands === null || stands.kind === "row") return false
        if (stands.kind !== "share") return isHidden(stands.traced)
        return [stands.total, stands.weight].some(part => part !== null && isHidden(part))
      case "field": {
        const [of] = children
        if (of === undefined) return false
        const origin = originOf(of)
        if (origin !== undefined) {
          const fields = index.shape(origin.shape).fields
          const field = fields.find(({ name }) => name === expression.field)
          return origin.masked || field?.pii === true || field?.confidential === true
        }
        const step = stepsOf(of)?.get(expression.field)
        return step === undefined ? isHidden(of) : isHidden(step.traced)
      }
      default:
        return children.some(isHidden)
    }
  }
  return isHidden
}
