// Controls over a whole run: sums and counts of rows by outcome, of records that come out, and inputs of the run. Flows in: the
// statements after the body. Flows out: terms that a run adds up without keeping a row. One currency on both sides, or an error.
import {
  type CallExpression,
  type ControlStatement,
  diagnostic,
  type Expression,
  type Span,
} from "@fmap/grammar"
import { childrenOf } from "../../plan/children.ts"
import type { PlanExpression, PlanSetControl, PlanSetTerm, RowsOf, VariableId } from "../../plan/index.ts"
import type { BoundShape } from "../../resolve/model.ts"
import type { NumberType, RecordType, Type } from "../../types/type.ts"
import { pathKey } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { checkExpression } from "../expression.ts"
import { asPath } from "../expressions/as-path.ts"
import { present } from "../present.ts"
import { exitOf } from "../steps.ts"
import { normalize } from "../units.ts"
import { isError, valueType } from "../values.ts"
import type { Figures } from "./figures.ts"

const rowLists: readonly RowsOf[] = ["rows", "rejected", "held", "dropped"]
const operators = ["==", "!=", "<", "<=", ">", ">="] as const

export interface RunParts {
  readonly row: VariableId
  readonly rowType: RecordType
  readonly target: BoundShape
  /** The record that is made of a row. */
  readonly made: VariableId | null
  readonly figures: Figures
}

type Keys = { readonly name: string; figure: number | null; field: string | null }[]
/** What is compared: a code, the index of a key, no amount (null), or anything (a bare 0). */
type Currency = string | number | null | "any"
interface Side {
  readonly terms: PlanSetTerm[]
  currency: Currency | undefined
}

export function checkSetControl(
  statement: ControlStatement,
  parts: RunParts,
  ctx: Context,
): PlanSetControl | null {
  const before: { failed: boolean } = { failed: false }
  const refuse = (problem: string, span: Span): null => {
    before.failed = true
    ctx.state.report(diagnostic("FM4198", { problem }, place(ctx, span)))
    return null
  }
  const exit = exitOf(statement.exit, "A control", statement.span, ctx, "map", true)
  const condition =
    statement.condition.kind === "parenthesized" ? statement.condition.inner : statement.condition
  if (condition.kind === "error") return null
  const operator = condition.kind === "binary" ? operators.find(one => one === condition.operator) : undefined
  if (condition.kind !== "binary" || operator === undefined) {
    ctx.state.report(
      diagnostic("FM4124", { condition: "A control" }, place(ctx, condition.span), {
        label: "no comparison",
      }),
    )
    return null
  }
  if (statement.when !== null) refuse("`when` has no row to look at here", statement.when.span)
  const keys: Keys = statement.groups.map(({ text }) => ({ name: text, figure: null, field: null }))
  const side: Side = { terms: [], currency: undefined }
  const judge: Judge = { keys, parts, ctx, refuse, side }
  addTerms(condition.left, false, judge)
  const left = side.terms.splice(0)
  addTerms(condition.right, false, judge)
  const right = side.terms.splice(0)
  for (const [i, key] of keys.entries())
    if (key.figure === null && key.field === null && !before.failed)
      refuse(`nothing in it has "${key.name}"`, statement.groups[i]?.span ?? statement.span)
  const currency = side.currency === undefined || side.currency === "any" ? null : side.currency
  const within = toleranceOf(statement, currency, judge)
  if (before.failed || exit === null || within === undefined) return null
  const title = plainText(statement.title)
  const message = statement.exit?.message == null ? null : plainText(statement.exit.message)
  if (title === null || message === undefined) return null
  return {
    title,
    keys,
    left,
    operator,
    right,
    within,
    currency,
    exit: { verb: exit.verb, code: exit.code, message },
    at: at(ctx, statement.span),
  }
}

interface Judge {
  readonly keys: Keys
  readonly parts: RunParts
  readonly ctx: Context
  readonly refuse: (problem: string, span: Span) => null
  readonly side: Side
}

