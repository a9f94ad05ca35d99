// `match`: the one conditional. Exhaustive over closed enums, booleans and missing; `otherwise` where values are open.
import { diagnostic, type Expression, type MatchArm, type MatchExpression, type Pattern } from "@fmap/grammar"
import type { At, PlanExpression } from "../../plan/index.ts"
import type { Type } from "../../types/type.ts"
import { bothFacts, type Checked, type Facts, noFacts } from "../checked.ts"
import { at, type Context, place, withFacts } from "../context.ts"
import { checkExpression } from "../expression.ts"
import { present } from "../present.ts"
import { erroneous, isError } from "../values.ts"
import { comparable } from "./comparison.ts"
import { checkCondition } from "./logic.ts"
import { type Arms, armFacts, armResult, finish, muted, unreachable } from "./match-arms.ts"
import { conditionsOver, patternValue } from "./match-conditions.ts"
import { checkCoverage } from "./match-coverage.ts"
import { matchKinds } from "./match-kinds.ts"

export function checkMatch(node: MatchExpression, ctx: Context, expected: Type | null): Checked {
  return node.subject === null ? conditions(node, ctx, expected) : values(node, node.subject, ctx, expected)
}

/** `match { C1 -> A, otherwise -> B }`. */
function conditions(node: MatchExpression, ctx: Context, expected: Type | null): Checked {
  const arms: Arms = { results: [], failed: false }
  const built: { when: PlanExpression; then: Checked; at: At }[] = []
  let otherwise: Checked | null = null
  let known: Facts = noFacts
  for (const arm of node.arms) {
    if (otherwise !== null) {
      unreachable(arm, "`otherwise` stands before it", ctx)
      arms.failed = true
      continue
    }
    const only = arm.patterns[0]
    if (only?.kind === "otherwise") {
      otherwise = armResult(arm, arms, withFacts(ctx, known), expected)
      arms.results.push({ result: otherwise, arm })
      continue
    }
    if (arm.patterns.length !== 1 || only?.kind !== "value") {
      ctx.state.report(
        diagnostic("FM3110", { what: "a pattern" }, place(ctx, arm.span), {
          help: "A `match` without a value takes conditions: `x > 0 -> …`.",
        }),
      )
      arms.failed = true
      continue
    }
    const before = withFacts(ctx, known)
    const condition = checkCondition(only.expression, before, "in a condition")
    if (isError(condition)) arms.failed = true
    const result = armResult(arm, arms, withFacts(before, condition.facts.whenTrue), expected)
    arms.results.push({ result, arm })
    built.push({ when: condition.plan, then: result, at: at(ctx, arm.span) })
    known = bothFacts(known, condition.facts.whenFalse)
  }
  if (otherwise === null) {
    ctx.state.report(
      diagnostic("FM3126", { value: "Conditions" }, place(ctx, node.span), {
        help: "Add an arm `otherwise -> …`.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  const last = otherwise
  return finish(
    node,
    arms,
    plan => ({
      kind: "conditional",
      bind: null,
      arms: built.map(b => ({ when: b.when, then: plan(b.then), at: b.at })),
      otherwise: plan(last),
      type: { kind: "never" },
      maybe: false,
      at: at(ctx, node.span),
    }),
    ctx,
  )
}

export function values(
  node: MatchExpression,
  subjectNode: Expression,
  ctx: Context,
  expected: Type | null,
): Checked {
  const raw = checkExpression(subjectNode, { ...ctx, inRound: false }, null)
  const handlesMissing = node.arms.some(a =>
    a.patterns.some(p => p.kind === "missing" || p.kind === "present" || p.kind === "otherwise"),
  )
  const subject = handlesMissing ? raw : present(raw, ctx, "The value of this match")
  if (isError(subject)) {
    for (const arm of node.arms) checkExpression(arm.result, muted(ctx), expected)
    return erroneous(ctx, node.span)
  }
  if (subject.type.kind === "record" && subject.type.shape.union !== undefined)
    return matchKinds(node, subject, ctx, expected)
  const plain = node.arms.every(a =>
    a.patterns.every(p => p.kind === "otherwise" || p.kind === "missing" || isSwitchable(p, subject.type)),
  )
  const switchable =
    plain && ["enum", "text", "bool", "currency", "country", "language"].includes(subject.type.kind)
  return switchable ? switchOver(node, subject, ctx, expected) : conditionsOver(node, subject, ctx, expected)
}

function isSwitchable(pattern: Pattern, type: Type): boolean {
  if (pattern.kind !== "value") return false
  const e = pattern.expression
  return (
    e.kind === "text" ||
    e.kind === "boolean" ||
    e.kind === "enumMember" ||
    (e.kind === "name" && type.kind === "enum")
  )
}

function switchOver(node: MatchExpression, subject: Checked, ctx: Context, expected: Type | null): Checked {
  const arms: Arms = { results: [], failed: false }
  const built: { values: (string | boolean)[]; then: Checked; at: At }[] = []
  const seen = new Set<string | boolean>()
  // An arm that names nothing known may be meant for any value: then none is told to lack an arm.
  let unread = false
  let missing: Checked | null = null
  let otherwise: Checked | null = null
  let otherwiseArm: MatchArm | null = null
  for (const arm of node.arms) {
    const here: (string | boolean)[] = []
    let hasMissing = false
    let isOtherwise = false
    for (const pattern of arm.patterns) {
      if (otherwise !== null) unreachable(arm, "`otherwise` stands before it", ctx, arms)
      else if (pattern.kind === "otherwise") isOtherwise = true
      else if (pattern.kind === "missing") {
        if (!subject.maybe && subject.failure === null)
          unreachable(pattern, "the value is always there", ctx, arms)
        else if (missing !== null) unreachable(pattern, "`missing` has an arm before", ctx, arms)
        else hasMissing = true
      } else if (pattern.kind === "value") {
        const value = patternValue(pattern, subject, ctx)
        if (isError(value) || value.plan.kind !== "literal") {
          arms.failed = true
          unread = true
          if (!isError(value))
            ctx.state.report(diagnostic("FM3110", { what: "not a constant" }, place(ctx, pattern.span)))
          continue
        }
        const sides = { left: pattern.expression, right: pattern.expression, operatorSpan: pattern.span }
        if (!comparable("==", subject, value, sides, ctx)) arms.failed = true
        else if (seen.has(value.plan.value))
          unreachable(pattern, `"${String(value.plan.value)}" has an arm before`, ctx, arms)
        else {
          seen.add(value.plan.value)
          here.push(value.plan.value)
        }
      }
    }
    const facts = here.length > 0 && !isOtherwise ? armFacts(subject, here, ctx) : noFacts
    const result = armResult(arm, arms, withFacts(ctx, facts), expected)
    arms.results.push({ result, arm })
    if (isOtherwise) {
      otherwise = result
      otherwiseArm = arm
    }
    if (hasMissing) missing = result
    if (here.length > 0) built.push({ values: here, then: result, at: at(ctx, arm.span) })
  }
  checkCoverage(subject, unread ? null : seen, missing !== null, otherwise !== null, otherwiseArm, ctx, arms)
  if ((subject.maybe || subject.failure !== null) && missing === null) missing = otherwise
  const [whenMissing, whenOther] = [missing, otherwise]
  return finish(
    node,
    arms,
    plan => ({
      kind: "switch",
      subject: subject.plan,
      arms: built.map(b => ({ values: b.values, then: plan(b.then), at: b.at })),
      missing: whenMissing === null ? null : plan(whenMissing),
      otherwise: whenOther === null ? null : plan(whenOther),
      type: { kind: "never" },
      maybe: false,
      at: at(ctx, node.span),
    }),
    ctx,
  )
}
