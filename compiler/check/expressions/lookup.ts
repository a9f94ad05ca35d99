// A call of a crosswalk: keys exactly of its parameters' types; a row, or missing, or what `unmapped` says.
import { type CallExpression, diagnostic } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { BoundCrosswalk } from "../../resolve/model.ts"
import { accepts } from "../accepts.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { checkExpression } from "../expression.ts"
import { present } from "../present.ts"
import { absolute } from "../units.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"
import { countArguments } from "./call.ts"
import { recordExit } from "./way-out.ts"

export function checkLookup(node: CallExpression, crosswalk: BoundCrosswalk, ctx: Context): Checked {
  if (!countArguments(node, crosswalk.parameters.length, crosswalk.parameters.length, ctx)) return erroneous(ctx, node.span)
  const keys: PlanExpression[] = []
  let failed = false
  crosswalk.parameters.forEach((parameter, index) => {
    const argument = node.arguments[index]
    if (argument === undefined) return
    const value = present(checkExpression(argument, ctx, parameter.type), ctx, `The key of ${crosswalk.name}`)
    // A key may be longer than the table's: then it simply has no row. Only its kind must be right.
    const wanted = parameter.type.kind === "text" ? { ...parameter.type, min: 0, max: null, pattern: null } : parameter.type
    if (isError(value) || !accepts(value, wanted, ctx, [{ place: parameter.place, text: "wanted here" }])) failed = true
    else keys.push(value.plan)
  })
  if (failed || crosswalk.result.kind === "error") return erroneous(ctx, node.span)
  ctx.state.crosswalks.add(crosswalk.name)
  const type =
    crosswalk.result.kind === "record"
      ? absolute(crosswalk.result, { path: null, shape: crosswalk.result.shape, arguments: [], system: null }, ctx.state)
      : crosswalk.result
  const lookup: PlanExpression = { kind: "lookup", crosswalk: crosswalk.name, keys, type: valueType(type, ctx.state), maybe: !crosswalk.total, at: at(ctx, node.span) }
  const unmapped = crosswalk.node.unmapped
  if (crosswalk.total || unmapped === null) return checked(lookup, type, node.span, { maybe: !crosswalk.total })
  const fallback = unmappedPlan(unmapped, crosswalk, ctx)
  if (fallback === null) return erroneous(ctx, node.span)
  return checked({ kind: "else", value: lookup, fallback, type: valueType(type, ctx.state), maybe: false, at: at(ctx, node.span) }, type, node.span)
}

/** What the crosswalk's own `unmapped` clause gives, in the file that declares it. */
function unmappedPlan(node: NonNullable<BoundCrosswalk["node"]["unmapped"]>, crosswalk: BoundCrosswalk, ctx: Context): PlanExpression | null {
  const inner: Context = { ...ctx, file: crosswalk.file, names: ctx.state.scopes.get(crosswalk.file) ?? ctx.names, scope: { parent: null, names: new Map(), lazy: new Map(), block: null }, field: null, because: null }
  if (node.kind === "exit") {
    if (ctx.noExit !== null) {
      ctx.state.report(diagnostic("FM3117", { where: ctx.noExit }, { file: crosswalk.file, span: node.span }))
      return null
    }
    const exit = recordExit(node, inner, "crosswalk")
    if (exit === null || (node.verb !== "hold" && node.verb !== "reject")) return null
    return { kind: "exit", verb: node.verb, code: exit.code, message: exit.message, type: { kind: "never" }, maybe: false, at: at(inner, node.span) }
  }
  const value = checkExpression(node, inner, crosswalk.result)
  return isError(value) ? null : value.plan
}
