// Rules of a record about which of its fields have values together, as the conditions they stand for. Flows in: a rule as written.
// Flows out: one condition for each place an issue may point at, and what happens where it is false. It must not know who is checked:
// a source at the door or a target that is being made.
import {
  type BinaryExpression,
  diagnostic,
  type Expression,
  type FieldsRule,
  type Name,
  type RequireRule,
  type Span,
} from "@fmap/grammar"
import type { IssueCode } from "@fmap/runtime"
import type { PlanCheckExit, PlanExpression } from "../plan/index.ts"
import { at, type Context, place } from "./context.ts"
import { recordExit } from "./expressions/way-out.ts"

export type FieldRule = FieldsRule | RequireRule

export interface RuleCondition {
  readonly condition: Expression
  /** Where the issue belongs; null: to the record. */
  readonly field: string | null
}

export function conditionsOf(rule: FieldRule): readonly RuleCondition[] {
  if (rule.kind === "require") {
    const { when } = rule
    if (when === null) return []
    const not: Expression = { kind: "unary", operator: "not", operand: when, span: when.span }
    return rule.fields.map(name => ({
      condition: join("or", [not, has(name)], rule.span),
      field: name.text,
    }))
  }
  return [{ condition: togetherness(rule), field: null }]
}

function togetherness({ rule, fields, span }: FieldsRule): Expression {
  const others = (name: Name): Expression[] => fields.filter(one => one !== name).map(lacks)
  switch (rule) {
    case "exactly one":
      return join(
        "or",
        fields.map(name => join("and", [has(name), ...others(name)], span)),
        span,
      )
    case "at most one":
      return join(
        "or",
        fields.map(name => join("and", others(name), span)),
        span,
      )
    case "all or none":
      return join("or", [join("and", fields.map(has), span), join("and", fields.map(lacks), span)], span)
  }
}

const has = (name: Name): Expression => presence(name, true)
const lacks = (name: Name): Expression => presence(name, false)

function presence(name: Name, present: boolean): Expression {
  return { kind: "presence", operand: { kind: "name", name, span: name.span }, present, span: name.span }
}

function join(operator: "and" | "or", parts: readonly Expression[], span: Span): Expression {
  return parts.reduce(
    (left, right): BinaryExpression => ({ kind: "binary", operator, operatorSpan: span, left, right, span }),
  )
}

const codes: Record<FieldsRule["rule"] | "require", IssueCode> = {
  "exactly one": "NOT_EXACTLY_ONE",
  "at most one": "MORE_THAN_ONE",
  "all or none": "NOT_ALL_OR_NONE",
  require: "MISSING_FIELD",
}

/** What a record ends with that breaks the rule: as its author says, else a code of the runtime's own. */
export function codeOf(rule: FieldRule): { readonly code: string; readonly verb: "reject" | "hold" } {
  const { exit } = rule
  if (exit !== null && exit.code !== null)
    return { code: exit.code.text, verb: exit.verb === "hold" ? "hold" : "reject" }
  return { code: codes[rule.kind === "require" ? "require" : rule.rule], verb: "reject" }
}

/** `exactly one of UnitPrice, TotalPrice`, for messages and reports. */
export function ruleText(rule: FieldRule): string {
  const names = rule.fields.map(name => name.text).join(", ")
  return rule.kind === "require" ? `require ${names} when …` : `${rule.rule} of ${names}`
}

/** Notes the code for Law 5; null where an error was given. */
export function ruleExit(
  rule: FieldRule,
  field: string | null,
  ctx: Context,
): Omit<PlanCheckExit, "field"> | null {
  const { exit } = rule
  if (exit !== null) {
    if (exit.verb !== "reject" && exit.verb !== "hold") {
      ctx.state.report(
        diagnostic("FM4120", { verb: exit.verb, where: "at a rule of a record" }, place(ctx, exit.span), {
          label: "not here",
          help: "End it with `reject CODE` or `hold CODE`.",
        }),
      )
      return null
    }
    const said = recordExit(exit, ctx, "contract")
    return said === null ? null : { verb: exit.verb, ...said }
  }
  const { code, verb } = codeOf(rule)
  const here = at(ctx, rule.span)
  ctx.state.codes.push({ code, verb, origin: "contract", at: here, place: place(ctx, rule.span) })
  const text = field === null ? messageOf(rule) : `"${field}" must have a value here.`
  const message: PlanExpression = {
    kind: "literal",
    value: text,
    type: { kind: "text" },
    maybe: false,
    at: here,
  }
  return { verb, code, message }
}

function messageOf(rule: FieldRule): string {
  const [subject, verb] = rule.kind === "require" ? ["", ""] : sentences[rule.rule]
  return `${subject} of ${rule.fields.map(name => name.text).join(", ")} ${verb} a value.`
}
const sentences: Record<FieldsRule["rule"], readonly [subject: string, verb: string]> = {
  "exactly one": ["Exactly one", "must have"],
  "at most one": ["At most one", "may have"],
  "all or none": ["All or none", "must have"],
}
