// What a control compared when it did not hold. Flows in: texts, already masked where they are personal. Flows out: the figures an issue
// carries, and the sentence that says them.
import { shortened } from "./shown-value.ts"

/** One comparison that did not hold. Figures stand as decimal text; personal ones are left out. */
export interface ControlFigures {
  /** Keys and values of the group, for a control `for each`. */
  readonly group?: readonly { readonly key: string; readonly value: string }[]
  readonly left?: string
  readonly right?: string
  /** Left less right, where both are numbers. */
  readonly difference?: string
  readonly tolerance?: string
}

export interface ControlResult {
  readonly title: string
  readonly operator: string
  /** In order of first appearance of their groups. */
  readonly failed: readonly ControlFigures[]
}

/** `balanced: EUR: 100.00 == 90.00 is not so, difference 10.00`. */
export function controlMessage({ title, operator, failed }: ControlResult): string {
  return shortened(`${title}: ${failed.map(figures => sentence(figures, operator)).join("; ")}`)
}

function sentence({ group, left, right, difference, tolerance }: ControlFigures, operator: string): string {
  const of = group === undefined ? "" : `${group.map(({ value }) => value).join(", ")}: `
  if (left === undefined || right === undefined) return `${of}does not hold`
  const off = difference === undefined ? "" : `, difference ${difference}`
  const allowed = tolerance === undefined ? "" : `, tolerance ${tolerance}`
  return `${of}${left} ${operator} ${right} is not so${off}${allowed}`
}
