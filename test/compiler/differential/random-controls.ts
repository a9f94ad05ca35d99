// A random control `for each` key: both sides are aggregates over rows of which only those with the key of the group are kept, as the
// checker lowers it. Flows in: what can be read. Flows out: the sides and the groups, or null where there are no rows.
import type { PlanControlGroups, PlanExpression, ValueType } from "../../../compiler/plan/index.ts"
import { bool, compare, here, numeric, text } from "../interpret/plan-builders.ts"
import {
  condition,
  dateExpression,
  fresh,
  noExits,
  numberExpression,
  openList,
  type Reading,
  read,
  textExpression,
  typeOfNumber,
} from "./random-expressions.ts"

export interface GroupedSides {
  readonly left: PlanExpression
  readonly right: PlanExpression
  readonly groups: PlanControlGroups
}

export function groupedSides(reading: Reading): GroupedSides | null {
  const { draw } = reading
  const lists = reading.lists.filter(list => !list.source.maybe)
  if (lists.length === 0) return null
  const types: readonly ValueType[] = draw.pick([[text], [{ kind: "date" }], [text, { kind: "bool" }]])
  const keys = types.map((type, i) => ({
    name: draw.pick(["entity", "__proto__", "a b"]) + (i === 0 ? "" : i),
    variable: fresh(reading, `key${i}`, type),
    type,
    masked: draw.chance(10),
  }))
  const rows: PlanControlGroups["rows"][number][] = []
  const side = (): PlanExpression | null => {
    const opened = openList({ ...reading, inRow: false }, draw.pick(lists), false)
    if (opened.maybe) return null
    const inside = noExits(opened.inside)
    const values = types.map(type =>
      type.kind === "text"
        ? textExpression(inside, 0)
        : type.kind === "date"
          ? dateExpression(inside, 0)
          : condition(inside, 0),
    )
    const where = draw.chance(30) ? condition(inside, 0) : null
    rows.push({ generators: opened.generators, where, keys: values })
    const same = values.map((value, i) =>
      compare(value, "==", read(keys[i]?.variable ?? 0, types[i] ?? text)),
    )
    const kept = (where === null ? same : [where, ...same]).reduce((left, right) => ({
      kind: "logic",
      operator: "and",
      left,
      right,
      type: bool,
      maybe: false,
      at: here,
    }))
    const value = draw.chance(30) ? null : numberExpression(inside, 0)
    return {
      kind: "aggregate",
      operation: value === null ? "count" : "sum",
      generators: opened.generators,
      where: kept,
      value,
      type: value === null ? numeric(0) : { ...typeOfNumber(value), digits: null },
      maybe: false,
      at: here,
    }
  }
  const left = side()
  const right = side()
  return left === null || right === null ? null : { left, right, groups: { keys, rows } }
}
