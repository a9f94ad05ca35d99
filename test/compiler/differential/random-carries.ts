// Random looks back: what a row leaves to the next one. Flows in: what a row may read. Flows out: the carries of an `each`, and the
// variables its body may read beside the rest.
import type { PlanExpression } from "../../../compiler/plan/index.ts"
import {
  arithmeticExpression,
  figureOf,
  fresh,
  noExits,
  numberExpression,
  type Reading,
  read,
  textExpression,
  typeOfNumber,
} from "./random-expressions.ts"

type Carries = NonNullable<Extract<PlanExpression, { kind: "each" }>["carries"]>

export function randomCarries(row: Reading): {
  readonly carries: Carries
  readonly readables: readonly PlanExpression[]
} {
  const { draw } = row
  const safe = noExits(row)
  const carries: Carries[number][] = []
  const readables: PlanExpression[] = []
  if (draw.chance(60)) {
    const value = draw.chance(60) ? numberExpression(safe, 1) : textExpression(safe, 0)
    const variable = fresh(row, "previous", value.type, true)
    carries.push({ variable, start: null, value })
    readables.push(read(variable, value.type, true))
  }
  if (draw.chance(60)) {
    const of = numberExpression(safe, 1)
    const type = { ...typeOfNumber(of), digits: null }
    const variable = fresh(row, "running", type)
    const value = arithmeticExpression("+", read(variable, type), of)
    carries.push({ variable, start: figureOf("0"), value: { ...value, type } as PlanExpression })
    readables.push(value)
  }
  return { carries, readables }
}
