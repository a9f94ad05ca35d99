// `leave` and `ignore`: what a map says aloud that it does not write and does not read, for the build report (Law 4).
import { diagnostic, type IgnoreStatement, type LeaveStatement, type TextLiteral } from "@fmap/grammar"
import { type Context, place } from "./context.ts"
import { checkPath } from "./expressions/name.ts"
import { givesReason, reasonText } from "./reason-text.ts"

export function noteLeft(statement: LeaveStatement, ctx: Context): void {
  if (!hasReason(statement.because, "A field that is left", statement, ctx)) return
  for (const field of statement.fields) {
    ctx.state.left.push({
      field: field.text,
      because: reasonText(statement.because) ?? "",
      at: ctx.state.at(place(ctx, field.span)),
    })
  }
}

/** The paths must exist, and begin at a source or a row; looking at them is not reading them. */
export function noteIgnored(statement: IgnoreStatement, ctx: Context): void {
  hasReason(statement.because, "A field that is ignored", statement, ctx)
  const onlyLooking: Context = { ...ctx, state: { ...ctx.state, tracker: { reads: new Set() } } }
  for (const path of statement.paths) {
    const value = checkPath(path, onlyLooking)
    if (value.type.kind === "error" || value.stable === null || value.stable.root < 0) continue
    ctx.state.ignored.push({
      variable: value.stable.root,
      path: value.stable.path,
      text: path.names.map(n => n.text).join("."),
      because: reasonText(statement.because) ?? "",
      place: place(ctx, path.span),
    })
  }
}

function hasReason(
  because: TextLiteral | null,
  what: string,
  statement: IgnoreStatement | LeaveStatement,
  ctx: Context,
): boolean {
  if (givesReason(because)) return true
  ctx.state.report(
    diagnostic("FM4106", { what }, place(ctx, statement.span), {
      label: "why?",
      help: 'End the line with `because "…"`.',
    }),
  )
  return false
}
