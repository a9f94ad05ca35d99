// Where a value loses something by rule: roundings, cuts and shares. Flows in: the expression of a field. Flows out: words, one for each
// spoken loss, without those of rows and records inside.
import { childrenOf } from "../../plan/children.ts"
import type { PlanExpression } from "../../plan/index.ts"
import type { Naming } from "../words/naming.ts"
import { roundingWords, sayExpression, sayScale } from "../words/say-expression.ts"
import { say, type Words } from "../words/words.ts"

export function lossesOf(node: PlanExpression, naming: Naming): readonly Words[] {
  if (node.kind === "record") return []
  const below = childrenOf(node)
    .filter(({ expression }) => node.kind !== "each" || expression !== node.body)
    .flatMap(({ expression }) => lossesOf(expression, naming))
  if (node.kind === "round")
    return [...below, say`rounded to ${sayScale(node, naming)}, ${roundingWords[node.mode]}`]
  if (node.kind === "call" && node.function === "truncate") {
    const [, length] = node.arguments
    return [
      ...below,
      length === undefined ? say`cut` : say`cut after ${sayExpression(length, naming)} characters`,
    ]
  }
  return below
}
