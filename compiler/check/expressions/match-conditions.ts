// `match` over values that no switch can tell apart: ranges, numbers, dates, `present as v`. Flows in: the node and its subject. Flows out: conditions, tried in order.
import { diagnostic, type MatchExpression, type Pattern } from "@fmap/grammar"
import type { At, PlanExpression } from "../../plan/index.ts"
import type { Type } from "../../types/type.ts"
import { type Checked, pathKey } from "../checked.ts"
import { at, type Context, childScope, place, withFacts } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { sentence } from "../join.ts"
import { present } from "../present.ts"
import { declare, rootOf } from "../rows.ts"
import { normalize } from "../units.ts"
import { erroneous, isError } from "../values.ts"
import { comparable } from "./comparison.ts"
import { enumConstant } from "./literal.ts"
import { presentFacts } from "./logic.ts"
import { type Arms, armResult, finish, unreachable } from "./match-arms.ts"

/** Ranges, numbers, dates, `present as v`: first true one wins. */
export function conditionsOver(
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

/** Names in patterns are enum members (decision 6). */
export function patternValue(pattern: Pattern & { kind: "value" }, subject: Checked, ctx: Context): Checked {
  const e = pattern.expression
  if (e.kind === "name" && subject.type.kind === "enum")
    return enumConstant(e.name.text, e.span, subject.type, ctx)
  return present(checkExpression(e, ctx, subject.type), ctx, "This pattern")
}
