// Platforms, and the company's own model between them. Flows in: a system. Flows out: which of the two it is.
import type { PlanSystem } from "../plan/index.ts"

/** Kinds of systems that hold the company's own model: data is there only on its way. */
const own: readonly (string | null)[] = ["canonical", "domain", "process"]

export function isPlatform({ kind }: PlanSystem): boolean {
  return !own.includes(kind)
}