/** Sums and differences, taken apart. */
function addTerms(node: Expression, negative: boolean, judge: Judge): void {
  switch (node.kind) {
    case "parenthesized":
      addTerms(node.inner, negative, judge)
      return
    case "binary":
      if (node.operator !== "+" && node.operator !== "-") break
      addTerms(node.left, negative, judge)
      addTerms(node.right, node.operator === "-" ? !negative : negative, judge)
      return
    case "unary":
      if (node.operator !== "-") break
      addTerms(node.operand, !negative, judge)
      return
    case "number":
      judge.side.terms.push({ kind: "literal", negative, value: node.text })
      compared(/^0(\.0+)?$/.test(node.text) ? "any" : "literal", node.span, judge)
      return
    case "call":
      if (node.callee.text !== "sum" && node.callee.text !== "count") break
      addTotal(node, negative, judge)
      return
    default:
  }
  addInput(node, negative, judge)
}

/** `sum(out.amount)`, `count(rows)`. */
function addTotal(node: CallExpression, negative: boolean, judge: Judge): void {
  const { keys, parts, side, refuse } = judge
  const [argument] = node.arguments
  const path = argument === undefined || node.generator !== null ? null : asPath(argument)
  const [list, field, ...more] = path?.names ?? []
  const isSum = node.callee.text === "sum"
  const of = list?.text === "out" ? "out" : rowLists.find(one => one === list?.text)
  if (
    path === null ||
    of === undefined ||
    more.length > 0 ||
    (isSum ? field === undefined : field !== undefined)
  ) {
    refuse(
      isSum
        ? "a sum is of a field, as in sum(rows.amount) or sum(out.amount)"
        : "rows are counted, as in count(held)",
      node.span,
    )
    return
  }
  for (const key of keys) bindKey(key, of, node.span, judge)
  if (!isSum || field === undefined) {
    side.terms.push({ kind: "count", negative, of })
    compared(null, node.span, judge)
    return
  }
  const shape = of === "out" ? parts.target : parts.rowType.shape
  const type = typeOf(shape, field.text)
  if (type?.kind !== "number") {
    refuse(`${of} has no number "${field.text}"`, field.span)
    return
  }
  const currency = currencyOf(type, of, field.span, judge)
  if (currency === undefined) return
  compared(currency, node.span, judge)
  if (of === "out") side.terms.push({ kind: "sumOut", negative, field: field.text })
  else
    side.terms.push({
      kind: "sum",
      negative,
      of,
      figure: parts.figures.add(field.text, memberOf(field.text, type, judge)),
    })
}

function typeOf(shape: BoundShape, name: string): Type | undefined {
  return (shape.fields.find(f => f.name === name) ?? shape.derives.find(d => d.name === name))?.type
}

function memberOf(name: string, type: Type, { parts, ctx }: Judge): PlanExpression {
  const { state } = ctx
  const field = parts.rowType.shape.fields.find(f => f.name === name)
  const here = state.at(field?.place ?? parts.rowType.shape.place)
  return {
    kind: "field",
    of: {
      kind: "variable",
      variable: parts.row,
      type: valueType(parts.rowType, state),
      maybe: false,
      at: here,
    },
    field: name,
    narrowed: false,
    type: valueType(type, state),
    maybe: field?.optional ?? false,
    at: here,
  }
}

/** What a key of the records is called in the rows: the same, or the field that the record's is a plain copy of. */
function nameInRows(name: string, { parts, ctx }: Judge): string {
  if (typeOf(parts.rowType.shape, name) !== undefined || parts.made === null) return name
  const copied = ctx.state.aliases.get(pathKey(parts.made, [name]))
  const [field, ...more] = copied?.kind === "path" && copied.root === parts.row ? copied.path : []
  return field === undefined || more.length > 0 ? name : field
}

/** A key is a text or code of the rows, of the records, or of both. */
function bindKey(key: Keys[number], of: RowsOf | "out", span: Span, judge: Judge): void {
  const { parts, refuse } = judge
  const shape = of === "out" ? parts.target : parts.rowType.shape
  const name = of === "out" ? key.name : nameInRows(key.name, judge)
  const type = typeOf(shape, name)
  const optional = shape.fields.some(f => f.name === name && f.optional)
  const fits = type !== undefined && ["text", "enum", "currency", "country", "language"].includes(type.kind)
  if (!fits || optional || type === undefined) {
    refuse(`"${key.name}" is no text, code or member that every record of ${of} has`, span)
    return
  }
  if (of === "out") key.field = key.name
  else key.figure = parts.figures.add(name, memberOf(name, type, judge))
}

