// Names and paths. Flows in: a name where it is read. Flows out: what it means, whether it may be missing, in which unit it stands.

import {
  diagnostic,
  type MemberExpression,
  type Name,
  type NameExpression,
  type Path,
  type PositionExpression,
  type Span,
  suggest,
} from "@fmap/grammar"
import type { PlanExpression } from "../../plan/index.ts"
import type { BoundField } from "../../resolve/model.ts"
import type { Type } from "../../types/type.ts"
import { type Checked, pathKey, type StablePath } from "../checked.ts"
import {
  at,
  type Binding,
  type BlockScope,
  type Context,
  place,
  type Scope,
  type TreePart,
} from "../context.ts"
import { checkExpression } from "../expression.ts"
import { recordHere } from "../name-here.ts"
import { checked, erroneous, valueType } from "../values.ts"
import { asPath } from "./as-path.ts"
import { memberOf, unknownMember } from "./member.ts"

export function checkPath(path: Path, ctx: Context): Checked {
  const [first, ...all] = path.names
  if (first === undefined) return erroneous(ctx, path.span)
  let value = checkNameAlone(first, all[0] ?? null, ctx)
  const rest = value.taken === true ? all.slice(1) : all
  let object: "value" | BlockScope = value.block ?? "value"
  let result = value.checked
  for (const name of rest) {
    const span = { start: path.span.start, end: name.span.end }
    if (object !== "value") {
      result = fieldOfBlock(object, name, span, ctx)
      object = "value"
    } else {
      result = memberOf(result, name, span, ctx)
    }
    value = { checked: result, block: null }
  }
  return result
}

export function checkName(node: NameExpression, ctx: Context, expected: Type | null): Checked {
  void expected
  return checkNameAlone(node.name, null, ctx).checked
}

/** `position of line`: the row number of an outer loop (decision 6). */
export function checkPosition(node: PositionExpression, ctx: Context): Checked {
  const binders: string[] = []
  for (let scope: Scope | null = ctx.scope; scope !== null; scope = scope.parent) {
    if (scope.loop === undefined) continue
    if (scope.loop.binders.includes(node.of.text)) {
      const { position } = scope.loop
      position.used = true
      ctx.state.tracker.reads.add(position.variable)
      const type = valueType(position.type, ctx.state)
      const plan: PlanExpression = {
        kind: "variable",
        variable: position.variable,
        type,
        maybe: false,
        at: at(ctx, node.span),
      }
      return checked(plan, position.type, node.span)
    }
    binders.push(...scope.loop.binders)
  }
  const close = suggest(node.of.text, binders)
  ctx.state.report(
    diagnostic("FM2501", { name: node.of.text }, place(ctx, node.of.span), {
      label: "no row of an `each` around this",
      ...(close === undefined
        ? {}
        : { help: `Did you mean "${close}"?`, edits: [{ place: place(ctx, node.of.span), text: close }] }),
    }),
  )
  return erroneous(ctx, node.span)
}

export function checkMember(node: MemberExpression, ctx: Context): Checked {
  const path = asPath(node)
  if (path !== null) return checkPath(path, ctx)
  return memberOf(checkExpression(node.object, ctx, null), node.name, node.span, ctx)
}

function lookup(name: string, scope: Scope | null): Binding | { kind: "field"; block: BlockScope } | null {
  for (let s: Scope | null = scope; s !== null; s = s.parent) {
    s.lazy.get(name)?.bind()
    const binding = s.names.get(name)
    if (binding !== undefined) return binding
  }
  let isInnermost = true
  for (let s: Scope | null = scope; s !== null; s = s.parent) {
    const { block } = s
    // A field of the innermost record, or another target of the map.
    if (block === null || (!isInnermost && block.shape.targets !== true)) continue
    isInnermost = false
    if (
      block.fields.has(name) ||
      block.left.has(name) ||
      block.shape.fields.some(f => f.name === name) ||
      block.shape.derives.some(d => d.name === name)
    )
      return { kind: "field", block }
  }
  return null
}

