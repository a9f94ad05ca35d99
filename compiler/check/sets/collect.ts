// `collect by`: which fields tell groups apart, what becomes of the others. Flows in: the clause and the checked body. Flows out:
// a PlanCollect; every field that could differ inside a group without a word about it is an error that names the field.
import { type CollectClause, diagnostic, type Name, suggest } from "@fmap/grammar"
import type { PlanCollect, VariableId } from "../../plan/index.ts"
import type { BoundField } from "../../resolve/model.ts"
import type { Type } from "../../types/type.ts"
import type { CheckedBlock } from "../block.ts"
import { at, type Context, place } from "../context.ts"
import { recordHere } from "../name-here.ts"
import { constantInGroups } from "./constant-in-groups.ts"

type Operation = PlanCollect["folds"][number]["operation"]
const operations: readonly Operation[] = ["sum", "min", "max", "first", "last"]
const actions: readonly PlanCollect["incomplete"][] = ["hold", "reject", "drop", "keep"]

/** Null: an error was given. */
export function checkCollect(
  clause: CollectClause,
  body: CheckedBlock,
  row: VariableId,
  ctx: Context,
): PlanCollect | null {
  const { shape } = body.scope
  const before = new Map<string, Name>()
  let good = true
  const refuse = (name: Name, problem: string): void => {
    good = false
    ctx.state.report(diagnostic("FM4192", { field: name.text, problem }, place(ctx, name.span)))
  }
  const fieldOf = (name: Name): BoundField | null => {
    const field = shape.fields.find(f => f.name === name.text)
    if (field === undefined) {
      good = false
      unknownField(name, body, ctx)
      return null
    }
    if (before.has(name.text)) refuse(name, "it is named twice")
    else if (!body.scope.fields.has(name.text)) refuse(name, "it is left, so it never has a value")
    before.set(name.text, name)
    return field
  }

  const [first] = clause.keys
  if (ctx.patch !== undefined && first !== undefined) {
    refuse(first, "a patch holds only what changed, so the records of a group differ in their fields")
    return null
  }
  for (const key of clause.keys) {
    const field = fieldOf(key)
    if (field === null) continue
    if (field.optional) refuse(key, "it may be missing, and a row without it would belong to no group")
    else if (!isSingle(field.type)) refuse(key, "groups are told apart by single values that are no amounts")
  }
  const keys = new Set(clause.keys.map(key => key.text))
  const constant = constantInGroups(body.block.steps, keys, row)
  const folds: { field: string; operation: Operation }[] = []
  for (const { operation, field: name } of clause.folds) {
    const known = operations.find(one => one === operation.text)
    if (known === undefined) {
      good = false
      unknownOperation(operation, ctx)
      before.set(name.text, name)
      continue
    }
    const field = fieldOf(name)
    if (field === null) continue
    if (!takes(known, field.type)) refuse(name, `\`${known}\` takes ${wanted(known)}`)
    folds.push({ field: field.name, operation: known })
    if (!oneCurrency(field.type, keys, constant)) {
      good = false
      ctx.state.report(
        diagnostic("FM5190", { field: field.name, currency: currencyOf(field.type) }, place(ctx, name.span), {
          label: "amounts of several currencies",
          related: [{ place: field.place, text: "its currency is named here" }],
          help: `Collect by ${currencyOf(field.type)} too, or convert the amounts to one currency.`,
        }),
      )
    }
  }
  for (const field of shape.fields) {
    if (!body.scope.fields.has(field.name) || before.has(field.name) || constant.has(field.name)) continue
    good = false
    ctx.state.report(
      diagnostic(
        "FM4194",
        { field: field.name, keys: clause.keys.map(key => key.text).join(", ") },
        place(ctx, { start: clause.span.start, end: clause.span.start + "collect".length }),
        {
          label: "makes one record of each group",
          related: [{ place: field.place, text: "one value is wanted" }],
          help: `Collect by ${field.name} too, or say \`${takes("sum", field.type) ? "sum" : "first"} ${field.name}\`.`,
        },
      ),
    )
  }
  const incomplete = actions.find(action => action === clause.incomplete?.text)
  if (incomplete === undefined) {
    good = false
    unknownAction(clause, ctx)
  }
  if (!good || incomplete === undefined) return null
  return { keys: clause.keys.map(key => key.text), folds, incomplete, at: at(ctx, clause.span) }
}

function isSingle(type: Type): boolean {
  if (type.kind === "number") return type.unit === null
  return !["record", "list", "dictionary", "json", "error", "never"].includes(type.kind)
}

function takes(operation: Operation, type: Type): boolean {
  if (operation === "sum") return type.kind === "number"
  if (operation === "min" || operation === "max")
    return ["number", "date", "datetime", "instant"].includes(type.kind)
  return true
}

function wanted(operation: Operation): string {
  return operation === "sum" ? "numbers" : "numbers, dates and instants"
}

function oneCurrency(type: Type, keys: ReadonlySet<string>, constant: ReadonlySet<string>): boolean {
  if (type.kind !== "number" || type.unit === null || type.unit.kind !== "field") return true
  const [field = ""] = type.unit.path
  return keys.has(field) || constant.has(field)
}

function currencyOf(type: Type): string {
  return type.kind === "number" && type.unit?.kind === "field" ? (type.unit.path[0] ?? "") : ""
}

function unknownField(name: Name, { scope: { shape } }: CheckedBlock, ctx: Context): void {
  const close = suggest(
    name.text,
    shape.fields.map(f => f.name),
  )
  ctx.state.report(
    diagnostic("FM4103", { field: name.text, target: recordHere(shape, ctx) }, place(ctx, name.span), {
      label: "no such field",
      related: [{ place: shape.place, text: "its fields are declared here" }],
      ...(close === undefined
        ? {}
        : { help: `Did you mean "${close}"?`, edits: [{ place: place(ctx, name.span), text: close }] }),
    }),
  )
}

function unknownOperation(operation: Name, ctx: Context): void {
  const close = suggest(operation.text, operations)
  ctx.state.report(
    diagnostic("FM4193", { operation: operation.text }, place(ctx, operation.span), {
      label: `there are ${operations.join(", ")}`,
      ...(close === undefined
        ? {}
        : { help: `Did you mean "${close}"?`, edits: [{ place: place(ctx, operation.span), text: close }] }),
    }),
  )
}

function unknownAction({ incomplete, span }: CollectClause, ctx: Context): void {
  ctx.state.report(
    diagnostic("FM4195", {}, place(ctx, incomplete?.span ?? { start: span.start, end: span.start + 7 }), {
      label: incomplete === null ? "and if a row was held?" : "no such policy",
      help: `End it with ${actions.map(action => `\`incomplete ${action} group\``).join(", ")}.`,
    }),
  )
}
