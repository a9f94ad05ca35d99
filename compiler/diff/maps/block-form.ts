// A record that is made, as a form: its fields by their names on the wire, what is checked beside them, and what can end it although no field
// reads it. Flows in: a block. Flows out: a form in which the order of statements says nothing, and a `let` is only what it gives.
import { pointer } from "@fmap/runtime"
import type { At, PlanBlock, PlanStep, ShapeId } from "../../plan/index.ts"
import type { Form } from "./form.ts"
import { hiddenStops } from "./hidden-stops.ts"
import { formOf, type Meaning, optionalForm } from "./meaning.ts"

export function blockForm(block: PlanBlock, shapeId: ShapeId, at: At, meaning: Meaning): Form {
  const { forms } = meaning
  const shape = meaning.shape(shapeId)
  const wireNames = new Map(shape.fields.map(field => [field.name, field.wireName]))
  const roles: { readonly role: string; readonly form: Form }[] = []
  const mayStop: Form[] = []
  const written = new Map<string, Form>()
  for (const step of block.steps) {
    switch (step.kind) {
      case "let":
      case "derive": {
        const value = formOf(step.value, { ...meaning, path: null })
        meaning.variables.set(step.variable, value)
        if (value.exits) mayStop.push(value)
        break
      }
      case "field": {
        const name = wireNames.get(step.field) ?? step.field
        const path = meaning.path === null ? null : pointer(meaning.path, name)
        const value = { ...formOf(step.value, { ...meaning, path }), at: step.value.at }
        written.set(step.field, value)
        const again =
          meaning.targets === "apart" && path !== null ? forms.make("target", [path], [], step.at) : value
        meaning.variables.set(step.variable, again)
        break
      }
      case "check":
        roles.push({ role: "check", form: checkForm(step, meaning) })
        break
      case "control":
        roles.push({ role: `control ${step.title}`, form: controlForm(step, meaning) })
        break
      case "share": {
        const { within, rule, equally, scale, coin } = step
        const parts = [
          formOf(step.total, meaning),
          formOf(step.weight, meaning),
          optionalForm(coin.currency, meaning),
        ]
        const detail = [String(within), rule, String(equally), String(scale), String(coin.digits)]
        meaning.variables.set(step.variable, forms.make("share", detail, parts, step.at))
        break
      }
    }
  }
  const fields = block.fields.flatMap(({ field }) => {
    const form = written.get(field)
    return form === undefined ? [] : [{ role: `field ${wireNames.get(field) ?? field}`, form }]
  })
  const stops = hiddenStops(
    mayStop,
    [...fields, ...roles].map(({ form }) => form),
    forms,
  )
  const all = [...fields, ...roles, ...stops.map(form => ({ role: "stop", form }))]
  const sorted = all.toSorted(
    (a, b) => (a.role < b.role ? -1 : a.role > b.role ? 1 : 0) || a.form.id - b.form.id,
  )
  return forms.make(
    "record",
    sorted.map(({ role }) => role),
    sorted.map(({ form }) => form),
    at,
  )
}

function checkForm(step: Extract<PlanStep, { readonly kind: "check" }>, meaning: Meaning): Form {
  const { verb, code, field } = step.exit
  return meaning.forms.make("check", [verb, code, field ?? ""], [formOf(step.condition, meaning)], step.at)
}

function controlForm(step: Extract<PlanStep, { readonly kind: "control" }>, meaning: Meaning): Form {
  const { forms } = meaning
  const { within, groups } = step
  const keys = (groups?.rows ?? []).flatMap(({ generators, where, keys: values }) => {
    const node = { kind: "grouping", generators, where, members: null } as const
    const type = { kind: "list", of: { kind: "never" } } as const
    const fields = values.map((value, i) => ({ field: groups?.keys[i]?.name ?? "", value }))
    return [formOf({ ...node, keys: fields, type, maybe: false, at: step.at }, meaning)]
  })
  // the key of the combination that is compared
  for (const { name, variable } of groups?.keys ?? [])
    meaning.variables.set(variable, forms.make("input", ["key", name], [], step.at))
  return forms.make(
    "control",
    [step.title, step.operator, step.exit.verb, step.exit.code, within?.relative === true ? "relative" : ""],
    [
      formOf(step.left, meaning),
      formOf(step.right, meaning),
      optionalForm(within?.amount ?? null, meaning),
      optionalForm(within?.minorOf ?? null, meaning),
      optionalForm(step.when, meaning),
      ...keys,
    ],
    step.at,
  )
}
