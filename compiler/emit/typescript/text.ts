// Texts with holes, built-in functions, messages of ways out.
import type { PlanExpression } from "../../plan/index.ts"
import { evaluateValue } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  giveUp,
  insideType,
  integer,
  LARGEST,
  type Operand,
  scaleOf,
  settled,
  type ValueOperand,
  valueOf,
} from "./flow.ts"
import {
  assign,
  bigint,
  binary,
  call,
  cast,
  concat,
  conditional,
  constant,
  invoke,
  leave,
  list,
  name,
  named,
  nothing,
  number,
  string,
  union,
  variable,
  when,
} from "./javascript/build.ts"
import type { Js } from "./javascript/nodes.ts"

type Of<K extends PlanExpression["kind"]> = Extract<PlanExpression, { kind: K }>

export function interpolation(flow: Flow, node: Of<"interpolation">): Operand {
  let text: Js = string("")
  for (const part of node.parts) {
    if (typeof part === "string") {
      text = joined(text, string(part))
      continue
    }
    const value = evaluateValue(flow, part.value, "part")
    if (value === null) return { kind: "never" }
    if (part.masked) text = joined(text, string("•••"))
    else if (part.format !== null)
      text = joined(text, flow.module.call("formatDate", value.js, string(part.format)))
    else text = joined(text, textOf(flow, value))
  }
  return valueOf(text, node.type)
}

function joined(left: Js, right: Js): Js {
  return left.kind === "string" && left.value === "" ? right : concat(left, right)
}

/** Canonical text of a scalar; numbers with all the fraction digits of their type. */
export function textOf(flow: Flow, value: ValueOperand): Js {
  switch (value.type.kind) {
    case "number": {
      const scale = scaleOf(value.type)
      return flow.mode === "fast"
        ? flow.module.call("formatFast", value.js, number(scale))
        : flow.module.call("formatScaled", value.js, number(scale))
    }
    case "bool":
      return conditional(value.js, string("true"), string("false"))
    default:
      return value.js
  }
}

/** The message of a way out as a string expression (slow only). One that reads poison falls silent: the default stands. */
export function messageOf(
  flow: Flow,
  exit: { readonly code: string; readonly message: PlanExpression | null },
): Js {
  const fallback = flow.module.call("exitMessage", string(exit.code), flow.place.pointer)
  if (exit.message === null) return fallback
  if (exit.message.kind === "literal") return string(String(exit.message.value))
  const id = flow.names.fresh("message")
  const label = flow.names.fresh("messageParts")
  let silent = 0
  const inner: Flow = { ...flow, poison: () => (silent++, [leave(label)]) }
  let text: Js = nothing
  const body = branch(inner, deeper => {
    const value = evaluateValue(
      deeper,
      exit.message ?? { kind: "missing", type: { kind: "text" }, maybe: true, at: [0, 1, 1, 1, 1] },
      "message",
    )
    text = value?.js ?? nothing
    if (value !== null) emit(deeper, assign(name(id), value.js))
  })
  if (silent === 0 && body.length === 1) return text
  emit(flow, variable(id, named("string"), fallback))
  if (silent > 0) emit(flow, { kind: "block", label, body, at: null })
  else emit(flow, ...body)
  return name(id)
}

/** `functions.truncate(…)`: whole numbers are bigint there, scaled numbers bigint × 10^scale. */
export function functionCall(flow: Flow, node: Of<"call">): Operand {
  const values: Js[] = []
  for (const argument of node.arguments) {
    const value = evaluateValue(flow, argument, "argument")
    if (value === null) return { kind: "never" }
    if (value.type.kind === "list") values.push(cast(value.js, list(named("string"))))
    else if (value.type.kind !== "number" || flow.mode === "slow") values.push(value.js)
    else if (value.js.kind === "number") values.push(bigint(BigInt(value.js.value)))
    else values.push(call("BigInt", value.js))
  }
  const [text, most] = node.arguments
  if (node.function === "matches" && most?.kind === "literal") {
    // compiled once: a constant of the module
    values[1] = flow.module.pattern(String(most.value))
  }
  if (flow.mode === "fast" && node.function === "truncate" && text !== undefined && !text.maybe) {
    const limit = most?.kind === "literal" ? Number(most.value) : Number.NaN
    const [of] = values
    if (of !== undefined && limit >= 0 && limit <= 100_000) {
      const id = flow.names.fresh(node.function)
      emit(flow, constant(id, flow.module.call("truncateFast", of, number(limit)), node.at))
      return valueOf(name(id), node.type)
    }
  }
  const result = invoke(name(flow.module.runtime("functions")), node.function, ...values)
  if (node.type.kind !== "number" || flow.mode === "slow") {
    const id = flow.names.fresh(node.function)
    // A list whose bounds are known has the part: the runtime's type cannot say so.
    const sure = !node.maybe && (node.function === "part" || node.function === "parts")
    emit(flow, constant(id, sure ? cast(result, insideType(flow, node.type)) : result, node.at))
    return settled(flow, valueOf(name(id), node.type, { missing: node.maybe }))
  }
  const exact = atom(flow, result, node.function)
  const slot = flow.names.fresh("figure")
  const read = (inner: Flow): void => {
    emit(inner, assign(name(slot), inner.module.call("safeInteger", exact)))
    emit(inner, when(binary("!==", name(slot), name(slot)), [giveUp]))
  }
  emit(
    flow,
    variable(
      slot,
      node.maybe ? union(named("number"), named("undefined")) : named("number"),
      node.maybe ? nothing : integer(flow, 0n),
    ),
  )
  if (node.maybe) emit(flow, when(binary("!==", exact, nothing), branch(flow, read)))
  else read(flow)
  return valueOf(name(slot), node.type, { missing: node.maybe, bound: LARGEST })
}