/** Undefined: an error was given. */
function currencyOf(type: NumberType, of: RowsOf | "out", span: Span, judge: Judge): Currency | undefined {
  const { ctx, keys } = judge
  if (type.unit === null) return null
  const unit = normalize(type.unit, ctx.state)
  if (unit.kind === "constant") return unit.code
  const name = unit.kind === "field" && unit.path.length === 1 ? unit.path[0] : undefined
  const key = keys.findIndex(one => (of === "out" ? one.name : nameInRows(one.name, judge)) === name)
  if (key >= 0) return key
  ctx.state.report(
    diagnostic("FM5108", { list: "these rows" }, place(ctx, span), {
      label: "each row has a currency of its own",
      help: `Compare one currency at a time: \`control "…" for each ${name ?? "currency"}: …\`.`,
    }),
  )
  return undefined
}

/** Both sides hold amounts of one currency, or none. */
function compared(found: Currency | "literal", span: Span, { side, ctx, refuse }: Judge): void {
  const { currency } = side
  if (found === "any") {
    side.currency ??= "any"
    return
  }
  if (found === "literal") {
    if (typeof currency === "number") refuse("a bare figure has no currency here", span)
    side.currency ??= "any"
    return
  }
  if (currency === undefined || currency === "any" || currency === found) {
    side.currency = found
    return
  }
  if (currency === null || found === null) refuse("one side is an amount and the other is not", span)
  else
    ctx.state.report(
      diagnostic("FM5101", { left: told(currency), right: told(found), operator: "==" }, place(ctx, span), {
        label: "another currency",
      }),
    )
}

function told(currency: Currency): string {
  return typeof currency === "string" ? currency : "the currency of its group"
}

/** Anything else is the same for the whole run. */
function addInput(node: Expression, negative: boolean, judge: Judge): void {
  const { ctx, refuse, side, parts } = judge
  const value = present(
    checkExpression(node, { ...ctx, noExit: "in a control", field: null, because: null }, null),
    ctx,
    "This side",
  )
  if (isError(value)) {
    refuse("this side is not understood", node.span)
    return
  }
  if (value.type.kind !== "number" || value.type.rational) {
    refuse("only numbers are compared", node.span)
    return
  }
  if (reads(value.plan, parts.row)) {
    refuse("a value of one row is none of the run; sum or count it", node.span)
    return
  }
  const unit = value.type.unit === null ? null : normalize(value.type.unit, ctx.state)
  if (unit !== null && unit.kind !== "constant") {
    refuse("the currency of this amount is not a constant", node.span)
    return
  }
  side.terms.push({ kind: "input", negative, value: value.plan })
  compared(unit === null ? null : unit.code, node.span, judge)
}

function reads(node: PlanExpression, row: VariableId): boolean {
  if (node.kind === "variable") return node.variable === row
  return childrenOf(node).some(({ expression }) => reads(expression, row))
}

/** Undefined: an error was given. */
function toleranceOf(
  { within }: ControlStatement,
  currency: Currency,
  { refuse }: Judge,
): PlanSetControl["within"] | undefined {
  if (within === null) return null
  const { amount, minor, span } = within
  if (amount.kind !== "number" && amount.kind !== "percent")
    return refuse("its tolerance is a figure, as in `within 0.05`", span) ?? undefined
  if (minor && currency === null)
    return refuse("`minor` is of a currency, and no amounts are compared", span) ?? undefined
  const text = amount.text.replace("%", "")
  return amount.kind === "percent"
    ? { amount: hundredth(text), minor, relative: true }
    : { amount: text, minor, relative: false }
}

/** 12.5 → 0.125, on the digits. */
function hundredth(text: string): string {
  const [whole = "", fraction = ""] = text.split(".")
  const digits = `00${whole}`
  return `${digits.slice(0, -2).replace(/^0+(?=\d)/, "")}.${digits.slice(-2)}${fraction}`
}

function plainText(text: {
  readonly parts: readonly { readonly kind: string; readonly text?: string }[]
}): string | null {
  return text.parts.map(part => part.text ?? "").join("")
}
