// Lists: literals, `each`, aggregates. Rows are enumerated and filtered first, then sorted, then run one after another;
// every row is run although another failed, so that all issues are collected.
import { add, divide, fromInteger, type Rational } from "@fmap/runtime"
import type { PlanExpression, ValueType } from "../plan/index.ts"
import { compareValues } from "./compare-values.ts"
import { evaluate, traced } from "./evaluate.ts"
import { enterRow, type Row, type RowsFound, visitRows } from "./rows.ts"
import { atRow, type Scope } from "./scope.ts"
import { evaluateSharing, sharesIn } from "./share-rows.ts"
import {
  asBoolean,
  asNumber,
  BrokenPlan,
  isStopped,
  listValue,
  MISSING,
  numberValue,
  type Outcome,
  POISON,
  SKIPPED,
} from "./value.ts"

type Of<K extends PlanExpression["kind"]> = Extract<PlanExpression, { kind: K }>

export function evaluateList(expression: Of<"list">, scope: Scope): Outcome {
  const elements: Outcome[] = []
  let poisoned = false
  for (const element of expression.elements) {
    if (element.when !== null) {
      const when = evaluate(element.when, scope)
      if (isStopped(when)) poisoned = true
      if (when !== true) continue
    }
    const value = element.spread
      ? evaluateSpread(element.value, elements.length, scope)
      : evaluate(element.value, atRow(scope, elements.length))
    if (value === SKIPPED) return SKIPPED
    if (value === POISON) poisoned = true
    else if (element.spread) elements.push(...listElements(value))
    else elements.push(value)
  }
  return poisoned ? POISON : listValue(elements)
}

/** A list inside a list literal: its rows are numbered after the elements before it. */
function evaluateSpread(value: PlanExpression, offset: number, scope: Scope): Outcome {
  return value.kind === "each"
    ? traced(value, scope, () => evaluateEach(value, scope, offset))
    : evaluate(value, scope)
}

function listElements(value: Outcome): readonly Outcome[] {
  if (typeof value === "object" && value.kind === "list") return value.elements
  throw new BrokenPlan("a spread element is no list")
}

export function evaluateEach(expression: Of<"each">, scope: Scope, offset = 0): Outcome {
  if (sharesIn(expression.body)) return evaluateSharing(expression, scope, offset)
  const elements: Outcome[] = []
  let poisoned = false
  const { carries = [] } = expression
  for (const { variable, start } of carries)
    scope.variables.set(variable, start === null ? MISSING : evaluate(start, scope))
  const run = (): void => {
    if (expression.position !== null) {
      scope.variables.set(expression.position, numberValue(fromInteger(BigInt(elements.length + 1))))
    }
    const element = evaluate(expression.body, atRow(scope, offset + elements.length))
    if (element === SKIPPED) return
    if (element === POISON) poisoned = true
    elements.push(element)
    // A row that failed leaves failure.
    const left = carries.map(({ value }) => (element === POISON ? POISON : evaluate(value, scope)))
    carries.forEach(({ variable }, i) => {
      scope.variables.set(variable, left[i] ?? MISSING)
    })
  }
  const leave = (exit: PlanExpression): void => {
    if (evaluate(exit, atRow(scope, offset + elements.length)) === SKIPPED) return
    poisoned = true
    elements.push(POISON)
  }
  const found = visitEach(expression, scope, run, leave)
  // Poison wins over missing: a list that is not known cannot be known to be missing.
  if (poisoned || found.poisoned) return POISON
  return found.missing ? MISSING : listValue(elements)
}

/** The kept rows in the order they are run. */
export function visitEach(
  expression: Of<"each">,
  scope: Scope,
  run: (row: Row) => void,
  leave: (exit: PlanExpression) => void,
): RowsFound {
  return expression.sort.length === 0
    ? visitRows(expression.generators, expression.where, scope, run, leave)
    : visitSorted(expression, scope, run, leave)
}

/** All rows are found before the first is run. Stable. A row with a poison key has no place: it is not run. */
function visitSorted(
  { generators, where, sort }: Of<"each">,
  scope: Scope,
  run: (row: Row) => void,
  leave: (exit: PlanExpression) => void,
): RowsFound {
  const keyed: { readonly row: Row; readonly keys: readonly Outcome[] }[] = []
  let unplaced = false
  const found = visitRows(
    generators,
    where,
    scope,
    row => {
      const keys: Outcome[] = []
      for (const { key } of sort) {
        const value = evaluate(key, scope)
        if (isStopped(value)) {
          unplaced = true
          return
        }
        keys.push(value)
      }
      keyed.push({ row, keys })
    },
    leave,
  )
  const order = (a: readonly Outcome[], b: readonly Outcome[]): number => {
    for (const [i, { key, descending }] of sort.entries()) {
      const compared = compareValues(a[i] ?? MISSING, b[i] ?? MISSING, key.type)
      if (compared !== 0) return descending ? -compared : compared
    }
    return 0
  }
  for (const { row } of keyed.toSorted((a, b) => order(a.keys, b.keys))) {
    enterRow(row, scope)
    run(row)
  }
  return { ...found, poisoned: found.poisoned || unplaced }
}

export function evaluateAggregate(expression: Of<"aggregate">, scope: Scope): Outcome {
  const { value } = expression
  const values: Outcome[] = []
  const found = visitRows(expression.generators, expression.where, scope, () => {
    values.push(value === null ? true : evaluate(value, scope))
  })
  if (values.includes(SKIPPED)) return SKIPPED
  if (found.poisoned || values.includes(POISON)) return POISON
  if (found.missing) return MISSING
  return aggregate(expression.operation, values, value?.type ?? { kind: "bool" })
}

function aggregate(
  operation: Of<"aggregate">["operation"],
  values: readonly Outcome[],
  type: ValueType,
): Outcome {
  switch (operation) {
    case "count":
      return numberValue(fromInteger(BigInt(values.length)))
    case "sum":
      return numberValue(sum(values))
    case "average": {
      const average = divide(sum(values), fromInteger(BigInt(values.length)))
      return average === undefined ? MISSING : numberValue(average)
    }
    case "any":
      return values.some(value => asBoolean(value))
    case "all":
      return values.every(value => asBoolean(value))
    case "first":
      return values[0] ?? MISSING
    case "last":
      return values.at(-1) ?? MISSING
    case "min":
      return extreme(values, type, -1)
    case "max":
      return extreme(values, type, 1)
    case "distinct":
      return listValue(
        values.filter((value, i) => values.findIndex(other => compareValues(value, other, type) === 0) === i),
      )
  }
}

function sum(values: readonly Outcome[]): Rational {
  return values.reduce<Rational>((total, value) => add(total, asNumber(value)), fromInteger(0n))
}

/** The first of equals stays. */
function extreme(values: readonly Outcome[], type: ValueType, wanted: -1 | 1): Outcome {
  return values.reduce<Outcome>(
    (best, value) => (best === MISSING || compareValues(value, best, type) === wanted ? value : best),
    MISSING,
  )
}
