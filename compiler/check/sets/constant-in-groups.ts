// Which target fields are the same for all rows of a group. Flows in: the finished steps of the body, the keys, the variable of
// the row. Flows out: the fields that follow from the keys, from inputs of the whole run or from constants. It must not know types.
import { childrenOf } from "../../plan/children.ts"
import type { PlanExpression, PlanStep, VariableId } from "../../plan/index.ts"

/** A value follows from the keys where it is one of their values, or reads nothing else that differs from row to row. */
export function constantInGroups(
  steps: readonly PlanStep[],
  keys: ReadonlySet<string>,
  row: VariableId,
): ReadonlySet<string> {
  const varying = new Set<VariableId>([row])
  const known = new Set<string>()
  const constant = new Set<string>()
  for (const step of steps) if (step.kind === "field" && keys.has(step.field)) known.add(computed(step.value))
  for (const step of steps) {
    if (step.kind !== "let" && step.kind !== "derive" && step.kind !== "field") continue
    const isKey = step.kind === "field" && keys.has(step.field)
    if (!isKey && varies(step.value, varying, known)) varying.add(step.variable)
    else if (step.kind !== "let") constant.add(step.field)
  }
  return constant
}

function varies(node: PlanExpression, varying: ReadonlySet<VariableId>, known: ReadonlySet<string>): boolean {
  if (known.has(computed(node))) return false
  if (node.kind === "variable") return varying.has(node.variable)
  return childrenOf(node).some(({ expression }) => varies(expression, varying, known))
}

/** What an expression computes, whoever wrote it where: without positions, and without the fit to a field. */
function computed(node: PlanExpression): string {
  return JSON.stringify(node, (key, value: unknown) => {
    if (key === "at") return undefined
    return isFit(value) ? value.of : value
  })
}

function isFit(value: unknown): value is { readonly of: unknown } {
  return (
    typeof value === "object" && value !== null && "kind" in value && value.kind === "fit" && "of" in value
  )
}
