// What is read of every row beside its record: the amounts to total by outcome. Flows in: the row of a set map, its `totals`.
// Flows out: figures as expressions over the row. A map that reads an amount totals it; nothing is asked of the author.
import { diagnostic, type TotalsClause } from "@fmap/grammar"
import type { PlanExpression, PlanSet, VariableId } from "../../plan/index.ts"
import type { BoundField, BoundShape } from "../../resolve/model.ts"
import type { NumberType, RecordType } from "../../types/type.ts"
import { type Context, place } from "../context.ts"
import { checkPath } from "../expressions/name.ts"
import { chainOf, type ReadNode } from "../reads.ts"
import { absolute, unitExpression } from "../units.ts"
import { isError, valueType } from "../values.ts"

export interface Figures {
  /** Index of the figure: each path is read once. */
  readonly add: (path: string, value: PlanExpression) => number
  readonly total: (path: string, value: PlanExpression, currency: PlanExpression | null) => void
  readonly all: () => Pick<PlanSet, "figures" | "totals">
}

export function newFigures(): Figures {
  const figures: { path: string; value: PlanExpression }[] = []
  const totals: PlanSet["totals"][number][] = []
  const add = (path: string, value: PlanExpression): number => {
    const known = figures.findIndex(figure => figure.path === path)
    return known >= 0 ? known : figures.push({ path, value }) - 1
  }
  return {
    add,
    total: (path, value, currency) => {
      const figure = add(path, value)
      if (totals.some(total => total.figure === figure)) return
      totals.push({ path, figure, currency: currency === null ? null : currencyFigure(currency, add) })
    },
    all: () => ({ figures, totals }),
  }
}

function currencyFigure(currency: PlanExpression, add: Figures["add"]): string | number | null {
  if (currency.kind === "literal") return String(currency.value)
  const chain = chainOf(currency)
  return chain === null ? null : add(chain.path.join("."), currency)
}

/** Every amount of the row that the map reads, in the order of the contract. */
export function totalAmounts(
  type: RecordType,
  row: VariableId,
  reads: ReadNode | undefined,
  figures: Figures,
  ctx: Context,
): void {
  for (const field of type.shape.fields) {
    if (field.type.kind !== "number" || field.type.role !== "money") continue
    if (reads === undefined || (!reads.whole && reads.members.get(field.name)?.whole !== true)) continue
    const amount = numberAt(field, type, row, ctx)
    figures.total(field.name, fieldOfRow(field, type.shape, row, ctx), currencyOf(amount, ctx))
  }
}

/** `totals r.quantity, r.account`. */
export function checkTotals(
  clauses: readonly TotalsClause[],
  row: VariableId,
  figures: Figures,
  ctx: Context,
): void {
  for (const path of clauses.flatMap(clause => clause.paths)) {
    const value = checkPath(path, ctx)
    if (isError(value)) continue
    const chain = chainOf(value.plan)
    const problem =
      chain === null || chain.variable !== row || chain.path.length === 0
        ? "it is no field of the row"
        : value.type.kind !== "number"
          ? "it is no number"
          : null
    if (problem !== null || value.type.kind !== "number") {
      ctx.state.report(
        diagnostic(
          "FM4197",
          { path: path.names.map(name => name.text).join("."), problem: problem ?? "" },
          place(ctx, path.span),
        ),
      )
      continue
    }
    figures.total(chain?.path.join(".") ?? "", value.plan, currencyOf(value.type, ctx))
  }
}

function numberAt(field: BoundField, type: RecordType, row: VariableId, ctx: Context): NumberType | null {
  const path = { root: row, rootName: "", path: [] }
  const { shape, arguments: units, system } = type
  const found = absolute(field.type, { path, shape, arguments: units, system }, ctx.state)
  return found.kind === "number" ? found : null
}

function currencyOf(type: NumberType | null, ctx: Context): PlanExpression | null {
  return type === null || type.unit === null ? null : unitExpression(type.unit, ctx, { start: 0, end: 0 })
}

function fieldOfRow(field: BoundField, shape: BoundShape, row: VariableId, ctx: Context): PlanExpression {
  const { state } = ctx
  const record = valueType({ kind: "record", shape, arguments: [], system: shape.system }, state)
  const at = state.at(field.place)
  return {
    kind: "field",
    of: { kind: "variable", variable: row, type: record, maybe: false, at },
    field: field.name,
    narrowed: false,
    type: valueType(field.type, state),
    maybe: field.optional,
    at,
  }
}
