// The steps of a record: values, checks and controls, one after another, in Plan order. Slow: each in a labelled block of its
// own, so that a failed one is poison and the others go on. Fast: the first that fails gives the record up.
import type { At, PlanExpression, PlanStep } from "../../plan/index.ts"
import { leaveWith } from "./choices.ts"
import { evaluate, evaluateValue } from "./expression.ts"
import {
  atom,
  branch,
  emit,
  type Flow,
  giveUp,
  insideType,
  type Operand,
  poisonType,
  scaleOf,
  type ValueOperand,
  valueOf,
  widened,
} from "./flow.ts"
import {
  assign,
  binary,
  constant,
  leave,
  name,
  named,
  not,
  nothing,
  number,
  union,
  variable,
  when,
} from "./javascript/build.ts"
import type { Js, TsType } from "./javascript/nodes.ts"
import { wireTypeOf } from "./wire-types.ts"

type Control = Extract<PlanStep, { kind: "control" }>

/** The value of a step in a local: may be poison in slow mode. */
export function computed(flow: Flow, node: PlanExpression, hint: string, at: At): Operand {
  if (flow.mode === "fast") return held(flow, evaluate(flow, node, hint), hint, at)
  const label = flow.names.fresh(`${hint}Step`)
  let poisons = 0
  let operand: Operand = { kind: "never" }
  const inner: Flow = { ...flow, out: [], poison: () => (poisons++, [leave(label)]) }
  operand = evaluate(inner, node, hint)
  if (poisons === 0) {
    emit(flow, ...inner.out)
    return held(flow, operand, hint, at)
  }
  if (operand.kind === "record" || operand.kind === "rows" || operand.kind === "kept") {
    emit(flow, { kind: "block", label, body: inner.out, at })
    return operand
  }
  const poison = name(flow.module.runtime("poison"))
  if (operand.kind !== "value") {
    emit(flow, { kind: "block", label, body: inner.out, at })
    return valueOf(poison, node.type, { poison: true })
  }
  const slot = flow.names.fresh(hint)
  const types: TsType[] = [insideType(flow, operand.type), poisonType(flow)]
  if (operand.missing) types.push(named("undefined"))
  if (operand.clear) types.push(named("null"))
  emit(flow, variable(slot, union(...types), poison, at))
  let wire: Js | null = null
  const wireType = operand.wire === null ? null : wireTypeOf(flow, operand.type)
  if (operand.wire !== null && wireType !== null) {
    const wireSlot = flow.names.fresh(`${hint}Wire`)
    emit(flow, variable(wireSlot, union(wireType, named("undefined")), nothing))
    emit(inner, assign(name(wireSlot), operand.wire))
    wire = name(wireSlot)
  }
  emit(inner, assign(name(slot), operand.js))
  emit(flow, { kind: "block", label, body: inner.out, at })
  return { ...operand, js: name(slot), poison: true, wire }
}

/** In a constant, so that it is computed once. */
function held(flow: Flow, operand: Operand, hint: string, at: At): Operand {
  if (operand.kind !== "value") return operand
  const { kind } = operand.js
  if (kind === "name" || kind === "string" || kind === "number" || kind === "bigint" || kind === "word")
    return operand
  const id = flow.names.fresh(hint)
  emit(flow, constant(id, operand.js, at))
  return { ...operand, js: name(id) }
}

/** Something that is skipped silently when it reads poison. */
export function unlessPoison(flow: Flow, hint: string, at: At, write: (inner: Flow) => void): void {
  if (flow.mode === "fast") {
    write(flow)
    return
  }
  const label = flow.names.fresh(hint)
  let poisons = 0
  const body = branch({ ...flow, poison: () => (poisons++, [leave(label)]) }, write)
  if (poisons === 0) emit(flow, ...body)
  else emit(flow, { kind: "block", label, body, at })
}

type Exit = {
  readonly verb: "reject" | "hold" | "warn"
  readonly code: string
  readonly message: PlanExpression | null
}

