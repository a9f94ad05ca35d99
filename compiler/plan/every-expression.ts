// Every expression below some, at any depth. Flows in: expressions. Flows out: they and all they are made of. Iterative: chains of
// operators may be of any length.
import { childrenOf } from "./children.ts"
import type { PlanExpression } from "./expression.ts"

export function* everyExpression(roots: Iterable<PlanExpression>): Generator<PlanExpression> {
  const waiting = [...roots].reverse()
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node
    waiting.push(
      ...childrenOf(node)
        .map(({ expression }) => expression)
        .reverse(),
    )
  }
}
