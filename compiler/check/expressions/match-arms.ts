// What the arms of a `match` come to. Flows in: results of arms. Flows out: the checked whole, and what an arm proves or why it is never reached.
import { diagnostic, type MatchArm, type MatchExpression } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { Type } from "../../types/type.ts"
import type { Checked, Facts } from "../checked.ts"
import { type Context, place } from "../context.ts"
import { checkExpression } from "../expression.ts"
import { joinTypes } from "../join.ts"
import { inUnitsOf, namesUnit, normalize, unitKey } from "../units.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"
import { presentFacts } from "./logic.ts"

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
export function armFacts(subject: Checked, values: readonly (string | boolean)[], ctx: Context): Facts {
  const facts = presentFacts(subject)
  const [code] = values
  if (subject.stable === null || !namesUnit(subject.type) || values.length !== 1) return facts
  const unit = unitKey(normalize({ kind: "path", ...subject.stable }, ctx.state))
  return { ...facts, equal: [[unit, unitKey({ kind: "constant", code: String(code) })]] }
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
export function muted(ctx: Context): Context {
  return { ...ctx, state: { ...ctx.state, report: () => undefined } }
}
