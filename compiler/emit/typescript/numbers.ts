// Exact arithmetic. Fast: scaled safe integers, each step proved by its bound or tested. Slow: bigint, and ratios while a
// division waits for its `round`. Flows in: numbers at static scales. Flows out: a number at the node's scale.
import type { PlanExpression } from "../../plan/index.ts"
import { BrokenPlan } from "./context.ts"
import { evaluate, evaluateValue } from "./expression.ts"
import {
  atom,
  boundOf,
  branch,
  emit,
  type Flow,
  giveUp,
  guarded,
  integer,
  numberType,
  type Operand,
  power,
  type RatioOperand,
  scaleOf,
  unsupported,
  type ValueOperand,
  valueOf,
  widened,
} from "./flow.ts"
import {
  assign,
  binary,
  cast,
  constant,
  leave,
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
type NumberOperand = ValueOperand | RatioOperand

function numberOf(flow: Flow, node: PlanExpression): NumberOperand | null {
  const operand = evaluate(flow, node, "amount")
  if (operand.kind === "value") return failing(flow, operand)
  if (operand.kind === "ratio") return operand
  if (operand.kind === "never") return null
  throw new BrokenPlan("Arithmetic wants numbers.")
}

/** A missing operand comes only from a declared failure inside: it makes the whole round missing. */
function failing(flow: Flow, operand: ValueOperand): ValueOperand {
  if (!operand.missing) return operand
  const js = atom(flow, operand.js, "amount")
  emit(flow, when(binary("===", js, nothing), failed(flow)))
  return { ...operand, js: cast(js, numberType(flow)), missing: false }
}

function failed(flow: Flow): ReturnType<NonNullable<Flow["failure"]>> {
  return flow.failure === null ? flow.poison() : flow.failure()
}

export function arithmetic(flow: Flow, node: Of<"arithmetic">): Operand {
  const left = numberOf(flow, node.left)
  const right = numberOf(flow, node.right)
  if (left === null || right === null) return { kind: "never" }
  if (node.operator === "/") return divided(flow, left, right)
  if (left.kind === "ratio" || right.kind === "ratio")
    return rationals(flow, node.operator, asRatio(flow, left), asRatio(flow, right))
  if (node.operator === "*") {
    const scale = scaleOf(left.type) + scaleOf(right.type)
    const product = guarded(flow, binary("*", left.js, right.js), left.bound * right.bound, "product")
    return valueOf(
      product.js,
      { kind: "number", digits: null, scale, rational: false },
      { bound: product.bound },
    )
  }
  const scale = Math.max(scaleOf(left.type), scaleOf(right.type))
  const a = widened(flow, left, scale)
  const b = widened(flow, right, scale)
  const sum = guarded(flow, binary(node.operator, a.js, b.js), a.bound + b.bound, "sum")
  return valueOf(sum.js, { kind: "number", digits: null, scale, rational: false }, { bound: sum.bound })
}

function asRatio(flow: Flow, operand: NumberOperand): RatioOperand {
  if (operand.kind === "ratio") return operand
  return {
    kind: "ratio",
    numerator: operand.js,
    denominator: integer(flow, 1n),
    scale: scaleOf(operand.type),
  }
}

function divided(flow: Flow, left: NumberOperand, right: NumberOperand): Operand {
  const a = asRatio(flow, left)
  const b = asRatio(flow, right)
  const divisor = atom(flow, b.numerator, "divisor")
  failOnZero(flow, divisor)
  if (flow.mode === "fast" && (!isOne(a.denominator) || !isOne(b.denominator)))
    unsupported(flow, "a division of a division")
  return {
    kind: "ratio",
    numerator: times(a.numerator, b.denominator),
    denominator: times(a.denominator, divisor),
    scale: a.scale - b.scale,
  }
}

/** A constant divisor is judged here: TypeScript would call the test a mistake. */
function failOnZero(flow: Flow, divisor: Js): void {
  if (divisor.kind === "number" || divisor.kind === "bigint") {
    if (divisor.value === 0 || divisor.value === 0n) emit(flow, ...failed(flow))
    return
  }
  emit(flow, when(binary("===", divisor, integer(flow, 0n)), failed(flow)))
}

function rationals(flow: Flow, operator: "+" | "-" | "*", a: RatioOperand, b: RatioOperand): Operand {
  unsupported(flow, "arithmetic on an unrounded division")
  if (operator === "*") {
    return {
      kind: "ratio",
      numerator: times(a.numerator, b.numerator),
      denominator: times(a.denominator, b.denominator),
      scale: a.scale + b.scale,
    }
  }
  const scale = Math.max(a.scale, b.scale)
  const left = times(times(a.numerator, power(flow, scale - a.scale)), b.denominator)
  const right = times(times(b.numerator, power(flow, scale - b.scale)), a.denominator)
  return {
    kind: "ratio",
    numerator: binary(operator, left, right),
    denominator: times(a.denominator, b.denominator),
    scale,
  }
}

function isOne(js: Js): boolean {
  return (js.kind === "number" && js.value === 1) || (js.kind === "bigint" && js.value === 1n)
}

function times(left: Js, right: Js): Js {
  if (isOne(left)) return right
  if (isOne(right)) return left
  return binary("*", left, right)
}

/** `else` around a division or an average that waits for its round: the fallback where it fails. */
export function ratioElse(flow: Flow, node: Of<"else">): Operand {
  const numerator = flow.names.fresh("numerator")
  const denominator = flow.names.fresh("denominator")
  const known = flow.names.fresh("known")
  const label = flow.names.fresh("ratio")
  const fill = (inner: Flow, of: PlanExpression, scale: number | null): number | null => {
    const operand = numberOf(inner, of)
    if (operand === null) return null
    const ratio = asRatio(inner, operand)
    const common = scale ?? ratio.scale
    // at the scale of the value: whichever is coarser is widened
    const top = times(ratio.numerator, power(inner, Math.max(common - ratio.scale, 0)))
    emit(inner, assign(name(numerator), top))
    emit(
      inner,
      assign(name(denominator), times(ratio.denominator, power(inner, Math.max(ratio.scale - common, 0)))),
    )
    return common
  }
  let scale: number | null = null
  const body = branch({ ...flow, failure: () => [leave(label)] }, inner => {
    scale = fill(inner, node.value, null)
    emit(inner, assign(name(known), { kind: "word", word: "true" }))
  })
  let fallback: number | null = null
  const otherwise = branch(flow, inner => {
    fallback = fill(inner, node.fallback, scale)
  })
  if (fallback !== null) unsupported(flow, "a value in place of a division that failed")
  emit(flow, variable(numerator, numberType(flow), integer(flow, 0n)))
  emit(flow, variable(denominator, numberType(flow), integer(flow, 1n)))
  emit(flow, variable(known, named("boolean"), { kind: "word", word: "false" }))
  emit(flow, { kind: "block", label, body, at: node.at })
  emit(flow, when({ kind: "unary", operator: "!", of: name(known) }, otherwise))
  return { kind: "ratio", numerator: name(numerator), denominator: name(denominator), scale: scale ?? 0 }
}

export function negate(flow: Flow, node: Of<"negate">): Operand {
  const of = numberOf(flow, node.of)
  if (of === null) return { kind: "never" }
  if (of.kind === "ratio") return { ...of, numerator: binary("-", integer(flow, 0n), of.numerator) }
  if (of.js.kind === "number") return { ...of, js: number(0 - of.js.value), written: null }
  // 0 - x, never -x: the fast path knows no minus zero
  return { ...of, js: binary("-", integer(flow, 0n), of.js), written: null }
}

export function round(flow: Flow, node: Of<"round">, hint: string): Operand {
  if (!node.maybe) return rounded(flow, node, hint)
  const slot = flow.names.fresh(hint)
  const label = flow.names.fresh(`${hint}Rounding`)
  let failures = 0
  let result: Operand = { kind: "never" }
  const body = branch({ ...flow, failure: () => (failures++, [leave(label)]) }, inner => {
    result = rounded(inner, node, hint)
    if (result.kind === "value") emit(inner, assign(name(slot), (result as ValueOperand).js))
  })
  const value = result as Operand
  emit(flow, variable(slot, union(numberType(flow), named("undefined")), nothing))
  if (failures > 0) emit(flow, { kind: "block", label, body, at: node.at })
  else emit(flow, ...body)
  if (value.kind === "value") return { ...value, js: name(slot), missing: true }
  // Where the division fails before a way out ends the rest, there is no figure, and the `else` around it speaks.
  return failures > 0 ? valueOf(name(slot), node.type, { missing: true }) : value
}

function rounded(flow: Flow, node: Of<"round">, hint: string): Operand {
  return flow.mode === "fast" ? roundedFast(flow, node, hint) : roundedSlow(flow, node, hint)
}

/** Fast: `a × b ÷ d`, whatever of it is there. */
function roundedFast(flow: Flow, node: Of<"round">, hint: string): Operand {
  let factors: { a: ValueOperand; b: Js; scale: number; bound: bigint } | null = null
  let divisor: Js | null = null
  const quotient = node.of.kind === "arithmetic" && node.of.operator === "/" ? node.of : null
  const top = quotient === null ? node.of : quotient.left
  if (top.kind === "arithmetic" && top.operator === "*") {
    const a = numberOf(flow, top.left)
    const b = numberOf(flow, top.right)
    if (a === null || b === null) return { kind: "never" }
    if (a.kind === "ratio" || b.kind === "ratio") return given(flow, node, "a product of divisions")
    factors = { a, b: b.js, scale: scaleOf(a.type) + scaleOf(b.type), bound: a.bound * b.bound }
  } else {
    const of = numberOf(flow, top)
    if (of === null) return { kind: "never" }
    if (of.kind === "ratio") {
      // an average: whole numbers over a count
      const type = { kind: "number", digits: null, scale: of.scale, rational: false } as const
      factors = { a: valueOf(of.numerator, type), b: number(1), scale: of.scale, bound: 9007199254740991n }
      divisor = of.denominator
    } else factors = { a: of, b: number(1), scale: scaleOf(of.type), bound: of.bound }
  }
  let { scale } = factors
  if (quotient !== null) {
    const by = numberOf(flow, quotient.right)
    if (by === null) return { kind: "never" }
    if (by.kind === "ratio" || divisor !== null) return given(flow, node, "a division of divisions")
    const id = atom(flow, by.js, "divisor")
    failOnZero(flow, id)
    if (id.kind !== "number" || id.value < 0) emit(flow, when(binary("<", id, number(0)), [giveUp]))
    divisor = id
    scale -= scaleOf(by.type)
  }
  if (node.scale.kind === "minor") {
    const currency = evaluateValue(flow, node.scale.currency, "currency")
    if (currency === null) return { kind: "never" }
    const js = flow.module.call(
      divisor === null ? "multiplyMinor" : "divideMinor",
      factors.a.js,
      factors.b,
      ...(divisor === null ? [] : [divisor]),
      number(scale),
      currency.js,
      number(scaleOf(node.type)),
      string(node.mode),
    )
    return kept(flow, node, js, hint, boundOf(node.type))
  }
  const { digits } = node.scale
  const steps = scale - digits
  if (divisor === null && steps <= 0) {
    const product = guarded(
      flow,
      times(times(factors.a.js, factors.b), power(flow, -steps)),
      factors.bound * 10n ** BigInt(-steps),
      hint,
    )
    return valueOf(product.js, node.type, { bound: product.bound })
  }
  if (steps > 15 || steps < -15) return given(flow, node, "a rounding by more than 15 digits")
  const by =
    divisor === null
      ? power(flow, steps)
      : steps > 0
        ? guarded(flow, times(divisor, power(flow, steps)), 9007199254740992n, "divisor").js
        : divisor
  const b =
    steps < 0 && divisor !== null
      ? guarded(flow, times(factors.b, power(flow, -steps)), 9007199254740992n, "factor").js
      : factors.b
  const js =
    node.mode === "half_even"
      ? flow.module.call("multiplyDivide", factors.a.js, b, by)
      : flow.module.call("multiplyDivideBy", factors.a.js, b, by, string(node.mode))
  const bound = divisor === null ? factors.bound / 10n ** BigInt(steps) + 1n : boundOf(node.type)
  return kept(flow, node, js, hint, bound)
}

/** NaN leaves the fast path; undefined is `exact` that would lose. */
function kept(flow: Flow, node: Of<"round">, js: Js, hint: string, bound: bigint): Operand {
  const id = flow.names.fresh(hint)
  const loose = node.mode !== "half_even" || node.scale.kind === "minor"
  emit(flow, constant(id, js, node.at))
  if (node.mode === "exact") emit(flow, when(binary("===", name(id), nothing), failed(flow)))
  const value = loose ? cast(name(id), named("number")) : name(id)
  emit(flow, when(binary("!==", name(id), name(id)), [giveUp]))
  return valueOf(value, node.type, { bound: bound < 9007199254740991n ? bound : 9007199254740991n })
}

function given(flow: Flow, node: Of<"round">, reason: string): Operand {
  unsupported(flow, reason)
  return valueOf(number(0), node.type)
}

function roundedSlow(flow: Flow, node: Of<"round">, hint: string): Operand {
  const of = numberOf(flow, node.of)
  if (of === null) return { kind: "never" }
  const ratio = asRatio(flow, of)
  const scale = scaleOf(node.type)
  if (node.scale.kind === "minor") {
    const currency = evaluateValue(flow, node.scale.currency, "currency")
    if (currency === null) return { kind: "never" }
    const digits = flow.names.fresh("minor")
    emit(flow, constant(digits, flow.module.call("minorDigits", currency.js)))
    // a quotient's scale may be negative: then the numerator is widened
    const numerator = times(ratio.numerator, power(flow, Math.max(-ratio.scale, 0)))
    const top = times(numerator, flow.module.call("powerOfTen", name(digits)))
    const bottom = times(ratio.denominator, power(flow, Math.max(ratio.scale, 0)))
    const js = flow.module.call("divideRounded", top, bottom, string(node.mode))
    const value = keptSlow(flow, node, js, hint)
    return valueOf(
      times(value, flow.module.call("powerOfTen", binary("-", number(scale), name(digits)))),
      node.type,
    )
  }
  const steps = node.scale.digits - ratio.scale
  const top = steps > 0 ? times(ratio.numerator, power(flow, steps)) : ratio.numerator
  const bottom = steps < 0 ? times(ratio.denominator, power(flow, -steps)) : ratio.denominator
  const widen = power(flow, scale - node.scale.digits)
  if (isOne(bottom)) return valueOf(times(top, widen), node.type)
  return valueOf(
    times(
      keptSlow(flow, node, flow.module.call("divideRounded", top, bottom, string(node.mode)), hint),
      widen,
    ),
    node.type,
  )
}

function keptSlow(flow: Flow, node: Of<"round">, js: Js, hint: string): Js {
  const id = flow.names.fresh(hint)
  emit(flow, constant(id, js, node.at))
  if (node.mode === "exact") emit(flow, when(binary("===", name(id), nothing), failed(flow)))
  return cast(name(id), named("bigint"))
}
