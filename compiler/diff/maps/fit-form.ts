// What must hold of a value so that it fits its field, in one form: checks of fields inside one another are one list, the narrower one of two
// stays. Flows in: the node and the form of the value. Flows out: the value itself where nothing is left to be checked.
import type { FitCheck, PlanExpression, WireType } from "../../plan/index.ts"
import type { Form } from "./form.ts"
import { formOf, type Meaning, none } from "./meaning.ts"

type FitNode = Extract<PlanExpression, { readonly kind: "fit" }>

export function fitForm(node: FitNode, of: Form, meaning: Meaning): Form {
  const { forms } = meaning
  const currency = node.checks.find(check => check.kind === "minor")
  const said = [
    ...node.checks.flatMap(check => limit(check, node.to)),
    ...(node.emptyIsMissing ? ["empty is missing"] : []),
  ]
  if (said.length === 0) return of
  const unit = currency === undefined ? none(forms) : formOf(currency.currency, meaning)
  const [inner, innerUnit] = of.op === "fit" ? of.parts : [of, undefined]
  if (inner === undefined) return of
  const all = of.op === "fit" ? narrowest([...of.detail, ...said]) : narrowest(said)
  const kept = unit.op === "none" && innerUnit !== undefined ? innerUnit : unit
  return forms.make("fit", all, [inner, kept], node.at)
}

function limit(check: FitCheck, to: WireType): readonly string[] {
  switch (check.kind) {
    case "digits":
      return "precision" in to && to.precision !== null ? [`digits ${to.precision - to.scale}`] : []
    case "scale":
      return "scale" in to ? [`scale ${to.scale}`] : []
    case "bounds":
      return "low" in to
        ? [`bounds ${JSON.stringify([to.low, to.high])}`]
        : to.kind === "int"
          ? [`bounds ${JSON.stringify([to.min, to.max])}`]
          : ["bounds"]
    case "minor":
      return ["minor"]
    case "length":
      return to.kind === "text" ? [`length ${to.min}..${to.max ?? ""} ${to.measure}`] : ["length"]
    case "pattern":
      return to.kind === "text" ? [`pattern ${to.pattern}`] : ["pattern"]
    case "items":
      return to.kind === "list" ? [`items ${to.min}..${to.max ?? ""}`] : ["items"]
    case "form":
      return ["wire" in to ? `form ${JSON.stringify(to.wire)}` : "form"]
  }
}

/** Of digits and scales the smaller; of the rest each once. */
function narrowest(said: readonly string[]): readonly string[] {
  const sizes = new Map<string, number>()
  const rest = new Set<string>()
  for (const one of said) {
    const [kind = "", size = ""] = one.split(" ")
    if (kind !== "digits" && kind !== "scale") rest.add(one)
    else sizes.set(kind, Math.min(sizes.get(kind) ?? Number.POSITIVE_INFINITY, Number(size)))
  }
  return [...[...sizes].map(([kind, size]) => `${kind} ${size}`), ...rest].toSorted()
}
