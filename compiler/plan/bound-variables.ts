// The variables that a generator binds anew for each row. Flows in: a generator. Flows out: their ids, the row's own first.
import type { PlanGenerator, VariableId } from "./expression.ts"

export function boundVariables({ variable, rows, tree }: PlanGenerator): readonly VariableId[] {
  const more = tree === undefined ? [] : [tree.parent, tree.children, tree.descendants, tree.depth]
  return rows === undefined ? [variable, ...more] : [variable, rows, ...more]
}