function checkNameAlone(
  name: Name,
  next: Name | null,
  ctx: Context,
): { checked: Checked; block: BlockScope | null; taken?: boolean } {
  const found = lookup(name.text, ctx.scope)
  if (found === null && ctx.members !== undefined && ctx.members.available.has(name.text)) {
    const { variable, record } = ctx.members
    const whole = checked(
      {
        kind: "variable",
        variable,
        type: valueType(record, ctx.state),
        maybe: false,
        at: at(ctx, name.span),
      },
      record,
      name.span,
      {
        stable: { root: variable, rootName: record.shape.name, path: [] },
      },
    )
    return { checked: memberOf(whole, name, name.span, ctx), block: null }
  }
  if (found === null) {
    unknownName(name, ctx)
    return { checked: erroneous(ctx, name.span), block: null }
  }
  if (found.kind === "target") {
    if (next !== null) return { checked: erroneous(ctx, name.span), block: found.block }
    ctx.state.report(
      diagnostic("FM2505", { name: name.text, kind: "the target being made" }, place(ctx, name.span), {
        help: `Name one of its fields: \`${name.text}.…\`.`,
      }),
    )
    return { checked: erroneous(ctx, name.span), block: null }
  }
  if (found.kind === "field") return { checked: fieldOfBlock(found.block, name, name.span, ctx), block: null }
  found.used = true
  if (found.parts !== undefined) return partOfTree(found.parts, name, next, ctx)
  if (found.rows !== undefined && !namesKey(found, next))
    return { checked: rowsOfGroup(found.rows, name, ctx), block: null }
  if (found.instead !== undefined) return { checked: argument(found, found.instead, name, ctx), block: null }
  ctx.state.tracker.reads.add(found.variable)
  const stable: StablePath = { root: found.variable, rootName: found.name, path: [] }
  const narrowed = found.maybe && ctx.facts.present.has(pathKey(stable.root, []))
  const maybe = found.maybe && !narrowed
  return {
    checked: checked(
      {
        kind: "variable",
        variable: found.variable,
        type: valueType(found.type, ctx.state),
        maybe,
        at: at(ctx, name.span),
      },
      found.type,
      name.span,
      { maybe, stable },
    ),
    block: null,
  }
}

