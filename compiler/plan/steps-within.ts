// Every step of a map, those of the records and rows it makes too. Flows in: a block. Flows out: steps with the target field they stand
// below: `lines[]` for what is said in each row. In the order they are written in the Plan.
import { childrenOf, childrenOfStep } from "./children.ts"
import type { PlanBlock, PlanExpression, PlanStep } from "./index.ts"

export interface PlacedStep {
  readonly step: PlanStep
  /** The target field whose record the step belongs to; empty: the target itself. */
  readonly path: string
}

export function stepsWithin(block: PlanBlock, path = ""): readonly PlacedStep[] {
  return block.steps.flatMap(step => {
    const here = step.kind === "field" ? (path === "" ? step.field : `${path}.${step.field}`) : path
    return [{ step, path }, ...childrenOfStep(step).flatMap(({ expression }) => inside(expression, here))]
  })
}

function inside(node: PlanExpression, path: string): readonly PlacedStep[] {
  if (node.kind === "record") return stepsWithin(node.block, path)
  const here = node.kind === "each" || node.kind === "list" ? `${path}[]` : path
  return childrenOf(node).flatMap(({ expression }) => inside(expression, here))
}
