// What a target's contract says of which fields have values together, for the record that is made here: proved where the values tell it,
// an error where they break it, else a check of every record (Law 4 says which). Flows in: the rules and what is assigned. Flows out: steps.
import { diagnostic, type Span } from "@fmap/grammar"
import type { PlanExpression, PlanStep } from "../plan/index.ts"
import { type BlockScope, type Context, place } from "./context.ts"
import { checkCondition } from "./expressions/logic.ts"
import { casesOf, type Presence, presenceOf } from "./field-presence.ts"
import { conditionsOf, type FieldRule, ruleExit, ruleText } from "./field-rules.ts"
import { recordHere } from "./name-here.ts"
import { isError } from "./values.ts"

export interface MadeRecord {
  readonly scope: BlockScope
  /** By field. */
  readonly values: ReadonlyMap<string, PlanExpression>
  /** Where errors about the whole point. */
  readonly span: Span
}

/** `rules`: the context of the target's own rules. Null: an error was given. */
export function targetFieldRules(made: MadeRecord, rules: Context, ctx: Context): readonly PlanStep[] | null {
  const { shape } = made.scope
  const steps: PlanStep[] = []
  let broken = false
  for (const rule of shape.fieldRules) {
    const at = ctx.state.at({ file: shape.file, span: rule.span })
    const verdict = rule.kind === "require" ? requirement(rule, made, rules) : togetherness(rule, made, rules)
    if (verdict === null) continue
    if (verdict === "broken") {
      broken = true
      ctx.state.report(
        diagnostic(
          "FM4184",
          { record: recordHere(shape, ctx), rule: `\`${ruleText(rule)}\`` },
          place(ctx, made.span),
          {
            label: "makes this record",
            related: [{ place: { file: shape.file, span: rule.span }, text: "the rule" }],
            help: "Use `choose` where only one of the fields may be written.",
          },
        ),
      )
      continue
    }
    const how = verdict.length === 0 ? "proved" : "checked"
    ctx.state.fieldRules.push({ record: shape.name, rule: ruleText(rule), how, at })
    for (const { condition, field } of verdict) {
      const exit = ruleExit(rule, field, rules)
      if (exit !== null) steps.push({ kind: "check", condition, exit: { ...exit, field }, at })
    }
  }
  return broken ? null : steps
}

interface Check {
  readonly condition: PlanExpression
  readonly field: string | null
}

/** What must be checked for every record; nothing where it is proved, null where only the target system can tell. */
function togetherness(
  rule: FieldRule & { kind: "fieldsRule" },
  made: MadeRecord,
  ctx: Context,
): readonly Check[] | "broken" | null {
  const names = rule.fields.map(name => name.text)
  const { shape } = made.scope
  if (names.some(name => shape.fields.find(field => field.name === name)?.computed === true)) return null
  const verdicts = casesOf(names.map(name => made.values.get(name) ?? null)).flatMap(found =>
    found.includes(null) ? [] : [judged(rule.rule, found as readonly Presence[])],
  )
  if (verdicts.includes("broken")) return "broken"
  if (verdicts.every(verdict => verdict === "proved")) return []
  const tests = names.map(name => isThere(name, made, ctx))
  const without = (i: number): PlanExpression[] =>
    tests.flatMap((test, j) => (i === j ? [] : [negated(test)]))
  const condition =
    rule.rule === "exactly one"
      ? joined(
          "or",
          tests.map((test, i) => joined("and", [test, ...without(i)])),
        )
      : rule.rule === "at most one"
        ? joined(
            "or",
            tests.map((_, i) => joined("and", without(i))),
          )
        : joined("or", [joined("and", tests), joined("and", tests.map(negated))])
  return [{ condition, field: null }]
}

function judged(rule: string, found: readonly Presence[]): "proved" | "broken" | "unknown" {
  const sure = found.filter(one => one === "always").length
  const open = found.filter(one => one === "unknown").length
  switch (rule) {
    case "exactly one":
      if (sure > 1 || sure + open === 0) return "broken"
      return open === 0 ? "proved" : "unknown"
    case "at most one":
      if (sure > 1) return "broken"
      return sure + open <= 1 ? "proved" : "unknown"
    default:
      if (sure > 0 && sure + open < found.length) return "broken"
      return open === 0 ? "proved" : "unknown"
  }
}

function requirement(
  rule: FieldRule & { kind: "require" },
  made: MadeRecord,
  rules: Context,
): readonly Check[] | null {
  const checks: Check[] = []
  for (const { field } of conditionsOf(rule)) {
    if (field === null || rule.when === null) return null
    const declared = made.scope.shape.fields.find(one => one.name === field)
    if (declared?.computed === true) continue
    const assigned = made.values.get(field)
    if (assigned !== undefined && presenceOf(assigned) === "always") continue
    // The rule itself was checked where it stands; what fails here is a value that only the target system knows.
    const silent: Context = {
      ...rules,
      leftIsMissing: true,
      state: { ...rules.state, report: () => undefined },
    }
    const when = checkCondition(rule.when, silent, "in a condition")
    if (isError(when)) return null
    const condition = joined("or", [negated(simplified(when.plan)), isThere(field, made, rules)])
    if (condition.kind !== "literal" || condition.value !== true) checks.push({ condition, field })
  }
  return checks
}

/** Is there a value in the field? Known where it is left. */
function isThere(name: string, { scope, values }: MadeRecord, ctx: Context): PlanExpression {
  const slot = scope.fields.get(name)
  const value = values.get(name)
  if (slot === undefined || value === undefined) return constant(false)
  const presence = presenceOf(value)
  if (presence !== "unknown") return constant(presence === "always")
  ctx.state.tracker.reads.add(slot.variable)
  const of: PlanExpression = {
    kind: "variable",
    variable: slot.variable,
    type: value.type,
    maybe: true,
    at: value.at,
  }
  return { kind: "present", of, negated: false, type: { kind: "bool" }, maybe: false, at: value.at }
}

const nowhere: PlanExpression["at"] = [0, 1, 1, 1, 1]

function constant(value: boolean): PlanExpression & { kind: "literal" } {
  return { kind: "literal", value, type: { kind: "bool" }, maybe: false, at: nowhere }
}

function negated(of: PlanExpression): PlanExpression {
  if (of.kind === "literal") return constant(of.value !== true)
  if (of.kind === "present") return { ...of, negated: !of.negated }
  return { kind: "not", of, type: { kind: "bool" }, maybe: false, at: of.at }
}

function joined(operator: "and" | "or", parts: readonly PlanExpression[]): PlanExpression {
  const decides = operator === "or"
  const open: readonly PlanExpression[] = parts.filter(part => part.kind !== "literal")
  if (parts.some(part => part.kind === "literal" && part.value === decides)) return constant(decides)
  const [first, ...rest] = open
  if (first === undefined) return constant(!decides)
  return rest.reduce(
    (left, right): PlanExpression => ({
      kind: "logic",
      operator,
      left,
      right,
      type: { kind: "bool" },
      maybe: false,
      at: left.at,
    }),
    first,
  )
}

/** Without what is known because a field is left. */
function simplified(plan: PlanExpression): PlanExpression {
  switch (plan.kind) {
    case "present":
      return plan.of.kind === "missing" ? constant(plan.negated) : plan
    case "not":
      return negated(simplified(plan.of))
    case "logic":
      return joined(plan.operator, [simplified(plan.left), simplified(plan.right)])
    default:
      return plan
  }
}
