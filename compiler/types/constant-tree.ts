// Whole constant values: scalars, record literals and list literals. Flows in: an expression and its type. Flows out: the
// value with every part in canonical form, or null after diagnostics. Used by crosswalk rows and tests.
import {
  type Diagnostic,
  diagnostic,
  type Expression,
  type Place,
  type RecordExpression,
  type Span,
} from "@fmap/grammar"
import { closest } from "../resolve/closest.ts"
import { type Correction, constantOf, correction } from "./constant.ts"
import { aType, describeType } from "./describe.ts"
import type { RecordType, Type } from "./type.ts"

export type Constant =
  | { readonly kind: "scalar"; readonly value: string | boolean }
  | { readonly kind: "record"; readonly fields: ReadonlyMap<string, Constant> }
  | { readonly kind: "list"; readonly items: readonly Constant[] }

export interface ConstantContext {
  readonly file: string
  readonly report: (diagnostic: Diagnostic) => void
  /** The code for a value that does not fit. */
  readonly code: "FM6204" | "FM6305"
  /** A payload: a text may be a member of an open enum that nobody declared. */
  readonly fromOutside?: boolean
}

export function constantTree(expression: Expression, type: Type, context: ConstantContext): Constant | null {
  if (type.kind === "error" || expression.kind === "error") return null
  if (expression.kind === "parenthesized") return constantTree(expression.inner, type, context)
  if (type.kind === "record") {
    if (expression.kind === "record") return recordOf(expression, type, context)
    return refuse(expression, type, `${aType(type)} is written { field = …, … }`, context)
  }
  if (type.kind === "list") {
    if (expression.kind !== "list") return refuse(expression, type, "a list is written [ …, … ]", context)
    const items: Constant[] = []
    for (const element of expression.elements) {
      if (element.when !== null) return refuse(element.when, type, "a constant has no conditions", context)
      const item = constantTree(element.value, type.of, context)
      if (item !== null) items.push(item)
    }
    if (items.length !== expression.elements.length) return null
    if (items.length < type.min || (type.max !== null && items.length > type.max)) {
      return refuse(
        expression,
        type,
        `${items.length} ${items.length === 1 ? "row is" : "rows are"} not within ${type.min}..${type.max ?? ""}`,
        context,
      )
    }
    return { kind: "list", items }
  }
  if (context.fromOutside === true && type.kind === "enum" && type.open && expression.kind === "text") {
    const scalar = constantOf(expression, anyText, false)
    if ("value" in scalar) return { kind: "scalar", value: scalar.value }
  }
  const scalar = constantOf(expression, type, false)
  return "value" in scalar
    ? { kind: "scalar", value: scalar.value }
    : refuse(expression, type, scalar.problem, context, correction(expression, scalar, context.file))
}

const anyText: Type = { kind: "text", min: 0, max: null, measure: "points", pattern: null, literal: null }

function recordOf(expression: RecordExpression, type: RecordType, context: ConstantContext): Constant | null {
  const place = (node: { readonly span: Span }): Place => ({ file: context.file, span: node.span })
  const { shape } = type
  const fields = new Map<string, Constant>()
  const seen = new Map<string, Place>()
  let failed = false
  for (const statement of expression.statements) {
    if (statement.kind === "errorStatement") return null
    if (statement.kind !== "assign")
      return refuse(statement, type, "a constant holds only fields with their values", context)
    const { target } = statement
    const field = shape.fields.find(f => f.name === target.text)
    const first = seen.get(target.text)
    if (field === undefined) {
      const near = closest(
        target.text,
        shape.fields.map(f => f.name),
      )
      context.report(
        diagnostic("FM2010", { name: target.text, of: shape.name }, place(target), {
          related: [{ place: shape.place, text: "declared here" }],
          ...(near === null
            ? {}
            : { help: `Did you mean ${near}?`, edits: [{ place: place(target), text: near }] }),
        }),
      )
    } else if (first !== undefined) {
      context.report(
        diagnostic("FM2009", { name: target.text }, place(target), {
          related: [{ place: first, text: "first here" }],
        }),
      )
    } else if (field.optional && statement.value.kind === "missing") {
      seen.set(target.text, place(target))
      continue
    }
    const value =
      field === undefined || first !== undefined ? null : constantTree(statement.value, field.type, context)
    seen.set(target.text, place(target))
    if (value === null) failed = true
    else fields.set(target.text, value)
  }
  for (const field of shape.fields) {
    if (field.optional || seen.has(field.name)) continue
    failed = true
    context.report(
      diagnostic("FM6211", { field: field.name, of: shape.name }, place(expression), {
        label: "without it",
        related: [{ place: field.place, text: "required here" }],
      }),
    )
  }
  return failed ? null : { kind: "record", fields }
}

function refuse(
  node: { readonly span: Span },
  type: Type,
  problem: string,
  context: ConstantContext,
  near: Correction = {},
): null {
  context.report(
    diagnostic(
      context.code,
      { what: "This value", problem },
      { file: context.file, span: node.span },
      { label: `wanted: ${describeType(type)}`, ...near },
    ),
  )
  return null
}
