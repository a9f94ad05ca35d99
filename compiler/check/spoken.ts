// `leave` and `ignore`: what a map says aloud that it does not write and does not read, for the build report (Law 4).
import {
  diagnostic,
  type IgnoreStatement,
  type LeaveStatement,
  type Path,
  type TextLiteral,
} from "@fmap/grammar"
import type { RecordType, Type } from "../types/type.ts"
import type { Checked } from "./checked.ts"
import { at, type Binding, type Context, place, type Scope } from "./context.ts"
import { memberOf } from "./expressions/member.ts"
import { checkPath } from "./expressions/name.ts"
import { originOf } from "./reads.ts"
import { givesReason, reasonText } from "./reason-text.ts"
import { checked, valueType } from "./values.ts"

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
    const value = rowPath(path, onlyLooking) ?? checkPath(path, onlyLooking)
    if (value.type.kind === "error" || value.stable === null || value.stable.root < 0) continue
    const read = originOf({ variable: value.stable.root, path: value.stable.path }, ctx.state.origins)
    ctx.state.ignored.push({
      variable: read.variable,
      path: read.path,
      text: path.names.map(n => n.text).join("."),
      because: reasonText(statement.because) ?? "",
      place: place(ctx, path.span),
    })
  }
}

/** `ignore g.Id` in a group, `ignore p.Id` of a whole set: a field of the rows. Null for any other path. */
function rowPath(path: Path, ctx: Context): Checked | null {
  const [first, ...rest] = path.names
  const found = first === undefined ? undefined : named(first.text, ctx.scope)
  if (first === undefined || found?.kind !== "value" || rest.length === 0) return null
  if (found.isSet === true && found.type.kind === "list") {
    const row = anyRow(first.text, found.variable, found.type.of, path, ctx)
    return rest.reduce((of, name) => memberOf(of, name, path.span, ctx), row)
  }
  if (found.rows === undefined) return null
  const { variable, type } = found.rows
  const grouped = ctx.state.groups.get(variable)
  if (grouped === undefined || (found.type.kind === "record" && hasField(found.type, rest[0]?.text)))
    return null
  // Any row stands for all: it is looked at and never read.
  const row =
    ctx.state.variables.push({ name: first.text, type: valueType(type.of, ctx.state), maybe: false }) - 1
  ctx.state.origins.set(row, grouped.origin)
  return rest.reduce(
    (of, name) => memberOf(of, name, path.span, ctx),
    anyRow(first.text, row, type.of, path, ctx),
  )
}

function anyRow(name: string, variable: number, of: Type, path: Path, ctx: Context): Checked {
  return checked(
    { kind: "variable", variable, type: valueType(of, ctx.state), maybe: false, at: at(ctx, path.span) },
    of,
    path.span,
    { stable: { root: variable, rootName: name, path: [] } },
  )
}

function named(name: string, from: Scope): Binding | null {
  for (let scope: Scope | null = from; scope !== null; scope = scope.parent) {
    const binding = scope.names.get(name)
    if (binding !== undefined) return binding
  }
  return null
}

function hasField(type: RecordType, name: string | undefined): boolean {
  return type.shape.fields.some(field => field.name === name)
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