/** `n.children` of a node of a tree. */
function partOfTree(
  parts: ReadonlyMap<string, TreePart>,
  name: Name,
  next: Name | null,
  ctx: Context,
): { checked: Checked; block: null; taken: boolean } {
  const part = next === null ? undefined : parts.get(next.text)
  if (part === undefined || next === null) {
    if (next !== null) unknownMember(next, "A node of a tree", [...parts.keys()], ctx)
    else
      ctx.state.report(
        diagnostic("FM2505", { name: name.text, kind: "a node of a tree" }, place(ctx, name.span), {
          help: `Name what of it you mean: ${[...parts.keys()].map(key => `\`${name.text}.${key}\``).join(", ")}.`,
        }),
      )
    return { checked: erroneous(ctx, name.span), block: null, taken: true }
  }
  ctx.state.tracker.reads.add(part.variable)
  const span = { start: name.span.start, end: next.span.end }
  const maybe = part.maybe && !ctx.facts.present.has(pathKey(part.variable, []))
  const plan: PlanExpression = {
    kind: "variable",
    variable: part.variable,
    type: valueType(part.type, ctx.state),
    maybe,
    at: at(ctx, span),
  }
  const stable: StablePath = { root: part.variable, rootName: `${name.text}.${next.text}`, path: [] }
  return { checked: checked(plan, part.type, span, { maybe, stable }), block: null, taken: true }
}

/** `g.account` of a group by account; `g` alone and `g.amount` are about its rows. */
function namesKey(group: { readonly type: Type }, next: Name | null): boolean {
  return (
    next !== null &&
    group.type.kind === "record" &&
    group.type.shape.fields.some(field => field.name === next.text)
  )
}

function rowsOfGroup(
  rows: { readonly variable: number; readonly type: Type },
  name: Name,
  ctx: Context,
): Checked {
  ctx.state.tracker.reads.add(rows.variable)
  const plan: PlanExpression = {
    kind: "variable",
    variable: rows.variable,
    type: valueType(rows.type, ctx.state),
    maybe: false,
    at: at(ctx, name.span),
  }
  return checked(plan, rows.type, name.span, {
    stable: { root: rows.variable, rootName: name.text, path: [] },
  })
}

/** A parameter that stands for what was given, under the type it was declared with. */
function argument(
  parameter: Binding & { readonly kind: "value" },
  { plan, stable }: NonNullable<(Binding & { readonly kind: "value" })["instead"]>,
  name: Name,
  ctx: Context,
): Checked {
  const maybe = parameter.maybe && !ctx.facts.present.has(pathKey(stable.root, stable.path))
  return checked({ ...plan, maybe }, parameter.type, name.span, { maybe, stable })
}

function fieldOfBlock(block: BlockScope, name: Name, span: Span, ctx: Context): Checked {
  const left = block.left.has(name.text)
  if (left && ctx.leftIsMissing === true) return leftField(block, name, span, ctx)
  if (left) {
    ctx.state.report(
      diagnostic("FM4112", { field: name.text }, place(ctx, span), { label: "left in this map" }),
    )
    return erroneous(ctx, span)
  }
  const field = block.fields.get(name.text)
  if (field === undefined) {
    const declared = block.shape.fields.find(f => f.name === name.text)
    // A declared field that nobody assigned has its own error already, and computed ones have no value yet.
    if (declared === undefined)
      unknownMember(
        name,
        recordHere(block.shape, ctx),
        [...block.shape.fields.map(f => f.name), ...block.shape.derives.map(d => d.name)],
        ctx,
      )
    else if (declared.computed)
      ctx.state.report(
        diagnostic("FM4112", { field: name.text }, place(ctx, span), {
          label: "computed by the target system, later",
        }),
      )
    return erroneous(ctx, span)
  }
  ctx.state.tracker.reads.add(field.variable)
  const declared = block.shape.fields.find(f => f.name === name.text)
  if (ctx.personal !== undefined && (declared?.pii === true || declared?.confidential === true))
    ctx.personal.seen = true
  const narrowed = field.maybe && ctx.facts.present.has(pathKey(block.root, [name.text]))
  const maybe = field.maybe && !narrowed
  return checked(
    {
      kind: "variable",
      variable: field.variable,
      type: valueType(field.type, ctx.state),
      maybe,
      at: at(ctx, span),
    },
    field.type,
    span,
    { maybe, stable: { root: block.root, rootName: block.rootName, path: [name.text] } },
  )
}

function leftField(block: BlockScope, name: Name, span: Span, ctx: Context): Checked {
  const type = block.shape.fields.find(f => f.name === name.text)?.type ?? { kind: "error" }
  const stable = { root: block.root, rootName: block.rootName, path: [name.text] }
  const maybe = !ctx.facts.present.has(pathKey(block.root, [name.text]))
  return checked(
    { kind: "missing", type: valueType(type, ctx.state), maybe: true, at: at(ctx, span) },
    type,
    span,
    { maybe, stable },
  )
}

/** Does the path end in, or pass through, a field marked pii or confidential? */
export function isPersonal(path: Path, ctx: Context): boolean {
  const [first, ...rest] = path.names
  if (first === undefined) return false
  const found = lookup(first.text, ctx.scope)
  if (found === null) {
    const field = ctx.members?.record.shape.fields.find(f => f.name === first.text)
    return field !== undefined && (field.pii || field.confidential)
  }
  let type: Type | null = null
  let names = rest.map(n => n.text)
  if (found.kind === "value") type = found.type
  else {
    const block = found.block
    const head = found.kind === "field" ? first.text : names[0]
    if (head === undefined) return false
    const field = block.shape.fields.find(f => f.name === head)
    if (field === undefined) return false
    if (field.pii || field.confidential) return true
    type = field.type
    if (found.kind === "target") names = names.slice(1)
  }
  for (const name of names) {
    if (type.kind !== "record") return false
    const field: BoundField | undefined = type.shape.fields.find(f => f.name === name)
    if (field === undefined) return false
    if (field.pii || field.confidential) return true
    type = field.type
  }
  return false
}

function unknownName(name: Name, ctx: Context): void {
  const declaration = ctx.names.get(name.text)
  if (declaration !== undefined) {
    const kind =
      declaration.kind === "shape"
        ? "a record or contract"
        : declaration.kind === "enum"
          ? "an enum"
          : declaration.kind === "fn"
            ? "a function"
            : `a ${declaration.kind}`
    ctx.state.report(
      diagnostic("FM2505", { name: name.text, kind }, place(ctx, name.span), {
        label: "no value",
        related: [{ place: declaration.place, text: "declared here" }],
      }),
    )
    return
  }
  const names: string[] = [...(ctx.members?.available ?? [])]
  let block: BlockScope | null = null
  for (let s: Scope | null = ctx.scope; s !== null; s = s.parent) {
    names.push(...s.names.keys())
    if (block === null && s.block !== null) {
      block = s.block
      names.push(...s.block.fields.keys())
    }
  }
  const close = suggest(name.text, names)
  ctx.state.report(
    diagnostic("FM2501", { name: name.text }, place(ctx, name.span), {
      label: "not known here",
      ...(close === undefined
        ? {}
        : { help: `Did you mean "${close}"?`, edits: [{ place: place(ctx, name.span), text: close }] }),
    }),
  )
}
