// Points in time and clocks on walls: calls of the runtime with a zone that the module makes once.
import type { PlanExpression } from "../../plan/index.ts"
import { evaluateValue } from "./expression.ts"
import { atom, emit, type Flow, giveUp, insideType, type Operand, settled, valueOf } from "./flow.ts"
import { binary, cast, constant, data, name, nothing, string, when } from "./javascript/build.ts"

type Zoned = Extract<PlanExpression, { kind: "zoned" }>
const runs = { date: "dateOf", datetime: "datetimeOf", instant: "instantOf" } as const

export function zoned(flow: Flow, node: Zoned): Operand {
  const of = evaluateValue(flow, node.of, "time")
  if (of === null) return { kind: "never" }
  const text = atom(flow, of.js, "time")
  const policy = node.gives === "instant" ? [string(node.policy)] : []
  const id = flow.names.fresh(node.gives)
  emit(
    flow,
    constant(
      id,
      flow.module.call(runs[node.gives], text, name(flow.module.zone(node.zone)), ...policy),
      node.at,
    ),
  )
  if (node.maybe) return settled(flow, valueOf(name(id), node.type, { missing: true }))
  const { root, pointer, masked } = flow.place
  const absent = binary("===", name(id), nothing)
  if (flow.mode === "fast") emit(flow, when(absent, [giveUp]))
  else
    emit(
      flow,
      when(absent, [
        {
          kind: "run",
          value: flow.module.call(
            "refuseFit",
            name("report"),
            flow.module.call(
              "refuse",
              string("OUT_OF_RANGE"),
              string("The time in the zone is outside of the years 0001 to 9999."),
            ),
            string(root),
            pointer,
            data(masked),
            text,
            flow.module.position(node.at),
          ),
          at: node.at,
        },
        ...flow.poison(),
      ]),
    )
  return valueOf(cast(name(id), insideType(flow, node.type)), node.type)
}
