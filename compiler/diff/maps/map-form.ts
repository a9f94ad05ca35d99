// A whole map as forms. Flows in: a map and its Plan. Flows out: the record it makes, the key, and what is done with the rows of a run. Called twice:
// once with everything written out, which proves that two maps are one, and once with target fields kept apart, which tells what changed.
import type { Plan, PlanMap, PlanSetControl, PlanSetTerm, PlanShape } from "../../plan/index.ts"
import { blockForm } from "./block-form.ts"
import type { Form, Forms } from "./form.ts"
import { numberForm } from "./linear.ts"
import { formOf, type Meaning, optionalForm } from "./meaning.ts"

export interface MapForm {
  readonly body: Form
  /** Name on the wire, and what a repeated one does. */
  readonly key: { readonly field: string; readonly replay: string } | null
  /** Null for a map of single records. */
  readonly set: SetForm | null
}

export interface SetForm {
  readonly each: string
  readonly collect: {
    readonly keys: readonly string[]
    readonly folds: ReadonlyMap<string, string>
    readonly incomplete: string
  } | null
  /** By title. */
  readonly controls: ReadonlyMap<string, Form>
}

export interface MapFormOptions {
  readonly targets: Meaning["targets"]
  readonly crosswalk: Meaning["crosswalk"]
  /** What a source or given is called by both. */
  readonly input: (name: string) => string
}

export function mapForm(map: PlanMap, plan: ShapesOf, forms: Forms, options: MapFormOptions): MapForm {
  const variables = new Map<number, Form>()
  const bind = (name: string, variable: number, at: PlanMap["at"]): void =>
    void variables.set(variable, forms.make("input", [options.input(name)], [], at))
  for (const { name, variable, at } of [...map.sources, ...(map.set?.sets ?? []), ...map.givens])
    bind(name, variable, at)
  const meaning: Meaning = {
    forms,
    shape: plan.shape,
    crosswalk: options.crosswalk,
    variables,
    targets: options.targets,
    path: "",
    scope: [],
  }
  const target = plan.shape(map.target.shape)
  const wireName = (name: string): string =>
    target.fields.find(field => field.name === name)?.wireName ?? name
  const body = blockForm(map.body, map.target.shape, map.target.at, meaning)
  const replay = map.key?.onReplay.map(({ when, action }) => `${when} ${action}`).toSorted() ?? []
  return {
    body,
    key: map.key === null ? null : { field: wireName(map.key.field), replay: replay.join(", ") },
    set: map.set === null ? null : setForm(map.set, wireName, meaning),
  }
}

/** The shapes of a Plan by their ids. */
export interface ShapesOf {
  readonly shape: Meaning["shape"]
  readonly find: (id: string) => PlanShape | undefined
}

export function shapesOf(plan: Plan): ShapesOf {
  const shapes = new Map(plan.shapes.map(shape => [shape.id, shape]))
  return {
    find: id => shapes.get(id),
    shape: id => {
      const shape = shapes.get(id)
      if (shape === undefined) throw new Error(`the plan has no shape ${JSON.stringify(id)}`)
      return shape
    },
  }
}

function setForm(
  set: NonNullable<PlanMap["set"]>,
  wireName: (name: string) => string,
  meaning: Meaning,
): SetForm {
  const { collect } = set
  const figures = set.figures.map(({ value }) => formOf(value, meaning))
  return {
    each: set.each,
    collect:
      collect === null
        ? null
        : {
            keys: collect.keys.map(wireName).toSorted(),
            folds: new Map(collect.folds.map(({ field, operation }) => [wireName(field), operation])),
            incomplete: collect.incomplete,
          },
    controls: new Map(
      set.controls.map(control => [control.title, controlForm(control, figures, wireName, meaning)]),
    ),
  }
}

function controlForm(
  control: PlanSetControl,
  figures: readonly Form[],
  wireName: (name: string) => string,
  { forms, ...meaning }: Meaning,
): Form {
  const { title, operator, within, exit, at } = control
  const figure = (index: number): Form => figures[index] ?? forms.make("none", [], [])
  const term = (of: PlanSetTerm): Form => {
    switch (of.kind) {
      case "literal":
        return numberForm(of.value, forms)
      case "input":
        return optionalForm(of.value, { ...meaning, forms })
      case "sum":
        return forms.make("aggregate", ["sum", of.of], [figure(of.figure)], at)
      case "sumOut":
        return forms.make("aggregate", ["sum", "out", wireName(of.field)], [], at)
      case "count":
        return forms.make("aggregate", ["count", of.of], [], at)
    }
  }
  const side = (terms: readonly PlanSetTerm[]): Form => {
    const signed = terms
      .map(of => forms.make("list", [of.negative ? "-" : "+"], [term(of)], at))
      .toSorted((a, b) => a.id - b.id)
    return forms.make("list", ["terms"], signed, at)
  }
  const keys = control.keys.map(key =>
    forms.make(
      "list",
      ["key", key.field === null ? "" : wireName(key.field)],
      [key.figure === null ? forms.make("none", [], []) : figure(key.figure)],
    ),
  )
  const tolerance = within === null ? [] : [within.amount, String(within.minor), String(within.relative)]
  return forms.make(
    "control",
    [title, operator, exit.verb, exit.code, ...tolerance],
    [side(control.left), side(control.right), ...keys],
    at,
  )
}
