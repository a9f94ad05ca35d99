// `match` over a union: an arm for each kind, `Account as a -> …`. Flows in: the match and its checked subject. Flows out: a
// conditional over which kind is there; in its arm the kind is known, and its fields are read as those of any record.
import {
  diagnostic,
  type MatchArm,
  type MatchExpression,
  type Name,
  type Pattern,
  suggest,
} from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { Type } from "../../types/type.ts"
import { type Checked, noFacts, pathKey } from "../checked.ts"
import { at, type Context, childScope, place, withFacts } from "../context.ts"
import { describe } from "../describe.ts"
import { chainOf } from "../reads.ts"
import { givesReason } from "../reason-text.ts"
import { declare, rootOf } from "../rows.ts"
import { boolType, checked, erroneous, isError, valueType } from "../values.ts"
import { type Arms, armResult, finish, unreachable } from "./match-arms.ts"
import { memberOf } from "./member.ts"

export function matchKinds(
  node: MatchExpression,
  subject: Checked,
  ctx: Context,
  expected: Type | null,
): Checked {
  const kinds = subject.type.kind === "record" ? subject.type.shape.fields.map(field => field.name) : []
  const { bind, base } = namedSubject(subject, ctx)
  const arms: Arms = { results: [], failed: false }
  const built: { when: PlanExpression | null; then: Checked; arm: MatchArm }[] = []
  const seen = new Set<string>()
  let hasMissing = false
  let otherwise: MatchArm | null = null
  for (const arm of node.arms) {
    if (otherwise !== null) {
      unreachable(arm, "`otherwise` stands before it", ctx, arms)
      continue
    }
    let inner = ctx
    const tests: PlanExpression[] = []
    for (const pattern of arm.patterns) {
      if (pattern.kind === "otherwise") otherwise = arm
      else if (pattern.kind === "missing") {
        if (!subject.maybe) unreachable(pattern, "the value is always there", ctx, arms)
        hasMissing = true
        tests.push(presence(base.plan, true, ctx))
      } else {
        const name = nameOf(pattern)
        const known = name !== null && kinds.includes(name.text)
        if (name === null || !known) {
          refuse(pattern, name, kinds, subject, ctx)
          arms.failed = true
          if (pattern.kind === "member") inner = unknownKind(pattern, ctx)
          continue
        }
        if (seen.has(name.text)) unreachable(pattern, `${name.text} has an arm before`, ctx, arms)
        seen.add(name.text)
        const member = memberOf(base, name, name.span, ctx)
        tests.push(presence({ ...member.plan, maybe: true }, false, ctx))
        if (arm.patterns.length === 1) inner = inArm(pattern, name, base, ctx)
        else if (pattern.kind === "member")
          unreachable(pattern, "an arm of several kinds has no name for one of them", ctx, arms)
      }
    }
    const result = armResult(arm, arms, inner, expected)
    arms.results.push({ result, arm })
    built.push({ when: otherwise === arm ? null : anyOf(tests), then: result, arm })
  }
  const lacking = kinds.filter(kind => !seen.has(kind))
  if (subject.maybe && !hasMissing) lacking.push("a missing value")
  coverage(node, otherwise, lacking, subject, ctx, arms)
  const last = built.at(-1)
  if (last === undefined || arms.failed) return erroneous(ctx, node.span)
  return finish(
    node,
    arms,
    plan => ({
      kind: "conditional",
      bind,
      arms: built
        .slice(0, -1)
        .flatMap(({ when, then, arm }) =>
          when === null ? [] : [{ when, then: plan(then), at: at(ctx, arm.span) }],
        ),
      otherwise: plan(last.then),
      type: { kind: "never" },
      maybe: false,
      at: at(ctx, node.span),
    }),
    ctx,
  )
}

/** The subject under a name: its own, or a variable. */
function namedSubject(
  subject: Checked,
  ctx: Context,
): {
  readonly bind: Extract<PlanExpression, { kind: "conditional" }>["bind"]
  readonly base: Checked
} {
  if (subject.stable !== null && chainOf(subject.plan) !== null) return { bind: null, base: subject }
  const variable =
    ctx.state.variables.push({ name: "subject", type: subject.plan.type, maybe: subject.maybe }) - 1
  rootOf(variable, subject.type, ctx)
  const plan: PlanExpression = {
    kind: "variable",
    variable,
    type: subject.plan.type,
    maybe: subject.maybe,
    at: subject.plan.at,
  }
  const base = checked(plan, subject.type, subject.span, {
    maybe: subject.maybe,
    stable: { root: variable, rootName: "subject", path: [] },
  })
  return { bind: { variable, value: subject.plan }, base }
}

