// `share of TOTAL by WEIGHT remainder to RULE` (language-decisions 16): a row's part of a total, such that the parts of all
// rows add up to it exactly. Flows in: the whole value of a field in the rows of an `each`. Flows out: a step that divides the
// total once all rows have come so far, and a value that is this row's part.
import { diagnostic, type Expression, type ShareExpression, suggest } from "@fmap/grammar"
import { minorUnits, remainderRules } from "@fmap/runtime"
import type { PlanStep, VariableId } from "../../plan/index.ts"
import type { NumberType, Type } from "../../types/type.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place, type ShareSite } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { sentence } from "../join.ts"
import { present } from "../present.ts"
import { normalize, outsideOf, unitExpression } from "../units.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"
import { leaks } from "./each.ts"

type Share = PlanStep & { readonly kind: "share" }

/** `share … else equally else hold X`: the share, and the value without `else equally`. Null for every other value. */
export function shareOf(
  value: Expression,
): { readonly node: ShareExpression; readonly equally: boolean; readonly value: Expression } | null {
  if (value.kind === "share") return { node: value, equally: false, value }
  if (value.kind === "parenthesized") return shareOf(value.inner)
  if (value.kind !== "else") return null
  const inner = shareOf(value.value)
  if (inner === null) return null
  if (value.handler.kind !== "exit" || value.handler.verb !== "equally")
    return { ...inner, value: { ...value, value: inner.value } }
  if (inner.value !== inner.node) return { ...inner, equally: true }
  const node = { ...inner.node, span: value.span }
  return { node, equally: true, value: node }
}

/** Only ways out of the record may stand in for a share: any other value would break the sum. */
export function replacesShare(value: Expression, ctx: Context): boolean {
  if (value.kind !== "else") return false
  if (replacesShare(value.value, ctx)) return true
  const { handler } = value
  if (handler.kind === "error") return true
  if (handler.kind === "exit" && (handler.verb === "hold" || handler.verb === "reject")) return false
  ctx.state.report(
    diagnostic("FM4164", {}, place(ctx, handler.span), {
      label: "in place of a share",
      help: "End it with `else equally`, `else hold CODE` or `else reject CODE`.",
    }),
  )
  return true
}

