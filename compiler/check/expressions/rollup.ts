// `rollup(Regions, x, Continent)`: the member above x, or x itself, on a level. Flows in: the call. Flows out: a lookup of the member
// and the level; missing where x is no member or has nothing on that level.
import { type CallExpression, diagnostic } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import { closest } from "../../resolve/closest.ts"
import type { BoundCrosswalk } from "../../resolve/model.ts"
import { accepts } from "../accepts.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { checkExpression } from "../expression.ts"
import { nameHere } from "../name-here.ts"
import { present } from "../present.ts"
import { unpadded } from "../unpadded.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"
import { withoutDay } from "./as-of.ts"
import { countArguments } from "./call.ts"
import { isHanded, loose } from "./lookup.ts"

type Argument = CallExpression["arguments"][number]

export function checkRollup(node: CallExpression, ctx: Context): Checked {
  if (!withoutDay(node, ctx) || !countArguments(node, 3, 3, ctx)) return erroneous(ctx, node.span)
  const [named, argument, asked] = node.arguments
  const hierarchy = named === undefined ? null : hierarchyNamed(named, ctx)
  if (argument === undefined || asked === undefined || hierarchy === null) return erroneous(ctx, node.span)
  if (!isHanded(node, hierarchy, ctx)) return erroneous(ctx, node.span)
  const [parameter] = hierarchy.parameters
  const { result } = hierarchy
  const value = present(
    checkExpression(argument, ctx, result),
    ctx,
    `The member of ${nameHere(hierarchy, ctx)}`,
  )
  const wanted = { place: parameter?.place ?? hierarchy.place, text: "wanted here" }
  const fits = !isError(value) && accepts(value, loose(result), ctx, [wanted])
  const level = levelOf(asked, hierarchy, ctx)
  if (!fits || level === null || result.kind === "error") return erroneous(ctx, node.span)
  ctx.state.crosswalks.add(hierarchy.id)
  const plan: PlanExpression = {
    kind: "lookup",
    crosswalk: hierarchy.id,
    keys: [
      unpadded(value, result, ctx).plan,
      { kind: "literal", value: level, type: { kind: "text" }, maybe: false, at: at(ctx, asked.span) },
    ],
    asOf: null,
    inverse: false,
    type: valueType(result, ctx.state),
    maybe: true,
    at: at(ctx, node.span),
  }
  return checked(plan, result, node.span, { maybe: true })
}

/** Null after a diagnostic. */
function hierarchyNamed(named: Argument, ctx: Context): BoundCrosswalk | null {
  const declared = named.kind === "name" ? ctx.names.get(named.name.text) : undefined
  if (declared?.kind === "crosswalk" && declared.hierarchy !== null) return declared
  const crosswalk = declared?.kind === "crosswalk"
  const candidates = [...ctx.names].flatMap(([text, one]) =>
    one.kind === "crosswalk" && one.hierarchy !== null ? [text] : [],
  )
  const near = named.kind === "name" ? closest(named.name.text, candidates) : null
  const problem = crosswalk ? `${nameHere(declared, ctx)} is a crosswalk` : "this is none"
  const help = crosswalk
    ? { related: [{ place: declared.place, text: "declared here" }], help: "Call it by its own name." }
    : near === null
      ? {}
      : { help: `Did you mean ${near}?`, edits: [{ place: place(ctx, named.span), text: near }] }
  ctx.state.report(diagnostic("FM5170", { problem }, place(ctx, named.span), help))
  return null
}

/** A level stands bare, as in the declaration; it is never looked up among values. Null after a diagnostic. */
function levelOf(asked: Argument, { name, hierarchy, place: declared }: BoundCrosswalk, ctx: Context) {
  const levels = hierarchy?.levels ?? []
  const text = asked.kind === "name" ? asked.name.text : null
  if (text !== null && levels.includes(text)) return text
  // Those of the declaration could not be read, which has been reported.
  if (levels.length === 0) return null
  const near = text === null ? null : closest(text, levels)
  ctx.state.report(
    diagnostic(
      "FM5171",
      { problem: text === null ? "this is no name" : `"${text}" is none`, of: name },
      place(ctx, asked.span),
      {
        label: `there are ${levels.join(", ")}`,
        related: [{ place: declared, text: "its levels stand here" }],
        ...(near === null
          ? {}
          : { help: `Did you mean ${near}?`, edits: [{ place: place(ctx, asked.span), text: near }] }),
      },
    ),
  )
  return null
}
