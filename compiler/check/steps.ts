// The statements that make no field: `let`, `check`, `control`.
import {
  type CheckStatement,
  type ControlStatement,
  diagnostic,
  type ExitExpression,
  type LetStatement,
} from "@fmap/grammar"
import type { PlanCheckExit, PlanExpression, PlanStep, VariableId } from "../plan/index.ts"
import type { NumberType } from "../types/type.ts"
import { pathKey } from "./checked.ts"
import { at, type Context, place, withFacts } from "./context.ts"
import { closeGroups, openGroups } from "./control-groups.ts"
import { describe } from "./describe.ts"
import { checkExpression } from "./expression.ts"
import { checkSides, comparable } from "./expressions/comparison.ts"
import { checkCondition } from "./expressions/logic.ts"
import { recordExit } from "./expressions/way-out.ts"
import { present } from "./present.ts"
import { declare, rootOf } from "./rows.ts"
import { isErrorUnit, normalize, unitExpression } from "./units.ts"
import { isError, valueType, widened } from "./values.ts"

export function letBinding(
  statement: LetStatement,
  variable: VariableId,
  ctx: Context,
): { readonly variable: VariableId; readonly step: PlanStep } | null {
  const free = declare(statement.name, ctx)
  const value = checkExpression(statement.value, { ...ctx, field: null, because: null, inRound: false }, null)
  const failed = value.failure !== null ? isError(present(value, ctx, "This value", false)) : false
  const type = widened(value.type)
  ctx.state.variables[variable] = {
    name: statement.name.text,
    type: valueType(type, ctx.state),
    maybe: value.maybe,
  }
  if (free) {
    ctx.scope.names.set(statement.name.text, {
      kind: "value",
      name: statement.name.text,
      variable,
      type,
      maybe: value.maybe,
      place: place(ctx, statement.name.span),
      used: isError(value),
      isLet: true,
    })
  }
  rootOf(variable, type, ctx)
  // Another name for something stable is that thing: its units and its fields' units stay comparable.
  if (value.stable !== null)
    ctx.state.aliases.set(pathKey(variable, []), normalize({ kind: "path", ...value.stable }, ctx.state))
  if (isError(value) || failed || !free) return null
  return { variable, step: { kind: "let", variable, value: value.plan, at: at(ctx, statement.span) } }
}

export function mapCheck(statement: CheckStatement, ctx: Context): PlanStep | null {
  const parts = checkRule(statement, ctx, "map")
  return parts === null
    ? null
    : {
        kind: "check",
        condition: parts.condition,
        exit: { ...parts.exit, field: null },
        at: at(ctx, statement.span),
      }
}

/** A `check` of a map or a contract: a condition and what happens when it is false. */
export function checkRule(
  statement: CheckStatement,
  ctx: Context,
  origin: "map" | "contract",
): { readonly condition: PlanExpression; readonly exit: Omit<PlanCheckExit, "field"> } | null {
  const condition = checkCondition(statement.condition, ctx, "in a condition")
  const exit = exitOf(statement.exit, "A check", statement.span, ctx, origin, false)
  return isError(condition) || exit === null ? null : { condition: condition.plan, exit }
}

export function exitOf(
  node: ExitExpression | null,
  what: string,
  span: { start: number; end: number },
  ctx: Context,
  origin: "map" | "contract",
  mayWarn: boolean,
): Omit<PlanCheckExit, "field"> | null {
  if (node === null) {
    ctx.state.report(
      diagnostic("FM4119", { what }, place(ctx, span), {
        label: "and if not?",
        help: 'End it with `else reject CODE "…"` or `else hold CODE "…"`.',
      }),
    )
    return null
  }
  const allowed = node.verb === "reject" || node.verb === "hold" || (mayWarn && node.verb === "warn")
  if (!allowed) {
    ctx.state.report(
      diagnostic("FM4120", { verb: node.verb, where: `at ${what.toLowerCase()}` }, place(ctx, node.span), {
        label: "not here",
        help: "End it with `reject CODE` or `hold CODE`.",
      }),
    )
    return null
  }
  const exit = recordExit(node, ctx, origin)
  return exit === null ? null : { verb: node.verb as "reject" | "hold" | "warn", ...exit }
}

export function controlStep(statement: ControlStatement, ctx: Context): PlanStep | null {
  const when = statement.when === null ? null : checkCondition(statement.when, ctx, "in a condition")
  const known = when === null ? ctx : withFacts(ctx, when.facts.whenTrue)
  const exit = exitOf(statement.exit, "A control", statement.span, ctx, "map", true)
  const condition =
    statement.condition.kind === "parenthesized" ? statement.condition.inner : statement.condition
  if (condition.kind !== "binary" || !["==", "!=", "<", "<=", ">", ">="].includes(condition.operator)) {
    if (condition.kind !== "error")
      ctx.state.report(
        diagnostic("FM4124", { condition: "A control" }, place(ctx, condition.span), {
          label: "no comparison",
          help: "Put what only sometimes counts behind `when`, or write a `check`.",
        }),
      )
    return null
  }
  const groups = openGroups(statement, ctx)
  const personal = { seen: false }
  const sides = checkSides(condition.left, condition.right, {
    ...known,
    noExit: "in a control",
    personal,
    ...(groups === null ? {} : { groups }),
  })
  if (sides === null || exit === null || (when !== null && isError(when))) return null
  const [left, right] = sides
  if (!comparable(condition.operator, left, right, condition, known)) return null
  const within = statement.within === null ? null : tolerance(statement.within, left.type, right.type, known)
  if (within === "error") return null
  const grouped = groups === null ? null : closeGroups(groups, condition.span, ctx)
  if (groups !== null && grouped === null) return null
  const title = statement.title.parts.map(p => (p.kind === "chars" ? p.text : "")).join("")
  return {
    kind: "control",
    title,
    left: left.plan,
    operator: condition.operator as "==",
    right: right.plan,
    within,
    when: when?.plan ?? null,
    groups: grouped,
    masked: personal.seen,
    exit: { ...exit, field: null },
    at: at(ctx, statement.span),
  }
}

type Within = (PlanStep & { kind: "control" })["within"]

function tolerance(
  node: NonNullable<ControlStatement["within"]>,
  left: { kind: string },
  right: { kind: string },
  ctx: Context,
): Within | "error" {
  const amount = present(checkExpression(node.amount, ctx, null), ctx, "The tolerance")
  if (isError(amount)) return "error"
  const sides = [left, right].filter((t): t is NumberType => t.kind === "number")
  const money = sides.find(t => t.role === "money")
  if (amount.type.kind !== "number" || sides.length !== 2) {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "A number", found: describe(amount.type, ctx) },
        place(ctx, node.span),
        {
          label: "a tolerance needs figures on both sides",
        },
      ),
    )
    return "error"
  }
  if (!node.minor)
    return {
      amount: amount.plan,
      relative: amount.type.role === "percent" && sides.every(t => t.role !== "percent"),
      minorOf: null,
    }
  if (sides.some(t => isErrorUnit(t.unit))) return "error"
  const currency = money?.unit == null ? null : unitExpression(money.unit, ctx, node.span)
  if (currency === null) {
    ctx.state.report(
      diagnostic("FM5109", { what: describe(sides[0] ?? amount.type, ctx) }, place(ctx, node.span), {
        label: "of which currency?",
        help: "Say the tolerance as a figure.",
      }),
    )
    return "error"
  }
  return { amount: amount.plan, relative: false, minorOf: currency }
}
