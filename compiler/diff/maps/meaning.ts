// What the expressions of one Plan mean. Flows in: expressions, blocks and the forms of earlier variables. Flows out: forms in which locals have no
// names, `let`s and calls are written out, and what is written differently but means the same is one. Knows nothing of another Plan.
import type { At, PlanExpression, PlanShape, ShapeId, VariableId, WireType } from "../../plan/index.ts"
import { blockForm } from "./block-form.ts"
import { boolSwitch, coalesce, conditional, valueSwitch } from "./choices.ts"
import { boolForm, comparison, joined, opposed } from "./conditions.ts"
import { fitForm } from "./fit-form.ts"
import type { Form, Forms } from "./form.ts"
import { differenceOf, negated, numberForm, productOf, quotientOf, sumOf } from "./linear.ts"
import { memberOf } from "./member.ts"
import { aggregateForm, eachForm, groupingForm, nestingForm } from "./rows-form.ts"

export interface Meaning {
  readonly forms: Forms
  readonly shape: (id: ShapeId) => PlanShape
  /** One name for what is one crosswalk in both Plans. */
  readonly crosswalk: (id: string) => string
  /** Filled as variables are bound; ids are unique in a map. */
  readonly variables: Map<VariableId, Form>
  /** `apart`: a target field that is read again keeps its name, so that a change of it is told once. */
  readonly targets: "inline" | "apart"
  /** Of the record being made, as a JSON pointer; null: it is no part of the target. */
  readonly path: string | null
  /** What the rows in reach are rows of, by number. */
  readonly scope: readonly number[]
}

export function formOf(node: PlanExpression, meaning: Meaning): Form {
  const { forms } = meaning
  const { at } = node
  const of = (part: PlanExpression): Form => formOf(part, meaning)
  const make = forms.make
  switch (node.kind) {
    case "literal":
      return literalForm(node, forms)
    case "missing":
    case "clear":
      return make(node.kind, [], [], at)
    case "exit":
      // the words of a message are no part of what a map does
      return make("exit", [node.verb, node.code], [], at)
    case "variable":
      return variableForm(node.variable, at, meaning)
    case "field":
      return fieldForm(of(node.of), node, meaning)
    case "entry":
      return make("entry", [], [of(node.of), of(node.key)], at)
    case "arithmetic":
      return arithmeticForm(node, meaning)
    case "negate":
      return negated(of(node.of), forms, at)
    case "round": {
      const { scale, mode } = node
      return scale.kind === "digits"
        ? make("round", [mode, String(scale.digits)], [of(node.of), none(forms)], at)
        : make("round", [mode, "minor"], [of(node.of), of(scale.currency)], at)
    }
    case "compare":
      return comparison(
        node.operator,
        of(node.left),
        of(node.right),
        node.left.type.kind === "number",
        forms,
        at,
      )
    case "between": {
      const isNumber = node.of.type.kind === "number"
      const value = of(node.of)
      const low = comparison(">=", value, of(node.low), isNumber, forms, at)
      const high = comparison("<=", value, of(node.high), isNumber, forms, at)
      const range = joined("and", [low, high], forms, at)
      return node.negated ? opposed(range, forms) : range
    }
    case "anyOf": {
      const isNumber = node.of.type.kind === "number"
      const value = of(node.of)
      const options = node.options.map(option => comparison("==", value, of(option), isNumber, forms, at))
      const listed = joined("or", options, forms, at)
      return node.negated ? opposed(listed, forms) : listed
    }
    case "logic":
      return joined(node.operator, [of(node.left), of(node.right)], forms, at)
    case "not":
      return opposed(of(node.of), forms)
    case "present": {
      const there = make("present", [], [of(node.of)], at)
      return node.negated ? opposed(there, forms) : there
    }
    case "switch":
      return switchForm(node, meaning)
    case "conditional": {
      if (node.bind !== null) meaning.variables.set(node.bind.variable, of(node.bind.value))
      const arms = node.arms.map(arm => ({ when: of(arm.when), then: of(arm.then) }))
      return conditional(arms, of(node.otherwise), forms, at)
    }
    case "else":
      return coalesce([of(node.value), of(node.fallback)], forms, at)
    case "call":
      return make("call", [node.function], node.arguments.map(of), at)
    case "lookup":
      return make(
        "lookup",
        [meaning.crosswalk(node.crosswalk), node.inverse ? "inverse" : ""],
        [node.asOf === null ? none(forms) : of(node.asOf), ...node.keys.map(of)],
        at,
      )
    case "interpolation":
      return textForm(node, meaning)
    case "record":
      return blockForm(node.block, node.shape, at, meaning)
    case "list":
      return make(
        "list",
        node.elements.map(element => (element.spread ? "spread" : "one")),
        node.elements.flatMap(element => [
          element.when === null ? none(forms) : of(element.when),
          of(element.value),
        ]),
        at,
      )
    case "each":
      return eachForm(node, meaning)
    case "aggregate":
      return aggregateForm(node, meaning)
    case "grouping":
      return groupingForm(node, meaning)
    case "nesting":
      return nestingForm(node, meaning)
    case "fit":
      return fitForm(node, of(node.of), meaning)
    case "spread":
      return make(
        "spread",
        [node.calendar, node.inclusive ? "inclusive" : "exclusive", node.by, node.rule],
        [of(node.total), of(node.from), of(node.to), node.coin === null ? none(forms) : of(node.coin)],
        at,
      )
    case "zoned":
      return make("zoned", [node.gives, node.zone, node.policy], [of(node.of)], at)
    case "calendar":
      return make("calendar", [node.calendar, node.operation], node.arguments.map(of), at)
  }
}

