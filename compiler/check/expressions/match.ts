// `match`: the one conditional. Exhaustive over closed enums, booleans and missing; `otherwise` where values are open.
import { diagnostic, type Expression, type MatchArm, type MatchExpression, type Pattern } from "@fmap/grammar"
import type { At, PlanExpression } from "../../plan/index.ts"
import type { Type } from "../../types/type.ts"
import { bothFacts, type Checked, type Facts, noFacts, pathKey } from "../checked.ts"
import { at, type Context, childScope, place, withFacts } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { joinTypes, sentence } from "../join.ts"
import { present } from "../present.ts"
import { givesReason } from "../reason-text.ts"
import { declare, rootOf } from "../rows.ts"
import { inUnitsOf, namesUnit, normalize, unitKey } from "../units.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"
import { comparable } from "./comparison.ts"
import { enumConstant } from "./literal.ts"
import { checkCondition, presentFacts } from "./logic.ts"
import { matchKinds } from "./match-kinds.ts"

export function checkMatch(node: MatchExpression, ctx: Context, expected: Type | null): Checked {
  return node.subject === null ? conditions(node, ctx, expected) : values(node, node.subject, ctx, expected)
}

export interface Arms {
  readonly results: { readonly result: Checked; readonly arm: MatchArm }[]
  failed: boolean
}

export function finish(
  node: MatchExpression,
  arms: Arms,
  plan: (result: (c: Checked) => PlanExpression) => PlanExpression,
  ctx: Context,
): Checked {
  let type: Type = { kind: "never" }
  for (const { result, arm } of arms.results) {
    if (isError(result)) {
      arms.failed = true
      continue
    }
    const joined = joinTypes(type, result.type, arm.result, ctx)
    if (joined === null) arms.failed = true
    else type = joined
  }
  if (arms.failed) return erroneous(ctx, node.span)
  const maybe = arms.results.some(a => a.result.maybe)
  const failure = arms.results.find(a => a.result.failure !== null)?.result.failure ?? null
  const built = plan(c => c.plan)
  return checked(
    { ...built, type: valueType(type, ctx.state), maybe: maybe || failure !== null } as PlanExpression,
    type,
    node.span,
    { maybe, failure },
  )
}

/** A result in the units that are wanted after the `match`; where nothing is wanted the arms before say what is. */
export function armResult(arm: MatchArm, arms: Arms, ctx: Context, expected: Type | null): Checked {
  const before = arms.results.find(({ result }) => result.type.kind !== "never" && !isError(result))
  const wanted = expected ?? before?.result.type ?? null
  const result = checkExpression(arm.result, ctx, wanted)
  return wanted === null ? result : { ...result, type: inUnitsOf(result.type, wanted, ctx) }
}

