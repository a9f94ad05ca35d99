// The exact figures: int, decimal, money, quantity, percent with their sizes, units and `where` bounds. Flows in: a
// built-in type node. Flows out: a NumberType or `error` after a diagnostic.
import { type BuiltinTypeNode, diagnostic, type Place, type Span } from "@fmap/grammar"
import type { TypeContext } from "./from-node.ts"
import { measureFromNode } from "./measure-from-node.ts"
import { boundsFromWhere } from "./refinement.ts"
import type { Bound, NumberType, RatePair, Type } from "./type.ts"

export const largestPrecision = 38
/** ISO 4217's largest number of minor digits: the scale of money written without numbers. */
const minorScale = 4
const longestBound = 200

type Role = NumberType["role"]

export function numberType(node: BuiltinTypeNode, context: TypeContext): Type {
  const role = node.name as Role
  const sizes = role === "int" ? intSizes(node, context) : decimalSizes(node, role, context)
  if (sizes === null) return { kind: "error" }
  const isAmount = role === "money" || role === "quantity"
  if (isAmount && node.unit === null) {
    const what = role === "money" ? "currency" : "unit"
    const example = role === "money" ? "money(18,2) in EUR" : "quantity(12,3) in KG"
    context.report(
      diagnostic("FM6004", { type: role, what }, place(node, context), {
        label: `no ${what}`,
        help: `Write it after "in", as in ${example}, or name the field that holds it.`,
      }),
    )
    return { kind: "error" }
  }
  const unit = node.unit === null ? null : context.unit(node.unit, role === "money" ? "currency" : "unit")
  if (isAmount && unit === null) return { kind: "error" }
  const measure = node.measure === undefined ? undefined : measureFromNode(node.measure, context)
  if (measure === null) return { kind: "error" }
  const per = node.per === undefined ? undefined : context.unit(node.per, "unit")
  if (per === null) return { kind: "error" }
  const rate = role === "rate" ? ratePair(node, context) : undefined
  if (rate === null) return { kind: "error" }
  const type: NumberType = {
    kind: "number",
    role,
    unit,
    ...(rate === undefined ? {} : { rate }),
    ...(measure === undefined ? {} : { measure }),
    ...(per === undefined ? {} : { per }),
    rational: false,
    minor: null,
    literal: null,
    ...sizes,
  }
  return node.where === null ? type : (boundsFromWhere(node.where, type, context) ?? { kind: "error" })
}

const largestQuotation = 1_000_000

/** Null after a diagnostic. */
function ratePair(node: BuiltinTypeNode, context: TypeContext): RatePair | null {
  const { rate } = node
  const refuse = (problem: string, part: { readonly span: Span }): null => {
    context.report(
      diagnostic("FM6160", { problem }, place(part, context), {
        help: "Write it as in rate(18,8) of USD per EUR.",
      }),
    )
    return null
  }
  if (rate === undefined) return refuse("it does not say of which currency per which", node)
  const of = context.unit(rate.of, "currency")
  const per = context.unit(rate.per, "currency")
  if (of === null || per === null) return null
  const amount = Number(rate.for?.text ?? 1)
  if (!(amount >= 1 && amount <= largestQuotation) || !/^10*$/.test(rate.for?.text ?? "1"))
    return refuse("rates are quoted for 1, 10, 100 and so on up to a million", rate.for ?? node)
  return { of, per, amount }
}

type Sizes = Pick<NumberType, "digits" | "scale" | "low" | "high" | "fitsMinor">

function decimalSizes(node: BuiltinTypeNode, role: Exclude<Role, "int">, context: TypeContext): Sizes | null {
  const open = { low: null, high: null }
  if (node.arguments.length === 0 && role === "money")
    return { digits: null, scale: minorScale, fitsMinor: true, ...open }
  const [first, second] = node.arguments
  const example = `${role}(${role === "percent" ? "5,2" : role === "rate" ? "18,8" : "18,2"})`
  if (
    first === undefined ||
    second === undefined ||
    node.arguments.length !== 2 ||
    first.isRange ||
    second.isRange
  ) {
    wrongSizes(node, context, `with all its digits and those after the point, as in "${example}"`)
    return null
  }
  const precision = first.low ?? first.high ?? ""
  const scale = second.low ?? second.high ?? ""
  if (first.measure !== null || second.measure !== null || !/^\d+$/.test(precision) || !/^\d+$/.test(scale)) {
    wrongSizes(node, context, `with two whole numbers, as in "${example}"`)
    return null
  }
  if (precision.length > 3 || Number(precision) > largestPrecision || Number(precision) < 1) {
    const problem = `a figure has 1 to ${largestPrecision} digits, not ${precision}`
    context.report(diagnostic("FM6002", { problem }, place(first, context)))
    return null
  }
  if (scale.length > 3 || Number(scale) > Number(precision)) {
    const problem = `${scale} of ${precision} digits cannot stand after the point`
    context.report(diagnostic("FM6002", { problem }, place(second, context)))
    return null
  }
  // A percent's value has two digits more behind the point than its figure: 12.50 % is 0.1250.
  const shift = role === "percent" ? 2 : 0
  return {
    digits: Number(precision) - Number(scale) - shift,
    scale: Number(scale) + shift,
    fitsMinor: false,
    ...open,
  }
}

function intSizes(node: BuiltinTypeNode, context: TypeContext): Sizes | null {
  const [size] = node.arguments
  const plain = { digits: null, scale: 0, low: null, high: null, fitsMinor: false }
  if (size === undefined) return plain
  if (node.arguments.length > 1 || !size.isRange || size.measure !== null) {
    wrongSizes(node, context, '"int" or, with both ends, "int(0..999)"')
    return null
  }
  for (const end of [size.low, size.high]) {
    if (end === null || (/^-?\d+$/.test(end) && end.length <= longestBound)) continue
    const shown = end.length > 40 ? `${end.slice(0, 40)}…` : end
    context.report(diagnostic("FM6002", { problem: `${shown} is no whole number` }, place(size, context)))
    return null
  }
  const low = size.low === null ? null : BigInt(size.low)
  const high = size.high === null ? null : BigInt(size.high)
  if (low !== null && high !== null && high < low) {
    context.report(
      diagnostic("FM6003", { low: String(low), high: String(high) }, place(size, context), {
        label: "no number is in between",
      }),
    )
    return null
  }
  return { ...plain, digits: intDigits(low, high), low: inclusive(low), high: inclusive(high) }
}

/** Digits of the larger end; null when one is open. */
export function intDigits(low: bigint | null, high: bigint | null): number | null {
  if (low === null || high === null) return null
  return Math.max(String(low).replace("-", "").length, String(high).replace("-", "").length)
}

function inclusive(value: bigint | null): Bound | null {
  return value === null ? null : { value: String(value), inclusive: true }
}

export function wrongSizes(node: BuiltinTypeNode, context: TypeContext, wanted: string): Type {
  context.report(diagnostic("FM6001", { type: node.name, wanted }, place(node, context)))
  return { kind: "error" }
}

function place(part: { readonly span: Span }, context: TypeContext): Place {
  return { file: context.file, span: part.span }
}
