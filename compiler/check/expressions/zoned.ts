// `date of at in "Europe/Berlin"`, `datetime of …`, `instant of local in "…" earlier`: from a point in time to a clock on a wall and back.
import { diagnostic, suggest, type ZonedExpression } from "@fmap/grammar"
import { isZoneName } from "@fmap/runtime"
import type { Type } from "../../types/type.ts"
import { accepts } from "../accepts.ts"
import type { Checked } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { checkExpression } from "../expression.ts"
import { present } from "../present.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"
import { constantText } from "./text.ts"

export function checkZoned(node: ZonedExpression, ctx: Context): Checked {
  const wanted: Type = { kind: node.gives === "instant" ? "datetime" : "instant" }
  const of = present(
    checkExpression(node.of, { ...ctx, inRound: false }, wanted),
    ctx,
    node.gives === "instant" ? "The local time" : "The instant",
  )
  const zone = constantText(node.zone)
  if (zone === null || !isZoneName(zone)) {
    ctx.state.report(unknownZone(zone ?? "{…}", node, ctx))
    return erroneous(ctx, node.span)
  }
  if (isError(of) || !accepts(of, wanted, { ...ctx, field: null })) return erroneous(ctx, node.span)
  // A day of the year 0000 or 10000 is none: nobody has such a record, and the code is listed all the same (Law 5).
  ctx.state.codes.push({
    code: "OUT_OF_RANGE",
    verb: "reject",
    origin: "assignment",
    at: at(ctx, node.span),
    place: place(ctx, node.span),
  })
  const type: Type = { kind: node.gives }
  const policy = node.policy === null ? "refuse" : node.policy
  const fails = node.gives === "instant" && policy === "refuse"
  return checked(
    {
      kind: "zoned",
      gives: node.gives,
      zone,
      policy: node.gives === "instant" ? policy : "refuse",
      of: of.plan,
      type: valueType(type, ctx.state),
      maybe: fails,
      at: at(ctx, node.span),
    },
    type,
    node.span,
    { failure: fails ? "the clock of the zone skips or repeats this time" : null },
  )
}

function unknownZone(name: string, node: ZonedExpression, ctx: Context): ReturnType<typeof diagnostic> {
  const here = place(ctx, node.zone.span)
  const close = suggest(name, Intl.supportedValuesOf("timeZone"))
  return diagnostic("FM3133", { name }, here, {
    label: "no such zone",
    ...(close === undefined
      ? { help: 'Name a place, such as "Europe/Berlin", or "UTC".' }
      : { help: `Did you mean "${close}"?`, edits: [{ place: here, text: JSON.stringify(close) }] }),
  })
}