/** What an arm of these values knows: the value is there, and a currency or unit is the one it names. */
function armFacts(subject: Checked, values: readonly (string | boolean)[], ctx: Context): Facts {
  const facts = presentFacts(subject)
  const [code] = values
  if (subject.stable === null || !namesUnit(subject.type) || values.length !== 1) return facts
  const unit = unitKey(normalize({ kind: "path", ...subject.stable }, ctx.state))
  return { ...facts, equal: [[unit, unitKey({ kind: "constant", code: String(code) })]] }
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

function values(
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

/** Names in patterns are enum members (decision 6). */
function patternValue(pattern: Pattern & { kind: "value" }, subject: Checked, ctx: Context): Checked {
  const e = pattern.expression
  if (e.kind === "name" && subject.type.kind === "enum")
    return enumConstant(e.name.text, e.span, subject.type, ctx)
  return present(checkExpression(e, ctx, subject.type), ctx, "This pattern")
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

/** `seen`: the values that have an arm; null when an arm could not be read, and nothing is known about them. */
function checkCoverage(
  subject: Checked,
  seen: ReadonlySet<string | boolean> | null,
  missing: boolean,
  otherwise: boolean,
  otherwiseArm: MatchArm | null,
  ctx: Context,
  arms: Arms,
): void {
  const closed: readonly (string | boolean)[] | null =
    subject.type.kind === "enum" && !subject.type.open
      ? subject.type.members.map(m => m.value)
      : subject.type.kind === "bool"
        ? [true, false]
        : null
  const lacking = seen === null ? [] : (closed?.filter(v => !seen.has(v)) ?? [])
  const needsMissing = (subject.maybe || subject.failure !== null) && !missing
  if (otherwise) {
    if (seen !== null && closed !== null && lacking.length === 0 && !needsMissing && otherwiseArm !== null) {
      ctx.state.deferred.push(
        diagnostic("FM3109", { reason: "every value has an arm of its own" }, place(ctx, otherwiseArm.span), {
          label: "never reached",
          help: "Remove `otherwise`.",
          edits: [{ place: place(ctx, otherwiseArm.span), text: "" }],
        }),
      )
    }
    if (subject.type.kind === "enum" && otherwiseArm !== null && !givesReason(otherwiseArm.because)) {
      ctx.state.report(
        diagnostic("FM4106", { what: "`otherwise` over an enum" }, place(ctx, otherwiseArm.span), {
          label: "why are these all alike?",
          help: 'End the arm with `because "…"`.',
        }),
      )
      arms.failed = true
    }
    return
  }
  if (closed === null) {
    const reason = subject.type.kind === "enum" ? ' because "…"' : ""
    ctx.state.report(
      diagnostic("FM3126", { value: sentence(describe(subject.type, ctx)) }, place(ctx, subject.span), {
        label: "may be anything",
        help: `Add an arm \`otherwise -> …${reason}\`.`,
      }),
    )
    arms.failed = true
    return
  }
  const names = lacking.slice(0, mostNamed).map(v => (typeof v === "string" ? `"${v}"` : String(v)))
  if (lacking.length > mostNamed) names.push(`${lacking.length - mostNamed} more`)
  if (needsMissing) names.push("a missing value")
  if (names.length === 0) return
  arms.failed = true
  ctx.state.report(
    diagnostic("FM3108", { missing: names.join(", ") }, place(ctx, subject.span), {
      label: needsMissing ? `${describe(subject.type, ctx)}, or missing` : describe(subject.type, ctx),
      help: "Add an arm for each of them; several values may share one.",
    }),
  )
}

/** How many members without an arm are told by name; the rest is counted. */
const mostNamed = 12

/** Ranges, numbers, dates, `present as v`: first true one wins. */
function conditionsOver(
  node: MatchExpression,
  subject: Checked,
  ctx: Context,
  expected: Type | null,
): Checked {
  const arms: Arms = { results: [], failed: false }
  const variable = ctx.state.variables.length
  const maybe = subject.maybe || subject.failure !== null
  ctx.state.variables.push({ name: "subject", type: subject.plan.type, maybe })
  const here = at(ctx, node.span)
  const read = (certain: boolean): PlanExpression => ({
    kind: "variable",
    variable,
    type: subject.plan.type,
    maybe: maybe && !certain,
    at: here,
  })
  const certain: Checked = { ...subject, plan: read(true), maybe: false, failure: null }
  const built: { when: PlanExpression; then: Checked; at: At }[] = []
  let otherwise: Checked | null = null
  let missingDone = false
  let presentDone = false
  for (const arm of node.arms) {
    if (otherwise !== null || (presentDone && (missingDone || !maybe))) {
      unreachable(arm, "every value has an arm before", ctx, arms)
      continue
    }
    let armCtx = childScope(ctx)
    const tests: PlanExpression[] = []
    let isOtherwise = false
    for (const pattern of arm.patterns) {
      const test = patternTest(pattern, certain, read, maybe, ctx, arms)
      if (pattern.kind === "otherwise") isOtherwise = true
      if (pattern.kind === "missing") missingDone = true
      if (pattern.kind === "present") {
        presentDone = true
        armCtx = withFacts(armCtx, presentFacts(subject))
        if (pattern.binder !== null && declare(pattern.binder, armCtx)) {
          armCtx.scope.names.set(pattern.binder.text, {
            kind: "value",
            name: pattern.binder.text,
            variable,
            type: subject.type,
            maybe: false,
            place: place(ctx, pattern.binder.span),
            used: false,
            isLet: false,
          })
          rootOf(variable, subject.type, armCtx)
          // Another name for something stable is that thing.
          if (subject.stable !== null) {
            const same = normalize({ kind: "path", ...subject.stable }, ctx.state)
            ctx.state.aliases.set(pathKey(variable, []), same)
          }
        }
      } else if (pattern.kind === "value" || pattern.kind === "range")
        armCtx = withFacts(armCtx, presentFacts(subject))
      if (test !== null) tests.push(test)
    }
    const result = armResult(arm, arms, armCtx, expected)
    arms.results.push({ result, arm })
    if (isOtherwise) otherwise = result
    else {
      const when = tests.reduceRight<PlanExpression | null>(
        (right, left) =>
          right === null
            ? left
            : { kind: "logic", operator: "or", left, right, type: { kind: "bool" }, maybe: false, at: here },
        null,
      )
      if (when !== null) built.push({ when, then: result, at: at(ctx, arm.span) })
    }
  }
  if (otherwise === null && !(presentDone && (missingDone || !maybe))) {
    ctx.state.report(
      diagnostic("FM3126", { value: sentence(describe(subject.type, ctx)) }, place(ctx, subject.span), {
        label: "may be anything",
        help: "Add an arm `otherwise -> …`.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  const last = otherwise
  return finish(
    node,
    arms,
    plan => {
      const all = built.map(b => ({ when: b.when, then: plan(b.then), at: b.at }))
      const rest = last === null ? all[all.length - 1]?.then : plan(last)
      return {
        kind: "conditional",
        bind: { variable, value: subject.plan },
        arms: last === null ? all.slice(0, -1) : all,
        otherwise: rest ?? { kind: "missing", type: { kind: "never" }, maybe: true, at: here },
        type: { kind: "never" },
        maybe: false,
        at: here,
      }
    },
    ctx,
  )
}

function patternTest(
  pattern: Pattern,
  subject: Checked,
  read: (certain: boolean) => PlanExpression,
  maybe: boolean,
  ctx: Context,
  arms: Arms,
): PlanExpression | null {
  const bool = { kind: "bool" } as const
  const here = at(ctx, pattern.span)
  const guarded = (test: PlanExpression): PlanExpression =>
    maybe
      ? {
          kind: "logic",
          operator: "and",
          left: { kind: "present", of: read(false), negated: false, type: bool, maybe: false, at: here },
          right: test,
          type: bool,
          maybe: false,
          at: here,
        }
      : test
  switch (pattern.kind) {
    case "otherwise":
      return null
    case "missing":
    case "present":
      if (!maybe && pattern.kind === "missing") {
        unreachable(pattern, "the value is always there", ctx, arms)
        return null
      }
      return {
        kind: "present",
        of: read(false),
        negated: pattern.kind === "missing",
        type: bool,
        maybe: false,
        at: here,
      }
    case "member":
      arms.failed = true
      ctx.state.report(
        diagnostic("FM3110", { what: "a kind" }, place(ctx, pattern.span), {
          help: "Only a union has kinds: `Account as a -> …`.",
        }),
      )
      return null
    case "value": {
      const value = patternValue(pattern, subject, ctx)
      if (
        isError(value) ||
        !comparable(
          "==",
          subject,
          value,
          { left: pattern.expression, right: pattern.expression, operatorSpan: pattern.span },
          ctx,
        )
      ) {
        arms.failed = true
        return null
      }
      return guarded({
        kind: "compare",
        operator: "==",
        left: read(true),
        right: value.plan,
        type: bool,
        maybe: false,
        at: here,
      })
    }
    case "range": {
      const low = present(checkExpression(pattern.low, ctx, subject.type), ctx, "The lower end")
      const high = present(checkExpression(pattern.high, ctx, subject.type), ctx, "The upper end")
      const sides = { left: pattern.low, right: pattern.high, operatorSpan: pattern.span }
      if (
        isError(low, high) ||
        !comparable("<=", subject, low, sides, ctx) ||
        !comparable("<=", subject, high, sides, ctx)
      ) {
        arms.failed = true
        return null
      }
      return guarded({
        kind: "between",
        of: read(true),
        low: low.plan,
        high: high.plan,
        negated: false,
        type: bool,
        maybe: false,
        at: here,
      })
    }
  }
}

export function unreachable(
  node: { span: { start: number; end: number } },
  reason: string,
  ctx: Context,
  arms?: Arms,
): void {
  if (arms !== undefined) arms.failed = true
  ctx.state.report(diagnostic("FM3109", { reason }, place(ctx, node.span), { label: "never reached" }))
}

/** Checks for names and reads, but keeps quiet: something before it is already wrong. */
function muted(ctx: Context): Context {
  return { ...ctx, state: { ...ctx.state, report: () => undefined } }
}
