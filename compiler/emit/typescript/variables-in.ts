// Which variables a part of the Plan mentions. Flows in: any nodes. Flows out: ids, read or given alike: who asks knows which
// ones he gave.
import type { VariableId } from "../../plan/index.ts"

export function variablesIn(nodes: unknown): ReadonlySet<VariableId> {
  const found = new Set<VariableId>()
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item)
      return
    }
    if (typeof value !== "object" || value === null) return
    if ("variable" in value && typeof value.variable === "number") found.add(value.variable)
    for (const part of Object.values(value)) visit(part)
  }
  visit(nodes)
  return found
}
