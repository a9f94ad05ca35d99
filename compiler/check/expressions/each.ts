// `each` and list literals: rows in, rows out; what is filtered, in which order, and which units may leave the loop.
import {
  diagnostic,
  type EachExpression,
  type Expression,
  type Generator,
  type ListExpression,
  type SortKey,
  type Span,
} from "@fmap/grammar"
import { childrenOf } from "../../plan/children.ts"
import type { PlanExpression, PlanGenerator, PlanStep } from "../../plan/index.ts"
import { type ListType, type Type, type Unit, unitsOf } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, childScope, place, type Window, withFacts } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { isInferred } from "../infer.ts"
import { joinTypes } from "../join.ts"
import { present } from "../present.ts"
import { bindRow, factsOfRow } from "../rows.ts"
import { outsideOf } from "../units.ts"
import { checked, erroneous, intType, isError, valueType, widened } from "../values.ts"
import { checkJoin } from "./join.ts"
import { checkCondition } from "./logic.ts"

export function checkEach(node: EachExpression, ctx: Context, expected: Type | null): Checked {
  const wanted = expected?.kind === "list" ? expected : null
  const loop = openLoop(node.generators, node.where, { ...ctx, inRound: false })
  if (loop === null) return erroneous(ctx, node.span)
  return rowsOver(
    loop,
    node,
    node.generators.map(g => g.binder.text),
    ctx,
    wanted,
  )
}

