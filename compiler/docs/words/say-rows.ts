// Where rows come from, in words. Flows in: generators with their filter and order. Flows out: "each row of opp.lines (line) where …, in
// order of …". What stands in the rows is told by the lines of the sheet.

import type { Naming } from "./naming.ts"
import type { ExpressionOf, PlanExpression } from "./parts.ts"
import { sayCondition } from "./say-condition.ts"
import { sayPart } from "./say-expression.ts"
import { code, listed, say, separated, type Words } from "./words.ts"

type Generators = ExpressionOf<"each">["generators"]

export function sayEach({ generators, where, sort }: ExpressionOf<"each">, naming: Naming): Words {
  const order =
    sort.length === 0
      ? []
      : say`, in order of ${listed(
          sort.map(
            ({ key, descending }) => say`${sayPart(key, naming)}${descending ? " (greatest first)" : ""}`,
          ),
        )}`
  return say`one row for each row of ${sayGenerators(generators, where, naming)}${order}`
}

export function sayGenerators(generators: Generators, where: PlanExpression | null, naming: Naming): Words {
  const sources = generators.map(generator => {
    const { variable, source, join } = generator
    const name = naming.standsFor(variable) === undefined ? say` (${code(naming.nameOf(variable))})` : []
    const rows = say`${sayPart(source, naming)}${name}`
    if (join === undefined) return rows
    const keys = join.keys.map(
      ({ outer, inner }) => say`${sayPart(inner, naming)} equals ${sayPart(outer, naming)}`,
    )
    return say`${matchWords[join.matches]} of ${rows} where ${listed(keys)}`
  })
  const filter = where === null ? [] : say` where ${sayCondition(where, naming)}`
  return say`${separated(sources, ", with ")}${filter}`
}

const matchWords = {
  one: "exactly one row",
  optional: "at most one row",
  many: "every row",
} as const
