// Lists, groups, trees and aggregates as forms. A row has no name but what it is a row of, so that two loops over one list are one. Flows in:
// nodes with generators. Flows out: forms; the variables of the rows are bound on the way.
import type { PlanExpression, PlanGenerator } from "../../plan/index.ts"
import { boolForm, joined } from "./conditions.ts"
import { type Form, type Forms, within } from "./form.ts"
import { formOf, type Meaning, none, optionalForm } from "./meaning.ts"
import { rebuilt } from "./rebuild.ts"

type NodeOf<K extends PlanExpression["kind"]> = Extract<PlanExpression, { readonly kind: K }>

/** Rows in reach grow from generator to generator. */
function generatorForms(
  generators: readonly PlanGenerator[],
  outer: Meaning,
): { readonly parts: readonly Form[]; readonly inside: Meaning; readonly rows: readonly Form[] } {
  let inside = outer
  const parts: Form[] = []
  const rows: Form[] = []
  for (const generator of generators) {
    const { forms } = outer
    const source = formOf(generator.source, inside)
    const kind = rowsOf(source, inside)
    const level = String(inside.scope.filter(id => id === kind.id).length)
    const before = inside
    inside = { ...inside, scope: [...inside.scope, kind.id] }
    const at = generator.source.at
    const row = forms.make("row", [level], [kind], at)
    rows.push(row)
    inside.variables.set(generator.variable, row)
    const beside = (what: string): Form => forms.make("beside", [what, level], [kind], at)
    if (generator.rows !== undefined) inside.variables.set(generator.rows, beside("rows"))
    for (const [what, variable] of Object.entries(generator.tree ?? {}))
      inside.variables.set(Number(variable), beside(what))
    const { join } = generator
    if (join === undefined) parts.push(forms.make("generator", [], [source], at))
    else {
      const { conflict, matches, otherwise, keys } = join
      const said = typeof conflict === "string" ? conflict : conflict === null ? "" : "leave"
      parts.push(
        forms.make(
          "generator",
          [matches, said],
          [
            source,
            conflict === null || typeof conflict === "string" ? none(forms) : formOf(conflict, before),
            optionalForm(otherwise, before),
            ...keys.flatMap(key => [formOf(key.outer, before), formOf(key.inner, inside)]),
          ],
          at,
        ),
      )
    }
  }
  return { parts, inside, rows }
}

/** What rows are called by: the list they come from, without what chooses among them. */
function rowsOf(source: Form, meaning: Meaning): Form {
  const { make } = meaning.forms
  const [first] = source.parts
  const generators = source.parts.filter(part => part.op === "generator")
  const inner = generators.map(part => rowsOf(part.parts[0] ?? part, meaning))
  switch (source.op) {
    case "grouping":
    case "nesting":
    case "each":
      return make("generator", [source.op], inner)
    case "coalesce":
    case "fit":
      return first === undefined ? source : rowsOf(first, meaning)
    case "spread":
      return make("spread", [], [])
    default:
      return source
  }
}

function whereForm(where: PlanExpression | null, meaning: Meaning): Form {
  return where === null
    ? boolForm(true, meaning.forms)
    : joined("and", [formOf(where, meaning)], meaning.forms, where.at)
}

export function eachForm(node: NodeOf<"each">, outer: Meaning): Form {
  const { forms } = outer
  const { parts, inside, rows } = generatorForms(node.generators, outer)
  const where = whereForm(node.where, inside)
  const keys = node.sort.map(({ key }) => formOf(key, inside))
  if (node.position !== null)
    inside.variables.set(node.position, forms.make("beside", ["position"], rows, node.at))
  const carries = node.carries ?? []
  const starts = carries.map(({ start }) => optionalForm(start, inside))
  carries.forEach(({ variable }, i) => {
    inside.variables.set(variable, forms.make("beside", [`carried ${i}`], rows, node.at))
  })
  const { path } = inside
  const body = formOf(node.body, { ...inside, path: path === null ? null : `${path}/[]` })
  const carried = carries.flatMap(({ value }, i) => [starts[i] ?? none(forms), formOf(value, inside)])
  return forms.make(
    "each",
    [
      String(parts.length),
      String(carries.length),
      ...node.sort.map(({ descending }) => (descending ? "descending" : "ascending")),
    ],
    [where, body, ...parts, ...keys, ...carried],
    node.at,
  )
}

export function aggregateForm(node: NodeOf<"aggregate">, outer: Meaning): Form {
  const { parts, inside, rows } = generatorForms(node.generators, outer)
  const where = whereForm(node.where, inside)
  const value = optionalForm(node.value, inside)
  const made = outer.forms.make("aggregate", [node.operation], [where, value, ...parts], node.at)
  return fused(made, rows, outer.forms)
}

/** What is added up over rows made from other rows is added up over those. */
function fused(form: Form, rows: readonly Form[], forms: Forms): Form {
  const [where, value, generator, ...more] = form.parts
  const [row] = rows
  const [operation = ""] = form.detail
  if (where === undefined || value === undefined || generator === undefined || row === undefined) return form
  if (more.length > 0 || generator.detail.length > 0 || operation === "first" || operation === "last")
    return form
  const list = listOf(generator.parts[0])
  const [kept, body, ...rest] = list?.parts ?? []
  if (list === null || kept === undefined || body?.op !== "record" || list.detail[1] !== "0") return form
  if (within(body).some(({ op, detail }) => op === "exit" && detail[0] === "skip")) return form
  const generators = rest.slice(0, Number(list.detail[0]))
  const over = (part: Form): Form => rebuilt(part, one => (one.id === row.id ? body : null), forms)
  const conditions = joined("and", [kept, over(where)], forms, where.at)
  return forms.make("aggregate", form.detail, [conditions, over(value), ...generators], form.at)
}

/** The list itself where it must not be empty, or fits a field. */
function listOf(form: Form | undefined): Form | null {
  if (form?.op === "each") return form
  if (form?.op === "fit") return listOf(form.parts[0])
  return form?.op === "coalesce" && form.parts.length === 2 && form.parts[1]?.op === "exit"
    ? listOf(form.parts[0])
    : null
}

export function groupingForm(node: NodeOf<"grouping">, outer: Meaning): Form {
  const { parts, inside } = generatorForms(node.generators, outer)
  const where = whereForm(node.where, inside)
  const keys = node.keys.map(({ value }) => formOf(value, inside))
  return outer.forms.make(
    "grouping",
    [String(parts.length), ...node.keys.map(({ field }) => field)],
    [where, ...parts, ...keys],
    node.at,
  )
}

export function nestingForm(node: NodeOf<"nesting">, outer: Meaning): Form {
  const { parts, inside } = generatorForms(node.generators, outer)
  const where = whereForm(node.where, inside)
  const parent = formOf(node.parent, inside)
  const key = formOf(node.key, inside)
  return outer.forms.make("nesting", [String(parts.length)], [where, parent, key, ...parts], node.at)
}