/** What is made of each row of a loop: its order, its number, its body. */
export function rowsOver(
  loop: Loop,
  node: { readonly sort: readonly SortKey[]; readonly body: Expression; readonly span: Span },
  binders: readonly string[],
  ctx: Context,
  wanted: ListType | null,
): Checked {
  const sort = node.sort.map(key => checkSortKey(key, loop.inner))
  const position =
    ctx.state.variables.push({ name: "position", type: valueType(intType, ctx.state), maybe: false }) - 1
  const positionBinding = {
    kind: "value" as const,
    name: "position",
    variable: position,
    type: { ...intType, digits: 10 },
    maybe: false,
    place: place(ctx, node.span),
    used: false,
    isLet: false,
  }
  const loops = loop.generators.map((g, i) => ({ binder: binders[i] ?? "", variable: g.variable }))
  const rows = { body: node.body, loops }
  const bodyCtx = childScope({ ...loop.inner, inRow: true, field: null, because: null, rows })
  bodyCtx.scope.names.set("position", positionBinding)
  bodyCtx.scope.loop = { binders, position: positionBinding }
  const window: Window = { roots: loop.roots, scope: bodyCtx.scope, facts: bodyCtx.facts }
  const body = checkExpression(node.body, { ...bodyCtx, window }, wanted === null ? null : wanted.of)
  if (loop.failed || isError(body) || sort.some(k => k === null)) return erroneous(ctx, node.span)
  const value = present(body, ctx, "A row of this list", false)
  if (isError(value)) return value
  const rowType = outsideOf(value.type, loop.roots, loop.inner)
  if (leaks(rowType, loop.roots)) {
    ctx.state.report(
      diagnostic("FM5108", { list: "this list" }, place(ctx, node.body.span), {
        label: "its currency belongs to one row",
        help: "Give the record a currency parameter or a currency field of its own.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  const carries = ctx.state.carries.filter(carry => carry.window === window)
  if (carries.length > 0 && value.plan.kind === "record" && value.plan.block.steps.some(isShare)) {
    ctx.state.report(
      diagnostic(
        "FM3143",
        { word: "previous", reason: "rows that share a total are not made one after another" },
        place(ctx, node.body.span),
        { label: "shares and looks back", help: "Share in a `let` before, and look back over its rows." },
      ),
    )
    return erroneous(ctx, node.span)
  }
  const filtered = skips(value.plan)
  const type: ListType = {
    kind: "list",
    of: widened(rowType),
    min: filtered ? 0 : loop.min,
    max: loop.max,
  }
  const plan: PlanExpression = {
    kind: "each",
    generators: loop.generators,
    where: loop.where,
    sort: sort.filter(k => k !== null),
    position: positionBinding.used ? position : null,
    body: value.plan,
    ...(carries.length === 0
      ? {}
      : { carries: carries.map(({ variable, start, value: left }) => ({ variable, start, value: left })) }),
    type: valueType(type, ctx.state),
    maybe: loop.maybe || loop.failure !== null,
    at: at(ctx, node.span),
  }
  return checked(plan, type, node.span, { maybe: loop.maybe, failure: loop.failure })
}

function checkSortKey(key: SortKey, ctx: Context): { key: PlanExpression; descending: boolean } | null {
  const value = present(
    checkExpression(key.key, { ...ctx, noExit: "in a sort key" }, null),
    ctx,
    "This sort key",
  )
  if (isError(value)) return null
  if (!["number", "text", "date", "datetime", "instant", "period"].includes(value.type.kind)) {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "A number, text, date, instant or period", found: describe(value.type, ctx) },
        place(ctx, key.span),
        { label: "has no order" },
      ),
    )
    return null
  }
  return { key: value.plan, descending: key.descending }
}

function isShare(step: PlanStep): boolean {
  return step.kind === "share"
}

export interface Loop {
  readonly generators: readonly PlanGenerator[]
  readonly where: PlanExpression | null
  /** The context of the body: binders in scope, what `where` proves is known. */
  readonly inner: Context
  readonly roots: ReadonlySet<number>
  readonly min: number
  readonly max: number | null
  readonly maybe: boolean
  /** Completes "fails when …": a join without a way out of its own. */
  readonly failure: string | null
  readonly failed: boolean
}

/** Binds the rows of each generator, then checks `where`. Null when a source is no list. */
export function openLoop(
  generators: readonly Generator[],
  where: Expression | null,
  outer: Context,
): Loop | null {
  const ctx: Context = { ...outer, window: undefined }
  let inner = childScope(ctx)
  const built: PlanGenerator[] = []
  const roots = new Set<number>()
  let min = 1
  let max: number | null = 1
  let maybe = false
  let failure: string | null = null
  let failed = false
  for (const generator of generators) {
    const { join } = generator
    // A joined list is read once, before any row is known.
    const source = checkExpression(generator.source, join === undefined ? inner : ctx, null)
    if (isError(source)) return null
    if (source.type.kind !== "list") {
      ctx.state.report(
        diagnostic("FM3116", { what: describe(source.type, ctx) }, place(ctx, generator.source.span), {
          label: "has no rows",
        }),
      )
      return null
    }
    if (source.failure !== null) {
      present(source, ctx, "This list")
      return null
    }
    // Missing-ness of an outer list makes the whole missing; an inner one needs its own `else`.
    if (source.maybe && built.length > 0) {
      present(source, ctx, join === undefined ? "This inner list" : "This joined list")
      return null
    }
    maybe ||= source.maybe
    const before = inner
    inner = childScope(inner)
    const row = bindRow(source, source.type, generator.binder, inner)
    inner = withFacts(inner, factsOfRow(source, row.variable, inner))
    if (join !== undefined) {
      const joined = checkJoin({ ...generator, join }, row.variable, roots, inner, before)
      if (joined === null) failed = true
      else {
        built.push({ ...row, join: joined.plan })
        inner = withFacts(inner, joined.facts)
        failure ??= joined.failure
        if (joined.drops) min = 0
      }
      if (join.matches === "optional") mayBeMissing(generator.binder.text, row.variable, inner)
    } else {
      built.push(row)
      min *= source.type.min
    }
    roots.add(row.variable)
    if (join === undefined || join.matches === "many")
      max = max === null || source.type.max === null ? null : max * source.type.max
  }
  const known = { generators: built, roots, max, maybe, failure }
  if (where === null) return { ...known, where: null, inner, min, failed }
  const condition = checkCondition(where, inner, "in a filter")
  inner = withFacts(inner, condition.facts.whenTrue)
  return { ...known, where: condition.plan, inner, min: 0, failed: failed || isError(condition) }
}

function mayBeMissing(name: string, variable: number, ctx: Context): void {
  const binding = ctx.scope.names.get(name)
  const declared = ctx.state.variables[variable]
  if (binding?.kind === "value") ctx.scope.names.set(name, { ...binding, maybe: true })
  if (declared !== undefined) ctx.state.variables[variable] = { ...declared, maybe: true }
}

/** Does a unit of the type hang on one row? It may not leave the loop. */
export function leaks(type: Type, roots: ReadonlySet<number>): boolean {
  const bad = (unit: Unit | null): boolean => unit !== null && unit.kind === "path" && roots.has(unit.root)
  switch (type.kind) {
    case "number":
      return unitsOf(type).some(bad)
    case "record":
      // A declared record names its units itself; one that was inferred may carry a row's.
      return (
        type.arguments.some(bad) || (isInferred(type) && type.shape.fields.some(f => leaks(f.type, roots)))
      )
    case "list":
    case "dictionary":
      return leaks(type.of, roots)
    default:
      return false
  }
}

/** May this row body drop its row? Any `skip` of this row, not of an inner `each`. */
export function skips(plan: PlanExpression): boolean {
  if (
    plan.kind === "each" ||
    plan.kind === "aggregate" ||
    plan.kind === "grouping" ||
    plan.kind === "nesting"
  )
    return false
  if (plan.kind === "exit") return plan.verb === "skip"
  return childrenOf(plan).some(child => skips(child.expression))
}

export function checkList(node: ListExpression, ctx: Context, expected: Type | null): Checked {
  const wanted = expected?.kind === "list" ? expected.of : null
  const elements: { when: PlanExpression | null; value: PlanExpression; spread: boolean }[] = []
  let of: Type = { kind: "never" }
  let min = 0
  let max: number | null = 0
  let failed = false
  const inner = { ...ctx, inRound: false }
  for (const element of node.elements) {
    const when = element.when === null ? null : checkCondition(element.when, inner, "in a condition")
    const elementCtx = when === null ? inner : withFacts(inner, when.facts.whenTrue)
    const spread =
      element.value.kind === "each" || element.value.kind === "group" || element.value.kind === "tree"
    const hint: Type | null = spread
      ? wanted === null
        ? null
        : { kind: "list", of: wanted, min: 0, max: null }
      : wanted
    const value = present(checkExpression(element.value, elementCtx, hint), ctx, "This row", false)
    if (isError(value) || (when !== null && isError(when))) {
      failed = true
      continue
    }
    const elementType: Type = spread && value.type.kind === "list" ? value.type.of : value.type
    const joined = joinTypes(of, elementType, element.value, ctx)
    if (joined === null) failed = true
    else of = joined
    const [low, high]: [number, number | null] =
      spread && value.type.kind === "list" ? [value.type.min, value.type.max] : [1, 1]
    min += when === null ? low : 0
    max = max === null || high === null ? null : max + high
    elements.push({ when: when?.plan ?? null, value: value.plan, spread })
  }
  if (failed) return erroneous(ctx, node.span)
  if (of.kind === "never" && wanted !== null) of = wanted
  if (of.kind === "never") {
    ctx.state.report(diagnostic("FM3128", {}, place(ctx, node.span), { label: "an empty list of what?" }))
    return erroneous(ctx, node.span)
  }
  const type: Type = { kind: "list", of: widened(of), min, max }
  return checked(
    { kind: "list", elements, type: valueType(type, ctx.state), maybe: false, at: at(ctx, node.span) },
    type,
    node.span,
  )
}
