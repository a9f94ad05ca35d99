// Lists: literals, `each`, aggregates. Rows are enumerated and filtered first, then sorted, then run one after another;
// every row is run although another failed, so that all issues are collected.
import { add, divide, fromInteger, type Rational } from "@fmap/runtime"
import type { PlanExpression, ValueType } from "../plan/index.ts"
import { compareValues } from "./compare-values.ts"
import { evaluate } from "./evaluate.ts"
import { enumerateRows, type Row } from "./rows.ts"
import { atRow, type Scope } from "./scope.ts"
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
  return value.kind === "each" ? evaluateEach(value, scope, offset) : evaluate(value, scope)
}

function listElements(value: Outcome): readonly Outcome[] {
  if (typeof value === "object" && value.kind === "list") return value.elements
  throw new BrokenPlan("a spread element is no list")
}

export function evaluateEach(expression: Of<"each">, scope: Scope, offset = 0): Outcome {
  const enumerated = enumerateRows(expression.generators, expression.where, scope)
  if (enumerated === MISSING || enumerated === SKIPPED) return enumerated
  const sorted = sortRows(enumerated.rows, expression.sort, scope)
  let poisoned = enumerated.poisoned || sorted.poisoned
  const elements: Outcome[] = []
  for (const row of sorted.rows) {
    row.enter()
    if (expression.position !== null) {
      scope.variables.set(expression.position, numberValue(fromInteger(BigInt(elements.length + 1))))
    }
    const element = evaluate(expression.body, atRow(scope, offset + elements.length))
    if (element === SKIPPED) continue
    if (element === POISON) poisoned = true
    elements.push(element)
  }
  return poisoned ? POISON : listValue(elements)
}

/** Stable. Where a key is poison the order is not known: rows stay as they came and the list is poison. */
function sortRows(
  rows: readonly Row[],
  sort: Of<"each">["sort"],
  scope: Scope,
): { readonly rows: readonly Row[]; readonly poisoned: boolean } {
  if (sort.length === 0) return { rows, poisoned: false }
  const keyed = rows.map(row => {
    row.enter()
    return { row, keys: sort.map(({ key }) => evaluate(key, scope)) }
  })
  if (keyed.some(({ keys }) => keys.some(isStopped))) return { rows, poisoned: true }
  const order = (a: readonly Outcome[], b: readonly Outcome[]): number => {
    for (const [i, { key, descending }] of sort.entries()) {
      const compared = compareValues(a[i] ?? MISSING, b[i] ?? MISSING, key.type)
      if (compared !== 0) return descending ? -compared : compared
    }
    return 0
  }
  return { rows: keyed.toSorted((a, b) => order(a.keys, b.keys)).map(({ row }) => row), poisoned: false }
}

export function evaluateAggregate(expression: Of<"aggregate">, scope: Scope): Outcome {
  const enumerated = enumerateRows(expression.generators, expression.where, scope)
  if (enumerated === MISSING || enumerated === SKIPPED) return enumerated
  const { value } = expression
  let poisoned = enumerated.poisoned
  const values: Outcome[] = []
  for (const row of enumerated.rows) {
    row.enter()
    const of = value === null ? true : evaluate(value, scope)
    if (of === SKIPPED) return SKIPPED
    if (of === POISON) poisoned = true
    values.push(of)
  }
  if (poisoned) return POISON
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
