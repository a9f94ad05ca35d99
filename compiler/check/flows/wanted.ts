// Which events a flow wants, and what orders them: `when` and `lane`. Flows in: the declaration and what starts it. Flows out: questions.
import { diagnostic, type Expression } from "@fmap/grammar"
import type { FlowSpec, Question } from "@fmap/runtime/flow"
import { aType } from "../../types/describe.ts"
import { asPath } from "../expressions/as-path.ts"
import { boolType, textType } from "../values.ts"
import { ask } from "./ask.ts"
import { type FlowEnvironment, placeOf, type Visible } from "./environment.ts"
import { follow } from "./paths.ts"
import type { Started } from "./trigger.ts"

/** All conditions of `when`; `becomes` counts as `==`: that it was otherwise before is the trigger's to know. */
export function whenOf(started: Started, visible: Visible, env: FlowEnvironment): Question | null {
  const node = env.flow.node.when
  if (node === null) return null
  const { trigger } = env.flow.node
  for (const { becomes, span } of node.conditions)
    if (becomes !== null && (trigger?.kind !== "record" || trigger.changed === null)) {
      env.report(
        diagnostic(
          "FM7104",
          { problem: "needs a trigger `changed`, which knows what was before" },
          placeOf(env, span),
        ),
      )
      return null
    }
  if (started.binder === null) return null
  const { binder } = started
  const value = allOf(
    node.conditions.flatMap(({ operand, becomes, span }): Expression[] => {
      if (becomes === null) return [operand]
      const same: Expression = {
        kind: "binary",
        operator: "==",
        operatorSpan: operand.span,
        left: operand,
        right: becomes,
        span,
      }
      const path = asPath(operand)
      // What is missing has become nothing.
      return path !== null && follow(binder.type, path)?.optional === true
        ? [{ kind: "presence", operand, present: true, span: operand.span }, same]
        : [same]
    }),
  )
  if (value === null) return null
  const wanted = { type: boolType, optional: false }
  return ask({ part: "when", value, wanted, visible, noExit: "in the condition of a flow" }, env)
}

function allOf([first, ...rest]: readonly Expression[]): Expression | null {
  if (first === undefined) return null
  return rest.reduce<Expression>(
    (left, right) => ({
      kind: "binary",
      operator: "and",
      operatorSpan: right.span,
      left,
      right,
      span: { start: left.span.start, end: right.span.end },
    }),
    first,
  )
}

export function laneOf(started: Started, visible: Visible, env: FlowEnvironment): FlowSpec["lane"] {
  const node = env.flow.node.lane
  if (node === null || started.binder === null) return null
  const noExit = "in a lane"
  const key = ask(
    {
      part: "lane",
      value: asText(node.key),
      wanted: { type: textType(null), optional: false },
      visible,
      noExit,
    },
    env,
  )
  if (key === null) return null
  if (node.newest === null) return { key, newest: null }
  const path = asPath(node.newest)
  const led =
    path === null || path.names[0]?.text !== started.binder.name ? null : follow(started.binder.type, path)
  const type = led?.type ?? { kind: "instant" as const }
  const orders = type.kind === "instant" || (type.kind === "number" && type.role === "int")
  if (!orders) {
    env.report(
      diagnostic("FM7105", { found: aType(type) }, placeOf(env, node.newest.span), {
        label: aType(type),
      }),
    )
    return null
  }
  const newest = ask(
    { part: "newest", value: node.newest, wanted: { type, optional: false }, visible, noExit },
    env,
  )
  return newest === null ? null : { key, newest }
}

/** A field of any kind is printed; a text stands for itself. */
function asText(node: Expression): Expression {
  const path = asPath(node)
  if (path === null) return node
  return { kind: "text", parts: [{ kind: "hole", path, format: null, span: node.span }], span: node.span }
}