export function checkShare(node: ShareExpression, ctx: Context): Checked {
  const { share: site, rows } = ctx
  if (rows === undefined || site === undefined || site.node !== node) {
    ctx.state.report(
      diagnostic("FM4160", {}, place(ctx, node.span), {
        label: rows === undefined ? "no row is made here" : "only a part of the value",
        help: "Give it a field of the row of its own and read that field.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  const within = loopOf(node, rows.loops, ctx)
  const rule = ruleOf(node, ctx)
  const outer = ctx.state.tracker.reads
  const needs = new Set<VariableId>()
  ctx.state.tracker.reads = needs
  const total = totalOf(node, within ?? 0, rows.loops, ctx)
  const weight = weightOf(node, ctx)
  ctx.state.tracker.reads = outer
  for (const need of needs) outer.add(need)
  if (within === null || rule === null || total === null || weight === null) return erroneous(ctx, node.span)
  const type = partType(total, site, ctx)
  if (type === null) return erroneous(ctx, node.span)
  const maybe = !site.equally
  const value = valueType(type, ctx.state)
  const name = ctx.field?.name ?? "share"
  const variable = ctx.state.variables.push({ name: `share ${name}`, type: value, maybe }) - 1
  const here = at(ctx, node.span)
  ctx.state.rounded.push({ field: ctx.field?.name ?? "", mode: `shares, remainder to ${rule}`, at: here })
  site.put({
    step: {
      kind: "share",
      variable,
      total: total.plan,
      weight: weight.plan,
      within,
      rule,
      equally: site.equally,
      scale: type.scale,
      coin: coinOf(total, site, ctx),
      at: here,
    },
    needs,
  })
  ctx.state.tracker.reads.add(variable)
  return checked({ kind: "variable", variable, type: value, maybe, at: here }, type, node.span, {
    failure: maybe ? "the weights are all zero or of two signs" : null,
  })
}

type Loops = NonNullable<Context["rows"]>["loops"]

/** The index of the loop whose rows are the peers: the innermost, or the one that is named. */
function loopOf(node: ShareExpression, loops: Loops, ctx: Context): number | null {
  if (node.within === null) return loops.length - 1
  const name = node.within.text
  const index = loops.findIndex(loop => loop.binder === name)
  if (index >= 0) return index
  const close = suggest(
    name,
    loops.map(loop => loop.binder),
  )
  ctx.state.report(
    diagnostic("FM4162", { name }, place(ctx, node.within.span), {
      label: "no loop of this `each`",
      ...(close === undefined
        ? { help: `It is made by ${loops.map(loop => `\`${loop.binder}\``).join(", ")}.` }
        : {
            help: `Did you mean "${close}"?`,
            edits: [{ place: place(ctx, node.within.span), text: close }],
          }),
    }),
  )
  return null
}

function ruleOf(node: ShareExpression, ctx: Context): Share["rule"] | null {
  const name = node.remainder.text
  const rule = remainderRules.find(r => r === name)
  if (rule !== undefined) return rule
  const close = suggest(name, remainderRules)
  ctx.state.report(
    diagnostic("FM4163", { rule: name }, place(ctx, node.remainder.span), {
      label: "no rule",
      ...(close === undefined
        ? { help: `The rules are ${remainderRules.join(", ")}.` }
        : {
            help: `Did you mean "${close}"?`,
            edits: [{ place: place(ctx, node.remainder.span), text: close }],
          }),
    }),
  )
  return null
}

type Figure = Checked & { readonly type: NumberType }

/** A figure that is there and no unrounded division. */
function figure(node: Expression, what: string, expected: Type | null, ctx: Context): Figure | null {
  const inner: Context = { ...ctx, inRound: false, field: null, because: null, share: undefined }
  const value = present(
    checkExpression(node, { ...inner, noExit: `in ${what} of a share` }, expected),
    ctx,
    sentence(`${what} of a share`),
  )
  if (isError(value)) return null
  if (value.type.kind === "number") return { ...value, type: value.type }
  ctx.state.report(
    diagnostic("FM3101", { expected: "A number", found: describe(value.type, ctx) }, place(ctx, node.span)),
  )
  return null
}

function totalOf(node: ShareExpression, within: number, loops: Loops, ctx: Context): Figure | null {
  const before = ctx.state.variables.length
  const reads = ctx.state.tracker.reads
  const own = new Set<VariableId>()
  ctx.state.tracker.reads = own
  const total = figure(node.total, "the total", null, ctx)
  ctx.state.tracker.reads = reads
  for (const read of own) reads.add(read)
  if (total === null) return null
  const free = new Set(loops.slice(0, within).map(loop => loop.variable))
  const first = loops[0]?.variable ?? before
  const bound = [...own].find(read => read >= first && read < before && !free.has(read))
  if (bound === undefined) return total
  const name = ctx.state.variables[bound]?.name ?? ""
  ctx.state.report(
    diagnostic("FM4161", { name }, place(ctx, node.total.span), {
      label: "changes with the row",
      help:
        loops.length > 1 && node.within === null
          ? "Its rows are those of the innermost loop; `within` names another."
          : "Take a total from outside of the rows.",
    }),
  )
  return null
}

function weightOf(node: ShareExpression, ctx: Context): Figure | null {
  const weight = figure(node.weight, "the weight", null, ctx)
  if (weight === null) return null
  const roots = new Set((ctx.rows?.loops ?? []).map(loop => loop.variable))
  if (!leaks(outsideOf(weight.type, roots, ctx), roots)) return weight
  ctx.state.report(
    diagnostic("FM5108", { list: "these rows" }, place(ctx, node.weight.span), {
      label: "each row has a currency of its own",
      help: "Weigh by figures that can be added up.",
    }),
  )
  return null
}

/** The part is at the scale of its field, or finer where only the run can tell; its digits are at most those of the total. */
function partType(total: Figure, site: ShareSite, ctx: Context): NumberType | null {
  const { type } = total
  if (site.target?.kind === "error") return null
  const scale = fieldScale(total, site)
  if (type.scale > scale && (type.minor === null || type.minor > scale)) {
    ctx.state.report(
      diagnostic(
        "FM5160",
        { from: type.scale, to: scale, field: ctx.field?.name ?? "the field" },
        place(ctx, total.span),
        {
          label: `${type.scale} digits after the point`,
          help: "Round the total first: `let total = round(…)`.",
        },
      ),
    )
    return null
  }
  return {
    ...type,
    scale: Math.max(scale, type.scale),
    low: null,
    high: null,
    literal: null,
    rational: false,
    fitsMinor: type.fitsMinor && site.target?.kind === "number" && site.target.fitsMinor,
  }
}

function fieldScale(total: Figure, site: ShareSite): number {
  return site.target?.kind === "number" ? site.target.scale : total.type.scale
}

/**
 * Amounts of a currency that only the run knows are divided into its coins, never finer than the field, and so are amounts that
 * are stored without numbers; all others at the scale of the field.
 */
function coinOf(total: Figure, site: ShareSite, ctx: Context): Share["coin"] {
  const digits = fieldScale(total, site)
  const { role, unit: own } = total.type
  if (role !== "money" || own === null) return { digits, currency: null }
  const unit = normalize(own, ctx.state)
  if (unit.kind === "constant") {
    const minor = site.target?.kind === "number" && site.target.fitsMinor ? minorUnits(unit.code) : undefined
    return { digits: minor ?? digits, currency: null }
  }
  return { digits, currency: unitExpression(unit, ctx, total.span) }
}
