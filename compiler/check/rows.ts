// One row of a list as a name: payload rows are decoded where they are bound, rows made by this map are read as they are.

import { diagnostic, type Name } from "@fmap/grammar"
import type { PlanBinding, PlanGenerator, PlanRead, VariableId } from "../plan/index.ts"
import type { ListType, Type } from "../types/type.ts"
import { bothFacts, type Checked, type Facts, noFacts } from "./checked.ts"
import { type Context, type GroupedRows, place, type Scope } from "./context.ts"
import { equalitiesOfShape } from "./equalities.ts"
import { ofRow } from "./group-facts.ts"
import { nameHere } from "./name-here.ts"
import { isPayloadList } from "./reads.ts"
import { unitExpression } from "./units.ts"
import { valueType } from "./values.ts"

export function bindRow(source: Checked, list: ListType, binder: Name, ctx: Context): PlanGenerator {
  declare(binder, ctx)
  const element = list.of
  const variable =
    ctx.state.variables.push({ name: binder.text, type: valueType(element, ctx.state), maybe: false }) - 1
  ctx.scope.names.set(binder.text, {
    kind: "value",
    name: binder.text,
    variable,
    type: element,
    maybe: false,
    place: place(ctx, binder.span),
    used: true,
    isLet: false,
  })
  rootOf(variable, element, ctx)
  const grouped = groupOf(source, ctx)
  if (grouped !== undefined) ctx.state.origins.set(variable, grouped.origin)
  return { variable, source: source.plan, element: payloadBinding(source, element, variable, ctx) }
}

/** What is known of a row before any filter: what its record checks, and, in a group, what holds for all its rows. */
export function factsOfRow(source: Checked, variable: VariableId, ctx: Context): Facts {
  const { type } = source
  const declared =
    type.kind === "list" && type.of.kind === "record" ? equalitiesOfShape(type.of.shape, variable) : noFacts
  const grouped = groupOf(source, ctx)
  return grouped === undefined ? declared : bothFacts(declared, ofRow(grouped, variable))
}

function groupOf(source: Checked, ctx: Context): GroupedRows | undefined {
  return source.plan.kind === "variable" ? ctx.state.groups.get(source.plan.variable) : undefined
}

/** A name may not hide another one, nor a field of the record that is being made (decision 6). */
export function declare(name: Name, ctx: Context): boolean {
  let block = false
  for (let scope: Scope | null = ctx.scope; scope !== null; scope = scope.parent) {
    const before = scope.names.get(name.text)
    if (before !== undefined && name.text !== "position") {
      ctx.state.report(
        diagnostic("FM2504", { name: name.text }, place(ctx, name.span), {
          label: "again here",
          related: [{ place: before.place, text: "already a name here" }],
        }),
      )
      return false
    }
    if (scope.block !== null && !block) {
      block = true
      const field = scope.block.shape.fields.find(f => f.name === name.text)
      if (field !== undefined) {
        ctx.state.report(
          diagnostic(
            "FM2503",
            { name: name.text, field: nameHere(scope.block.shape, ctx) },
            place(ctx, name.span),
            {
              label: "could mean the field",
              related: [{ place: field.place, text: "the field" }],
              help: "Choose another name.",
            },
          ),
        )
        return false
      }
    }
  }
  return true
}

/** How to compute a unit path that starts at this variable. */
export function rootOf(variable: number, type: Type, ctx: Context): void {
  ctx.state.roots.set(variable, (path, at) => {
    let current = type
    let plan: ReturnType<typeof unitExpression> = {
      kind: "variable",
      variable,
      type: valueType(type, ctx.state),
      maybe: false,
      at,
    }
    for (const name of path) {
      if (current.kind !== "record" || plan === null) return null
      const shape = current.shape
      const field = shape.fields.find(f => f.name === name) ?? shape.derives.find(d => d.name === name)
      if (field === undefined) return null
      const next: Type =
        field.type.kind === "record"
          ? { ...field.type, system: shape.isContract ? shape.system : current.system }
          : field.type
      plan = {
        kind: "field",
        of: plan,
        field: name,
        narrowed: false,
        type: valueType(next, ctx.state),
        maybe: false,
        at,
      }
      current = next
    }
    ctx.state.tracker.reads.add(variable)
    return plan
  })
}

function payloadBinding(source: Checked, element: Type, variable: number, ctx: Context): PlanBinding | null {
  if (element.kind !== "record" || !isPayloadList(source.plan, ctx.state)) return null
  ctx.state.payloads.set(variable, {
    shape: element.shape,
    system: element.system,
    arguments: element.arguments,
  })
  const reads: PlanRead[] = []
  return {
    shape: ctx.state.shapeId(element.shape, element.system),
    reads,
    rules: [],
    arguments: element.arguments.map(
      unit => unitExpression(unit, ctx, source.span) ?? missingUnit(ctx, source),
    ),
  }
}

function missingUnit(ctx: Context, source: Checked): NonNullable<ReturnType<typeof unitExpression>> {
  return {
    kind: "missing",
    type: { kind: "never" },
    maybe: true,
    at: ctx.state.at({ file: ctx.file, span: source.span }),
  }
}
