// Conditions: comparison, ranges, membership, logic, presence. They give true or false.
import type { PlanExpression } from "../../plan/index.ts"
import { evaluate, evaluateValue } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  type Operand,
  scaleOf,
  settled,
  type ValueOperand,
  valueOf,
  widened,
} from "./flow.ts"
import {
  assign,
  binary,
  cast,
  name,
  named,
  no,
  not,
  nothing,
  number,
  variable,
  when,
  yes,
} from "./javascript/build.ts"
import type { BinaryOperator, Js } from "./javascript/nodes.ts"

type Of<K extends PlanExpression["kind"]> = Extract<PlanExpression, { kind: K }>
type Comparison = Of<"compare">["operator"]
const NEVER: Operand = { kind: "never" }

export function comparison(flow: Flow, node: Of<"compare">): Operand {
  const left = evaluateValue(flow, node.left, "left")
  const right = evaluateValue(flow, node.right, "right")
  if (left === null || right === null) return NEVER
  return valueOf(compared(flow, node.operator, left, right), node.type)
}

export function compared(flow: Flow, operator: Comparison, left: ValueOperand, right: ValueOperand): Js {
  const js: BinaryOperator = operator === "==" ? "===" : operator === "!=" ? "!==" : operator
  const { type } = left
  if (type.kind === "number") {
    const scale = Math.max(scaleOf(type), scaleOf(right.type))
    return loosened(flow, js, widened(flow, left, scale).js, widened(flow, right, scale).js)
  }
  if (operator === "==" || operator === "!=") return loosened(flow, js, left.js, right.js)
  if (type.kind === "text") return binary(js, flow.module.call("compareText", left.js, right.js), number(0))
  if (type.kind === "instant")
    return binary(js, flow.module.call("compareInstants", left.js, right.js), number(0))
  return binary(js, left.js, right.js)
}

/** Where a side is a constant, TypeScript may know the other's value too, and would call the comparison a mistake. */
function loosened(flow: Flow, operator: BinaryOperator, left: Js, right: Js): Js {
  if (isConstant(left) && isConstant(right)) return binary(operator, atomOf(flow, left), right)
  if (right.kind === "string" && left.kind !== "cast")
    return binary(operator, cast(left, named("string")), right)
  if (left.kind === "string" && right.kind !== "cast")
    return binary(operator, left, cast(right, named("string")))
  return binary(operator, left, right)
}
function isConstant(js: Js): boolean {
  return js.kind === "string" || js.kind === "number" || js.kind === "bigint" || js.kind === "word"
}
function atomOf(flow: Flow, js: Js): Js {
  const id = flow.names.fresh("constant")
  const type =
    js.kind === "string"
      ? "string"
      : js.kind === "bigint"
        ? "bigint"
        : js.kind === "number"
          ? "number"
          : "boolean"
  emit(flow, { kind: "const", name: id, type: named(type), value: js, at: null })
  return { kind: "cast", of: name(id), type: named(type) }
}

export function between(flow: Flow, node: Of<"between">): Operand {
  const of = evaluateValue(flow, node.of, "subject")
  const low = evaluateValue(flow, node.low, "low")
  const high = evaluateValue(flow, node.high, "high")
  if (of === null || low === null || high === null) return NEVER
  const subject = { ...of, js: atom(flow, of.js, "subject") }
  const inside = binary("&&", compared(flow, ">=", subject, low), compared(flow, "<=", subject, high))
  return valueOf(node.negated ? not(inside) : inside, node.type)
}

/** Left to right; an option after the one that fits is not looked at. */
export function anyOf(flow: Flow, node: Of<"anyOf">): Operand {
  const of = evaluateValue(flow, node.of, "subject")
  if (of === null) return NEVER
  const subject = { ...of, js: atom(flow, of.js, "subject") }
  let any: Js = no
  for (const option of node.options) {
    const found = flow.names.fresh("found")
    let test: Js | null = null
    const statements = branch(flow, inner => {
      const value = evaluateValue(inner, option, "option")
      if (value === null) return
      test = compared(inner, "==", subject, value)
      emit(inner, assign(name(found), test))
    })
    const single = test as Js | null
    if (single !== null && statements.length === 1) {
      any = any.kind === "word" ? single : binary("||", any, single)
      continue
    }
    emit(flow, variable(found, named("boolean"), any))
    emit(flow, when(not(name(found)), statements))
    any = { kind: "cast", of: name(found), type: named("boolean") }
  }
  return valueOf(node.negated ? not(any) : any, node.type)
}

/** Left to right, short-circuit: a right side that needs statements runs only where the left does not decide. */
export function logic(flow: Flow, node: Of<"logic">): Operand {
  const left = evaluateValue(flow, node.left, "condition")
  if (left === null) return NEVER
  let right: ValueOperand | null = null
  const id = flow.names.fresh("condition")
  const statements = branch(flow, inner => {
    right = evaluateValue(inner, node.right, "condition")
    if (right !== null) emit(inner, assign(name(id), (right as ValueOperand).js))
  })
  const settledRight = right as ValueOperand | null
  if (settledRight !== null && statements.length === 1) {
    return valueOf(binary(node.operator === "and" ? "&&" : "||", left.js, settledRight.js), node.type)
  }
  emit(flow, variable(id, named("boolean"), left.js))
  emit(flow, when(node.operator === "and" ? name(id) : not(name(id)), statements))
  return valueOf({ kind: "cast", of: name(id), type: named("boolean") }, node.type)
}

export function negation(flow: Flow, node: Of<"not">): Operand {
  const of = evaluateValue(flow, node.of, "condition")
  return of === null ? NEVER : valueOf(not(of.js), node.type)
}

export function presence(flow: Flow, node: Of<"present">): Operand {
  const of = settled(flow, evaluate(flow, { ...node.of, maybe: true }, "value"))
  const js = presenceOf(of)
  return of.kind === "never" ? NEVER : valueOf(node.negated ? not(js) : js, node.type)
}

function presenceOf(of: Operand): Js {
  switch (of.kind) {
    case "value":
      return of.missing ? binary("!==", of.js, nothing) : yes
    case "rows":
      return of.missing ? binary("!==", of.js, nothing) : yes
    case "record":
      return of.missing && of.container !== null ? binary("!==", of.container, nothing) : yes
    case "groups":
    case "nodes":
      return of.missing ? binary("!==", of.js, nothing) : yes
    case "kept":
    case "ratio":
    case "never":
      return yes
  }
}