export function none(forms: Forms): Form {
  return forms.make("none", [], [])
}

/** Null stands for none. */
export function optionalForm(node: PlanExpression | null, meaning: Meaning): Form {
  return node === null ? none(meaning.forms) : formOf(node, meaning)
}

function literalForm(
  { value, type, at }: Extract<PlanExpression, { readonly kind: "literal" }>,
  forms: Forms,
): Form {
  if (typeof value === "boolean") return boolForm(value, forms, at)
  if (type.kind === "number") return numberForm(value, forms, at)
  // a member of an enum, a code and a text are one where they are compared
  return forms.make("literal", [type.kind, value], [], at)
}

export function variableForm(variable: VariableId, at: At, { variables }: Meaning): Form {
  const form = variables.get(variable)
  if (form === undefined) throw new Error(`variable ${variable} of the plan has no value yet`)
  return { ...form, at }
}

function fieldForm(
  of: Form,
  node: Extract<PlanExpression, { readonly kind: "field" }>,
  meaning: Meaning,
): Form {
  const shape = node.of.type.kind === "record" ? meaning.shape(node.of.type.shape) : undefined
  const field = shape?.fields.find(one => one.name === node.field)
  const name = field?.wireName ?? node.field
  const made = memberOf(of, name, node.at, meaning.forms)
  const domain = field === undefined ? null : domainOf(field.type)
  if (domain !== null) meaning.forms.learnDomain(made, domain)
  return made
}

function domainOf(type: WireType): readonly string[] | null {
  return type.kind === "enum" && !type.open ? type.members.map(member => member.value) : null
}

function arithmeticForm(
  node: Extract<PlanExpression, { readonly kind: "arithmetic" }>,
  meaning: Meaning,
): Form {
  const { forms } = meaning
  const { at } = node
  const left = formOf(node.left, meaning)
  const right = formOf(node.right, meaning)
  const isNumber = node.left.type.kind === "number" && node.right.type.kind === "number"
  if (!isNumber) return forms.make("arithmetic", [node.operator], [left, right], at)
  switch (node.operator) {
    case "+":
      return sumOf(left, right, forms, at)
    case "-":
      return differenceOf(left, right, forms, at)
    case "*":
      return productOf(left, right, forms, at)
    case "/":
      return quotientOf(left, right, forms, at)
  }
}

function switchForm(node: Extract<PlanExpression, { readonly kind: "switch" }>, meaning: Meaning): Form {
  const { forms } = meaning
  const subject = formOf(node.subject, meaning)
  const missing = node.missing === null ? null : formOf(node.missing, meaning)
  const otherwise = node.otherwise === null ? null : formOf(node.otherwise, meaning)
  const arms = node.arms.flatMap(arm => {
    const then = formOf(arm.then, meaning)
    return arm.values.map(value => ({ value, then: { ...then, at: then.at ?? arm.at } }))
  })
  if (node.subject.type.kind === "bool") {
    const [whenTrue, whenFalse] = [true, false].map(
      value => arms.find(arm => arm.value === value)?.then ?? otherwise,
    )
    if (whenTrue !== undefined && whenTrue !== null && whenFalse !== undefined && whenFalse !== null)
      return boolSwitch(subject, whenTrue, whenFalse, missing, forms, node.at)
  }
  const named = arms.map(({ value, then }) => ({ value: String(value), then }))
  return valueSwitch({ subject, arms: named, missing, otherwise }, forms, node.at)
}

/** Pieces of text that stand side by side are one piece. */
function textForm(node: Extract<PlanExpression, { readonly kind: "interpolation" }>, meaning: Meaning): Form {
  const { forms } = meaning
  let pending = ""
  const detail: string[] = []
  const parts: Form[] = []
  for (const part of node.parts) {
    if (typeof part === "string") {
      pending += part
      continue
    }
    const value = formOf(part.value, meaning)
    const [type, text] = value.detail
    if (value.op === "literal" && type === "text" && part.format === null) {
      pending += text ?? ""
      continue
    }
    // figures print at their static scale
    const scale = part.value.type.kind === "number" ? `:${part.value.type.scale}` : ""
    detail.push(pending, `${part.format ?? ""}${scale}`)
    parts.push(value)
    pending = ""
  }
  detail.push(pending)
  const [only] = parts
  if (only === undefined) return forms.make("literal", ["text", pending], [], node.at)
  return forms.make("text", detail, parts, node.at)
}