function nameOf(pattern: Pattern): Name | null {
  if (pattern.kind === "member") return pattern.name
  return pattern.kind === "value" && pattern.expression.kind === "name" ? pattern.expression.name : null
}

/** In its arm a kind is there, under the name the arm gives it. */
function inArm(pattern: Pattern, name: Name, base: Checked, ctx: Context): Context {
  if (base.stable === null) return ctx
  const { root, path } = base.stable
  const present = new Set([pathKey(root, path), pathKey(root, [...path, name.text])])
  const known = withFacts(ctx, { ...noFacts, present })
  if (pattern.kind !== "member") return known
  const inner = childScope(known)
  const member = memberOf(base, name, name.span, inner)
  if (!declare(pattern.binder, inner) || isError(member) || member.stable === null) return inner
  inner.scope.names.set(pattern.binder.text, {
    kind: "value",
    name: pattern.binder.text,
    variable: -1,
    type: member.type,
    maybe: false,
    place: place(ctx, pattern.binder.span),
    used: true,
    isLet: false,
    instead: { plan: member.plan, stable: member.stable },
  })
  return inner
}

/** About what a wrong arm names nothing more is said. */
function unknownKind(pattern: Pattern & { readonly kind: "member" }, ctx: Context): Context {
  const inner = childScope(ctx)
  inner.scope.names.set(pattern.binder.text, {
    kind: "value",
    name: pattern.binder.text,
    variable:
      ctx.state.variables.push({ name: pattern.binder.text, type: { kind: "never" }, maybe: false }) - 1,
    type: { kind: "error" },
    maybe: false,
    place: place(ctx, pattern.binder.span),
    used: true,
    isLet: false,
  })
  return inner
}

function presence(of: PlanExpression, negated: boolean, ctx: Context): PlanExpression {
  return { kind: "present", of, negated, type: valueType(boolType, ctx.state), maybe: false, at: of.at }
}

function anyOf(tests: readonly PlanExpression[]): PlanExpression | null {
  const [first, ...rest] = tests
  if (first === undefined) return null
  return rest.reduce<PlanExpression>(
    (left, right) => ({
      kind: "logic",
      operator: "or",
      left,
      right,
      type: left.type,
      maybe: false,
      at: left.at,
    }),
    first,
  )
}

function refuse(
  pattern: Pattern,
  name: Name | null,
  kinds: readonly string[],
  subject: Checked,
  ctx: Context,
): void {
  if (name === null) {
    ctx.state.report(
      diagnostic("FM3170", { name: "This", union: describe(subject.type, ctx) }, place(ctx, pattern.span), {
        help: `Name the kinds: ${kinds.map(kind => `\`${kind} as …\``).join(", ")}.`,
      }),
    )
    return
  }
  const close = suggest(name.text, kinds)
  const here = place(ctx, name.span)
  ctx.state.report(
    diagnostic("FM3170", { name: `"${name.text}"`, union: describe(subject.type, ctx) }, here, {
      label: "no such kind",
      ...(close === undefined
        ? { help: `Its kinds are ${kinds.join(", ")}.` }
        : { help: `Did you mean "${close}"?`, edits: [{ place: here, text: close }] }),
    }),
  )
}

function coverage(
  node: MatchExpression,
  otherwise: MatchArm | null,
  lacking: readonly string[],
  subject: Checked,
  ctx: Context,
  arms: Arms,
): void {
  if (arms.failed) return
  if (otherwise === null) {
    if (lacking.length === 0) return
    arms.failed = true
    ctx.state.report(
      diagnostic("FM3108", { missing: lacking.join(", ") }, place(ctx, subject.span), {
        label: describe(subject.type, ctx),
        help: "Add an arm for each of them; several kinds may share one.",
      }),
    )
    return
  }
  if (lacking.length === 0) {
    ctx.state.deferred.push(
      diagnostic("FM3109", { reason: "every kind has an arm of its own" }, place(ctx, otherwise.span), {
        label: "never reached",
        help: "Remove `otherwise`.",
        edits: [{ place: place(ctx, otherwise.span), text: "" }],
      }),
    )
  } else if (!givesReason(otherwise.because)) {
    arms.failed = true
    ctx.state.report(
      diagnostic("FM4106", { what: "`otherwise` over a union" }, place(ctx, otherwise.span), {
        label: "why are these all alike?",
        help: 'End the arm with `because "…"`.',
      }),
    )
  }
  void node
}
