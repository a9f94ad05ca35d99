// A call of a crosswalk: keys exactly of its parameters' types; a row, or missing, or what `unmapped` says.

import {
  type CallExpression,
  diagnostic,
  type ExitExpression,
  type Expression,
  type Place,
} from "@fmap/grammar"
import { isCurrency } from "@fmap/runtime"
import type { PlanExpression } from "../../plan/index.ts"
import type { BoundCrosswalk } from "../../resolve/model.ts"
import { type Type, type Unit, withUnits } from "../../types/type.ts"
import { accepts } from "../accepts.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place, type Scope } from "../context.ts"
import { checkExpression } from "../expression.ts"
import { nameHere } from "../name-here.ts"
import { present } from "../present.ts"
import { absolute, errorUnit, normalize, opaque } from "../units.ts"
import { unpadded } from "../unpadded.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"
import { checkAsOf } from "./as-of.ts"
import { countArguments } from "./call.ts"

export function checkLookup(node: CallExpression, crosswalk: BoundCrosswalk, ctx: Context): Checked {
  if (!countArguments(node, crosswalk.parameters.length, crosswalk.parameters.length, ctx))
    return erroneous(ctx, node.span)
  if (!isHanded(node, crosswalk, ctx)) return erroneous(ctx, node.span)
  if ((ctx.members !== undefined || ctx.rule !== undefined) && crosswalk.external) {
    ctx.state.report(
      diagnostic("FM6255", { name: nameHere(crosswalk, ctx) }, ctx.rule ?? place(ctx, node.span), {
        label: "nobody hands it in here",
        related: [{ place: crosswalk.place, text: "its rows come from a file" }],
        help: "Look it up in the map, or write its rows in place.",
      }),
    )
    return erroneous(ctx, node.span)
  }
  const keys: PlanExpression[] = []
  const units = new Map<string, Unit>()
  let failed = false
  crosswalk.parameters.forEach((parameter, index) => {
    const argument = node.arguments[index]
    if (argument === undefined) return
    const value = present(
      currencyCode(argument, parameter.type, ctx) ?? checkExpression(argument, ctx, parameter.type),
      ctx,
      `The key of ${nameHere(crosswalk, ctx)}`,
    )
    units.set(parameter.name, unitTermOf(value, ctx))
    if (
      isError(value) ||
      !accepts(value, loose(parameter.type), ctx, [{ place: parameter.place, text: "wanted here" }])
    )
      failed = true
    else keys.push(unpadded(value, parameter.type, ctx).plan)
  })
  const asOf = checkAsOf(node, crosswalk, ctx)
  if (asOf === undefined) failed = true
  if (failed || asOf === undefined || crosswalk.result.kind === "error") return erroneous(ctx, node.span)
  ctx.state.crosswalks.add(crosswalk.id)
  const named = (unit: Unit): Unit => (unit.kind === "parameter" ? (units.get(unit.name) ?? unit) : unit)
  const type =
    crosswalk.result.kind === "number"
      ? withUnits(crosswalk.result, named)
      : crosswalk.result.kind === "record"
        ? absolute(
            crosswalk.result,
            { path: null, shape: crosswalk.result.shape, arguments: [], system: null },
            ctx.state,
          )
        : crosswalk.result
  const lookup: PlanExpression = {
    kind: "lookup",
    crosswalk: crosswalk.id,
    keys,
    asOf,
    inverse: false,
    type: valueType(type, ctx.state),
    maybe: !crosswalk.total,
    at: at(ctx, node.span),
  }
  const unmapped = crosswalk.node.kind === "crosswalk" ? crosswalk.node.unmapped : null
  if (unmapped === null) return checked(lookup, type, node.span, { maybe: !crosswalk.total })
  // The clause belongs to the crosswalk and runs with it; the map only has to know that it may stop the record.
  if (unmapped.kind === "exit" && !noteUnmapped(unmapped, crosswalk, place(ctx, node.span), ctx))
    return erroneous(ctx, node.span)
  return checked({ ...lookup, maybe: false }, type, node.span)
}

/** `USD` as the key of a currency: a code stands bare where only one can. */
function currencyCode(node: Expression, wanted: Type, ctx: Context): Checked | null {
  if (wanted.kind !== "currency" || node.kind !== "name" || node.name.quoted) return null
  const { text } = node.name
  if (!isCurrency(text) || isBound(text, ctx)) return null
  return checked(
    { kind: "literal", value: text, type: { kind: "text" }, maybe: false, at: at(ctx, node.span) },
    { kind: "currency" },
    node.span,
  )
}

function isBound(name: string, ctx: Context): boolean {
  for (let scope: Scope | null = ctx.scope; scope !== null; scope = scope.parent) {
    if (scope.names.has(name) || scope.lazy.has(name)) return true
    if (scope.block?.shape.fields.some(field => field.name === name) === true) return true
  }
  return false
}

/** What the key says of the unit that the result is in. */
function unitTermOf(value: Checked, ctx: Context): Unit {
  if (value.type.kind === "error") return errorUnit
  if (value.plan.kind === "literal") return { kind: "constant", code: String(value.plan.value) }
  if (value.stable !== null) return normalize({ kind: "path", ...value.stable }, ctx.state)
  return opaque(ctx.state, "a currency without a name")
}

/** A key may be longer than the table's: then it simply has no row. Only its kind must be right. */
export function loose(type: Type): Type {
  return type.kind === "text" ? { ...type, min: 0, max: null, pattern: null } : type
}

/** Maps are handed the crosswalks of files; the rules of a contract are not. */
export function isHanded(node: CallExpression, crosswalk: BoundCrosswalk, ctx: Context): boolean {
  if (ctx.members === undefined || !crosswalk.external) return true
  ctx.state.report(
    diagnostic("FM6255", { name: nameHere(crosswalk, ctx) }, place(ctx, node.span), {
      label: "nobody hands it in here",
      related: [{ place: crosswalk.place, text: "its rows come from a file" }],
      help: "Look it up in the map, or write its rows in place.",
    }),
  )
  return false
}

/** Notes the code of `unmapped hold CODE` for Law 5; false where no record may be held. */
function noteUnmapped(exit: ExitExpression, crosswalk: BoundCrosswalk, call: Place, ctx: Context): boolean {
  const clause = { file: crosswalk.file, span: exit.span }
  if (ctx.noExit !== null) {
    ctx.state.report(
      diagnostic("FM3117", { where: ctx.noExit }, call, {
        label: `${nameHere(crosswalk, ctx)} may stop the record`,
        related: [{ place: clause, text: "says what happens to keys without a row" }],
        help: "Look it up in a `let` before.",
      }),
    )
    return false
  }
  if (exit.code !== null && (exit.verb === "hold" || exit.verb === "reject")) {
    ctx.state.codes.push({
      code: exit.code.text,
      verb: exit.verb,
      origin: "crosswalk",
      at: ctx.state.at(clause),
      place: clause,
    })
  }
  return true
}
