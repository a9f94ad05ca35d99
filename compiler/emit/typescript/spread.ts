// A total spread over periods: a call of the runtime that gives the rows a loop runs over, on either way.
import { needsFile } from "../../plan/calendar-needs.ts"
import type { PlanExpression } from "../../plan/index.ts"
import { evaluateValue } from "./expression.ts"
import { emit, type Flow, insideType, type Operand, scaleOf, settled, valueOf } from "./flow.ts"
import { cast, constant, data, member, name, named, number, string, union } from "./javascript/build.ts"

type Spread = Extract<PlanExpression, { kind: "spread" }>

export function spread(flow: Flow, node: Spread, hint: string): Operand {
  const total = evaluateValue(flow, node.total, "total")
  const from = evaluateValue(flow, node.from, "from")
  const to = evaluateValue(flow, node.to, "to")
  const currency = node.coin === null ? undefined : evaluateValue(flow, node.coin, "currency")
  if (total === null || from === null || to === null || currency === null) return { kind: "never" }
  const { module } = flow
  const calendar = needsFile("period_of", module.index.calendar(node.calendar))
    ? member(name("reference"), node.calendar)
    : name(module.calendar(node.calendar))
  const coin =
    currency === undefined ? number(0) : module.call("coinDigits", currency.js, number(scaleOf(total.type)))
  const id = flow.names.fresh(hint)
  const parts = module.call(
    flow.mode === "fast" ? "spreadFast" : "spread",
    calendar,
    total.js,
    coin,
    from.js,
    to.js,
    data(node.inclusive),
    string(node.by),
    string(node.rule),
  )
  emit(flow, constant(id, cast(parts, union(insideType(flow, node.type), named("undefined"))), node.at))
  return settled(flow, valueOf(name(id), node.type, { missing: true }))
}
