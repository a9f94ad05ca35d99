// `join prices as p on p.sku == x.sku one`: rows of another list found by equal values. Flows in: the clause, with both rows in scope.
// Flows out: which values must be equal, what is known where they are, and how the join can fail.
import {
  diagnostic,
  type ExitExpression,
  type Expression,
  type Generator,
  type JoinClause,
} from "@fmap/grammar"
import { childrenOf } from "../../plan/children.ts"
import type { PlanExpression, PlanJoin, VariableId } from "../../plan/index.ts"
import { type Facts, noFacts } from "../checked.ts"
import { type Context, place } from "../context.ts"
import { isError } from "../values.ts"
import { comparableKey } from "./group.ts"
import { checkCondition } from "./logic.ts"
import { checkExit } from "./way-out.ts"

export interface CheckedJoin {
  readonly plan: PlanJoin
  readonly facts: Facts
  /** Completes "fails when …"; null where every way out is spoken. */
  readonly failure: string | null
  /** A row may be left out. */
  readonly drops: boolean
}

/** `ctx` knows the joined row, `before` only the rows it is joined to. Null where an error was given. */
export function checkJoin(
  generator: Generator & { readonly join: JoinClause },
  row: VariableId,
  earlier: ReadonlySet<VariableId>,
  ctx: Context,
  before: Context,
): CheckedJoin | null {
  const { join } = generator
  const found = checkKeys(join, row, earlier, ctx)
  const conflict =
    join.conflict === null || typeof join.conflict === "string"
      ? join.conflict
      : wayOut(join.conflict, before)
  const otherwise = join.otherwise === null ? null : wayOut(join.otherwise, before)
  if (found === null || conflict === undefined || otherwise === undefined) return null
  uselessClauses(join, ctx)
  const severalFail = join.matches !== "many" && conflict === null && otherwise === null
  const noneFails = join.matches === "one" && otherwise === null
  const { text } = generator.binder
  return {
    plan: { keys: found.keys, matches: join.matches, conflict, otherwise },
    facts: found.facts,
    failure: noneFails
      ? `a row has no "${text}"${severalFail ? ", or several" : ""}`
      : severalFail
        ? `a row has several "${text}"`
        : null,
    drops: (join.matches === "many" && otherwise === null) || [join.conflict, join.otherwise].some(isSkip),
  }
}

interface Keys {
  readonly keys: PlanJoin["keys"]
  readonly facts: Facts
}

function checkKeys(
  join: JoinClause,
  row: VariableId,
  earlier: ReadonlySet<VariableId>,
  ctx: Context,
): Keys | null {
  const keys: PlanJoin["keys"][number][] = []
  const equal: Facts["equal"][number][] = []
  let failed = false
  for (const node of conjuncts(join.on)) {
    const condition = checkCondition(node, ctx, "in a join")
    if (isError(condition)) {
      failed = true
      continue
    }
    const pair = condition.plan.kind === "compare" && condition.plan.operator === "==" ? condition.plan : null
    const key = pair === null ? null : sides(pair.left, pair.right, row, earlier)
    if (key === null) {
      failed = true
      ctx.state.report(
        diagnostic("FM3141", {}, place(ctx, node.span), {
          label: "does not say which rows belong together",
          help: "Compare a value of the joined row with one of the rows before by `==`; put other conditions behind `where`.",
        }),
      )
      continue
    }
    if (!comparableKey.has(key.inner.type.kind)) failed = true
    keys.push(key)
    // What may be missing proves nothing of two others.
    if (join.matches !== "optional" || equal.length === 0) equal.push(...condition.facts.whenTrue.equal)
  }
  return failed ? null : { keys, facts: { ...noFacts, equal } }
}

/** The side of the joined row, and the side of the rows before. */
function sides(
  left: PlanExpression,
  right: PlanExpression,
  row: VariableId,
  earlier: ReadonlySet<VariableId>,
): PlanJoin["keys"][number] | null {
  const leftReads = readsOf(left)
  const rightReads = readsOf(right)
  const isInner = (reads: ReadonlySet<VariableId>): boolean =>
    reads.has(row) && ![...earlier].some(variable => reads.has(variable))
  if (isInner(leftReads) && !rightReads.has(row)) return { outer: right, inner: left }
  if (isInner(rightReads) && !leftReads.has(row)) return { outer: left, inner: right }
  return null
}

function readsOf(plan: PlanExpression): ReadonlySet<VariableId> {
  const found = new Set<VariableId>()
  const visit = (node: PlanExpression): void => {
    if (node.kind === "variable") found.add(node.variable)
    for (const child of childrenOf(node)) visit(child.expression)
  }
  visit(plan)
  return found
}

function conjuncts(node: Expression): readonly Expression[] {
  if (node.kind === "parenthesized") return conjuncts(node.inner)
  if (node.kind !== "binary" || node.operator !== "and") return [node]
  return [...conjuncts(node.left), ...conjuncts(node.right)]
}

/** Undefined where an error was given. */
function wayOut(node: ExitExpression, ctx: Context): PlanExpression | undefined {
  const value = checkExit(node, { ...ctx, inRow: true, field: null })
  if (isError(value)) return undefined
  if (value.plan.kind === "exit") return value.plan
  ctx.state.report(
    diagnostic("FM4120", { verb: node.verb, where: "at a join" }, place(ctx, node.span), {
      label: "not here",
      help: "End it with `hold CODE`, `reject CODE` or `skip row CODE`.",
    }),
  )
  return undefined
}

function isSkip(exit: JoinClause["conflict"]): boolean {
  return exit !== null && typeof exit !== "string" && exit.verb === "skip row"
}

function uselessClauses({ matches, conflict, otherwise, span }: JoinClause, ctx: Context): void {
  if (matches === "many" && conflict !== null)
    ctx.state.deferred.push(
      diagnostic("FM3142", { clause: "on conflict", reason: "`many` takes them all" }, place(ctx, span), {
        label: "several are no conflict",
        help: "Remove `on conflict`.",
      }),
    )
  if (matches === "optional" && conflict !== null && otherwise !== null)
    ctx.state.deferred.push(
      diagnostic(
        "FM3142",
        { clause: "else", reason: "without a match an `optional` row is missing" },
        place(ctx, otherwise.span),
        { label: "never acts", help: "Remove it." },
      ),
    )
}
