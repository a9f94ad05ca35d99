// What a traced value is made of, seen through names, fallbacks and rows. Flows in: traced expressions. Flows out: where a record stands in a
// payload, the steps of one that was made, the rows of a list that was made. Shows nothing.
import type { RecordOrigin } from "../interpret/internals.ts"
import { SKIPPED } from "../interpret/internals.ts"
import type { Step, Traced } from "./record-trace.ts"

/** Of a value that was read from a payload as it is. */
export function originOf({ value }: Traced): RecordOrigin | undefined {
  return typeof value === "object" && value.kind === "record" ? value.origin : undefined
}

/** The steps of the record a value is, through names, fallbacks and rows. */
export function stepsOf(traced: Traced): ReadonlyMap<string, Step> | null {
  const { expression, stands, children } = traced
  switch (expression.kind) {
    case "record":
      return traced.members
    case "variable":
      if (stands === null) return null
      if (stands.kind === "row") {
        const row = rowsOf(stands.source)[stands.index]
        return row === undefined ? null : stepsOf(row)
      }
      return stands.kind === "share" ? null : stepsOf(stands.traced)
    case "field": {
      const [of] = children
      const step = of === undefined ? undefined : stepsOf(of)?.get(expression.field)
      return step === undefined ? null : stepsOf(step.traced)
    }
    case "fit":
    case "else":
    case "switch":
    case "conditional": {
      const last = children.at(-1)
      return last === undefined ? null : stepsOf(last)
    }
    default:
      return null
  }
}

/** The rows of a list that was made here. */
function rowsOf(traced: Traced): readonly Traced[] {
  const { expression, stands, children } = traced
  switch (expression.kind) {
    case "each":
      return children.filter(child => child.expression === expression.body && child.value !== SKIPPED)
    case "list":
      return children.filter(child => expression.elements.some(({ value }) => value === child.expression))
    case "variable":
      return stands === null || stands.kind === "row" || stands.kind === "share" ? [] : rowsOf(stands.traced)
    case "field": {
      const [of] = children
      const step = of === undefined ? undefined : stepsOf(of)?.get(expression.field)
      return step === undefined ? [] : rowsOf(step.traced)
    }
    case "fit":
    case "else": {
      const last = children.at(-1)
      return last === undefined ? [] : rowsOf(last)
    }
    default:
      return []
  }
}