export function leaveUnless(
  flow: Flow,
  condition: PlanExpression,
  exit: Exit,
  at: At,
  exitFlow: Flow = flow,
): void {
  unlessPoison(flow, "checkStep", at, inner => {
    const value = evaluateValue(inner, condition, "holds")
    if (value === null) return
    refuse(inner, value.js, exit, at, exitFlow)
  })
}

function refuse(flow: Flow, holds: Js, exit: Exit, at: At, exitFlow: Flow): void {
  if (flow.mode === "fast") {
    emit(flow, when(not(holds), [giveUp], [], at))
    return
  }
  // the message must not silence the issue: it has its own block
  const leaving = branch({ ...flow, place: exitFlow.place }, inner =>
    emit(inner, leaveWith(inner, exit.verb, exit, at)),
  )
  emit(flow, when(not(holds), leaving, [], at))
}

export function isNear(
  flow: Flow,
  within: NonNullable<Control["within"]>,
  left: ValueOperand,
  right: ValueOperand,
): { readonly holds: Js; readonly tolerance: ValueOperand } | null {
  const given = toleranceOf(flow, within, right)
  if (given === null) return null
  const tolerance = { ...given, js: atom(flow, given.js, "tolerance") }
  const scale = Math.max(scaleOf(left.type), scaleOf(right.type), scaleOf(tolerance.type))
  const a = widened(flow, left, scale)
  const b = widened(flow, right, scale)
  const limit = atom(flow, widened(flow, tolerance, scale).js, "tolerance")
  const difference = flow.names.fresh("difference")
  // two safe integers: where the difference is not exact it is beyond 2^53, and so beyond any tolerance but a larger one
  emit(flow, constant(difference, binary("-", a.js, b.js)))
  if (flow.mode === "fast")
    emit(
      flow,
      when(
        not(
          binary(
            "&&",
            binary("<=", name(difference), number(Number.MAX_SAFE_INTEGER)),
            binary(">=", name(difference), number(-Number.MAX_SAFE_INTEGER)),
          ),
        ),
        [giveUp],
      ),
    )
  const zero: Js = flow.mode === "fast" ? number(0) : { kind: "bigint", value: 0n }
  const holds = binary(
    "&&",
    binary("<=", name(difference), limit),
    binary(">=", name(difference), binary("-", zero, limit)),
  )
  return { holds, tolerance }
}

function toleranceOf(
  flow: Flow,
  within: NonNullable<Control["within"]>,
  right: ValueOperand,
): ValueOperand | null {
  const amount = evaluateValue(flow, within.amount, "tolerance")
  if (amount === null) return null
  if (within.relative) {
    const of = atom(flow, right.js, "right")
    const zero: Js = flow.mode === "fast" ? number(0) : { kind: "bigint", value: 0n }
    const size: Js = {
      kind: "conditional",
      test: binary("<", of, zero),
      then: binary("-", zero, of),
      otherwise: of,
    }
    const js = atom(flow, binary("*", amount.js, size), "tolerance")
    if (flow.mode === "fast")
      emit(flow, when(not(binary("<=", js, number(Number.MAX_SAFE_INTEGER))), [giveUp]))
    return valueOf(js, {
      kind: "number",
      digits: null,
      scale: scaleOf(amount.type) + scaleOf(right.type),
      rational: false,
    })
  }
  if (within.minorOf === null) return amount
  const currency = evaluateValue(flow, within.minorOf, "currency")
  if (currency === null) return null
  // a number of minor units, at four fraction digits more: ISO 4217 has no currency with more
  const digits = binary("-", number(4), flow.module.call("minorDigits", currency.js))
  const factor =
    flow.mode === "fast" ? flow.module.call("power10", digits) : flow.module.call("powerOfTen", digits)
  const js = amount.js.kind === "number" && amount.js.value === 1 ? factor : binary("*", amount.js, factor)
  return valueOf(
    js,
    { kind: "number", digits: null, scale: scaleOf(amount.type) + 4, rational: false },
    { bound: amount.bound * 10000n },
  )
}
