// What a built-in function gives: its type, as far as the arguments tell. Flows in: checked arguments. Flows out: a Type, or null where
// an argument that must be a constant is none.
import { type CallExpression, diagnostic } from "@fmap/grammar"
import { patternProblem } from "@fmap/runtime"
import type { FunctionSpec } from "@fmap/runtime/functions"
import type { Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { type Context, place } from "../context.ts"
import { boolType, decimalType, intType, textType } from "../values.ts"

/** A scale no figure has, so that a slip of the finger is no memory. */
const mostDigits = 38

export function functionResult(
  spec: FunctionSpec,
  node: CallExpression,
  values: readonly Checked[],
  ctx: Context,
): Type | null {
  switch (spec.name) {
    case "parse_date":
      return datePattern(node, values[1], ctx) ? { kind: "date" } : null
    case "parse_decimal": {
      const scale = constantSize(node, 1, values[1], ctx)
      return scale === null ? null : decimalType(null, scale)
    }
    case "format_decimal":
      return textType(groupedLength(values))
    case "wrap": {
      const width = literalSize(values[1])
      const lines = literalSize(values[2])
      return { kind: "list", of: textType(width), min: 1, max: lines }
    }
    case "split": {
      const first = values[0]?.type
      return {
        kind: "list",
        of: textType(first?.kind === "text" ? first.max : null),
        min: 1,
        max: null,
      }
    }
    default:
      return resultType(spec, values)
  }
}

/** A mark instead of the point, and a separator between every three digits. */
function groupedLength([figure, mark, group]: readonly Checked[]): number | null {
  const most = (value: Checked | undefined): number | null =>
    value?.type.kind === "text" ? value.type.max : null
  const [digits, point, between] = [most(figure), most(mark), most(group)]
  return digits === null || point === null || between === null
    ? null
    : digits + point + Math.floor(digits / 3) * between
}

function literalSize(value: Checked | undefined): number | null {
  return value?.plan.kind === "literal" && value.type.kind === "number" && value.type.literal !== null
    ? Number.parseInt(value.type.literal, 10)
    : null
}

function constantSize(
  node: CallExpression,
  index: number,
  value: Checked | undefined,
  ctx: Context,
): number | null {
  const size = literalSize(value)
  if (size !== null && size >= 0 && size <= mostDigits) return size
  const argument = node.arguments[index]
  ctx.state.report(
    diagnostic(
      "FM3101",
      { expected: `A constant whole number of 0 to ${mostDigits}`, found: "another value" },
      place(ctx, argument?.span ?? node.span),
      { label: "must be known here" },
    ),
  )
  return null
}

function datePattern(node: CallExpression, value: Checked | undefined, ctx: Context): boolean {
  const text = value?.type.kind === "text" ? value.type.literal : null
  const problem = text === null ? "It must be a constant text." : patternProblem(text, "date")
  if (problem === undefined) return true
  ctx.state.report(
    diagnostic("FM3211", { problem }, place(ctx, node.arguments[1]?.span ?? node.span), {
      label: "no pattern of a date",
    }),
  )
  return false
}

function resultType(spec: FunctionSpec, values: readonly Checked[]): Type {
  const [first, second] = values
  switch (spec.returns) {
    case "bool":
      return boolType
    case "date":
      return { kind: "date" }
    case "int":
      return {
        ...intType,
        digits:
          spec.name === "year"
            ? 4
            : spec.name === "month" || spec.name === "day"
              ? 2
              : spec.name === "length" || spec.name === "days_between"
                ? 10
                : null,
      }
    case "same":
    case "number":
      return first?.type.kind === "number" ? { ...first.type, low: null, high: null, literal: null } : intType
    case "text":
      return textType(longestResult(spec.name, first?.type, second))
    case "list of text":
      return { kind: "list", of: textType(null), min: 0, max: null }
    case "pattern":
      return textType(null)
  }
}

/** Upper bound of the result's length in code points; null where the function has none. */
function longestResult(name: string, first: Type | undefined, second: Checked | undefined): number | null {
  const max =
    first?.kind === "text"
      ? first.max
      : first?.kind === "number" && first.digits !== null
        ? first.digits + 1
        : null
  const size =
    second?.plan.kind === "literal" && second.type.kind === "number"
      ? Number.parseInt(String(second.plan.value), 10)
      : null
  switch (name) {
    case "truncate":
      return size === null ? max : max === null ? size : Math.min(size, max)
    case "pad_start":
    case "pad_end":
      return max === null || size === null ? null : Math.max(max, size)
    case "trim":
    case "slice":
    case "strip_prefix":
    case "strip_suffix":
    case "text_of":
    case "masked":
      return max
    case "fingerprint":
      return 64
    case "upper":
    case "lower":
      // One character may become up to three (ß, ΐ).
      return max === null ? null : max * 3
    default:
      return null
  }
}
