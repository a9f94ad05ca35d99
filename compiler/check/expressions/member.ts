// Members of records and entries of dictionaries and lists. Flows in: a checked value and a name or index. Flows out: what stands there, whether it may be missing, in which unit.
import { diagnostic, type IndexExpression, type Name, type Span, suggest } from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { BoundField } from "../../resolve/model.ts"
import { type Checked, pathKey } from "../checked.ts"
import { at, type Context, place } from "../context.ts"
import { describe } from "../describe.ts"
import { checkExpression } from "../expression.ts"
import { recordHere } from "../name-here.ts"
import { present } from "../present.ts"
import { absolute, normalize, unitExpression } from "../units.ts"
import { checked, erroneous, isError, valueType } from "../values.ts"

export function memberOf(object: Checked, name: Name, span: Span, ctx: Context): Checked {
  if (object.type.kind === "error") return erroneous(ctx, span)
  const currency = currencyOf(object, name, span, ctx)
  if (currency !== null) return currency
  if (object.type.kind !== "record") {
    const help =
      object.type.kind === "list"
        ? "Walk the list with `each`, or sum over it: `sum(rows.amount)`."
        : undefined
    ctx.state.report(
      diagnostic(
        "FM3125",
        { what: describe(object.type, ctx) },
        place(ctx, name.span),
        help === undefined ? {} : { help },
      ),
    )
    return erroneous(ctx, span)
  }
  const { shape, system } = object.type
  const field = shape.fields.find(f => f.name === name.text)
  const derive = field === undefined ? shape.derives.find(d => d.name === name.text) : undefined
  const declared = field ?? derive
  if (declared === undefined) {
    if (!shape.broken)
      unknownMember(
        name,
        recordHere(shape, ctx),
        [...shape.fields.map(f => f.name), ...shape.derives.map(d => d.name)],
        ctx,
      )
    return erroneous(ctx, span)
  }
  const stable =
    object.stable === null ? null : { ...object.stable, path: [...object.stable.path, name.text] }
  const type = absolute(
    declared.type,
    { path: object.stable, shape, arguments: object.type.arguments, system },
    ctx.state,
  )
  if (type.kind === "error") return erroneous(ctx, span)
  if (ctx.personal !== undefined && field !== undefined && (field.pii || field.confidential))
    ctx.personal.seen = true
  const optional = field !== undefined && isOptional(field)
  const known = stable !== null && ctx.facts.present.has(pathKey(stable.root, stable.path))
  const maybe = (object.maybe || optional) && !known
  const plan: PlanExpression = {
    kind: "field",
    of: object.plan,
    field: name.text,
    narrowed: (optional || object.maybe) && known,
    type: valueType(type, ctx.state),
    maybe,
    at: at(ctx, span),
  }
  return checked(plan, type, span, { maybe, stable, failure: object.failure })
}

/** A member of a record value; missing-ness travels along. */
/** `deal.amount.currency`: the currency an amount is in, wherever it stands. Null where something else is asked. */
function currencyOf(object: Checked, name: Name, span: Span, ctx: Context): Checked | null {
  const { type } = object
  if (type.kind !== "number" || type.role !== "money" || type.unit === null || name.text !== "currency")
    return null
  const unit = normalize(type.unit, ctx.state)
  const plan = unitExpression(unit, ctx, span)
  if (plan === null) return null
  const stable = unit.kind === "path" ? { root: unit.root, rootName: unit.rootName, path: unit.path } : null
  return checked({ ...plan, at: at(ctx, span) }, { kind: "currency" }, span, { stable })
}

export function isOptional(field: BoundField): boolean {
  return field.optional && field.default === null
}

export function checkIndex(node: IndexExpression, ctx: Context): Checked {
  const object = checkExpression(node.object, ctx, null)
  const index = present(checkExpression(node.index, ctx, null), ctx, "This key")
  if (isError(object, index)) return erroneous(ctx, node.span)
  if (object.type.kind !== "dictionary") {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "A dictionary", found: describe(object.type, ctx) },
        place(ctx, node.object.span),
        {
          label: object.type.kind === "list" ? "rows of a list have no numbers of their own" : "",
        },
      ),
    )
    return erroneous(ctx, node.span)
  }
  if (!["text", "currency", "country", "language", "enum"].includes(index.type.kind)) {
    ctx.state.report(
      diagnostic(
        "FM3101",
        { expected: "Text", found: describe(index.type, ctx) },
        place(ctx, node.index.span),
      ),
    )
    return erroneous(ctx, node.span)
  }
  const type = object.type.of
  return checked(
    {
      kind: "entry",
      of: object.plan,
      key: index.plan,
      type: valueType(type, ctx.state),
      maybe: true,
      at: at(ctx, node.span),
    },
    type,
    node.span,
    { maybe: true },
  )
}

export function unknownMember(name: Name, of: string, names: readonly string[], ctx: Context): void {
  const close = suggest(name.text, names)
  ctx.state.report(
    diagnostic("FM2502", { name: name.text, of }, place(ctx, name.span), {
      label: "no such field",
      ...(close === undefined
        ? {}
        : { help: `Did you mean "${close}"?`, edits: [{ place: place(ctx, name.span), text: close }] }),
    }),
  )
}
