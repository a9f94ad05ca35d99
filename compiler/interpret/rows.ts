// The rows of generators, flat, outermost first. Flows in: generators and a condition. Flows out: each kept row, visited with its
// loop variables bound; and whether the rows are known at all. Elements of payload lists are decoded here, one row at a time.
import type { PlanExpression, PlanGenerator, VariableId } from "../plan/index.ts"
import { decodeElement } from "./decode-element.ts"
import { evaluate } from "./evaluate.ts"
import type { Scope } from "./scope.ts"
import { asBoolean, BrokenPlan, isStopped, MISSING, type Outcome } from "./value.ts"

/** The loop variables of one row. */
export type Row = readonly (readonly [VariableId, Outcome])[]

/** `poisoned`: which rows there are is not known, so what is made of them is poison. `missing`: a list was. */
export interface RowsFound {
  readonly missing: boolean
  readonly poisoned: boolean
}

export function visitRows(
  generators: readonly PlanGenerator[],
  where: PlanExpression | null,
  scope: Scope,
  visit: (row: Row) => void,
): RowsFound {
  let missing = false
  let poisoned = false
  const descend = (depth: number, bound: Row): void => {
    const generator = generators[depth]
    if (generator === undefined) {
      const kept = where === null ? true : evaluate(where, scope)
      if (isStopped(kept)) poisoned = true
      else if (asBoolean(kept)) visit(bound)
      return
    }
    const source = evaluate(generator.source, scope)
    if (source === MISSING) missing = true
    else if (isStopped(source)) poisoned = true
    else {
      let index = 0
      for (const element of elementsOf(source, generator, scope)) {
        scope.run.trace?.({ kind: "row", generator, index, scope })
        index++
        const row: Row = [...bound, ...element]
        enterRow(row, scope)
        descend(depth + 1, row)
      }
    }
  }
  descend(0, [])
  return { missing, poisoned }
}

/** Binds the loop variables to a row again. */
export function enterRow(row: Row, scope: Scope): void {
  for (const [id, value] of row) scope.variables.set(id, value)
}

function* elementsOf(source: Outcome, generator: PlanGenerator, scope: Scope): Iterable<Row> {
  const { variable } = generator
  if (typeof source === "object" && source.kind === "list")
    for (const element of source.elements) yield [[variable, element]]
  else if (typeof source === "object" && source.kind === "rows") {
    if (generator.element === null)
      throw new BrokenPlan("a generator over payload rows says not what it reads of them")
    for (const [i, row] of source.rows.entries())
      yield [[variable, decodeElement(row, i, source, generator.element, scope)]]
  } else if (typeof source === "object" && source.kind === "groups") {
    if (generator.rows === undefined)
      throw new BrokenPlan("a generator over groups has no name for their rows")
    for (const { keys, rows } of source.groups)
      yield [
        [variable, keys],
        [generator.rows, rows],
      ]
  } else throw new BrokenPlan("a generator's source is no list")
}
