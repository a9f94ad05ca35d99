// The rows of generators, flat, outermost first. Flows in: generators and a condition. Flows out: the kept rows (each can
// bring its loop variables back), or missing when a list is. Elements of payload lists are decoded here.
import type { PlanExpression, PlanGenerator, VariableId } from "../plan/index.ts"
import { decodeElement } from "./decode-element.ts"
import { evaluate } from "./evaluate.ts"
import type { Scope } from "./scope.ts"
import { asBoolean, BrokenPlan, isStopped, MISSING, type Outcome, type SKIPPED } from "./value.ts"

export interface Row {
  /** Binds the loop variables to this row. */
  readonly enter: () => void
}
export interface Rows {
  readonly rows: readonly Row[]
  /** Which rows there are is not known for certain: what is made of them is poison. */
  readonly poisoned: boolean
}

export function enumerateRows(
  generators: readonly PlanGenerator[],
  where: PlanExpression | null,
  scope: Scope,
): Rows | typeof MISSING | typeof SKIPPED {
  const rows: Row[] = []
  let missing = false
  let poisoned = false
  const visit = (depth: number, bound: readonly (readonly [VariableId, Outcome])[]): void => {
    const generator = generators[depth]
    if (generator === undefined) {
      const kept = where === null ? true : evaluate(where, scope)
      if (isStopped(kept)) poisoned = true
      else if (asBoolean(kept)) {
        rows.push({
          enter: () => {
            for (const [id, value] of bound) scope.variables.set(id, value)
          },
        })
      }
      return
    }
    const source = evaluate(generator.source, scope)
    if (source === MISSING) missing = true
    else if (isStopped(source)) poisoned = true
    else {
      for (const element of elementsOf(source, generator, scope)) {
        scope.variables.set(generator.variable, element)
        visit(depth + 1, [...bound, [generator.variable, element]])
      }
    }
  }
  visit(0, [])
  // Poison wins over missing: a list that is not known cannot be known to be missing.
  return missing && !poisoned ? MISSING : { rows, poisoned }
}

function* elementsOf(source: Outcome, generator: PlanGenerator, scope: Scope): Iterable<Outcome> {
  if (typeof source === "object" && source.kind === "list") yield* source.elements
  else if (typeof source === "object" && source.kind === "rows") {
    if (generator.element === null)
      throw new BrokenPlan("a generator over payload rows says not what it reads of them")
    for (const [i, row] of source.rows.entries())
      yield decodeElement(row, i, source, generator.element, scope)
  } else throw new BrokenPlan("a generator's source is no list")
}
