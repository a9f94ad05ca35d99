// What is personal in the records of a contract, and what is money. Flows in: a shape and the shapes it is made of. Flows out: paths of wire names; each amount with where its currency stands.
import type { Plan, PlanShape } from "@fmap/compiler"
import type { Figures, MoneyPlace } from "@fmap/runtime/flow"

type WireType = PlanShape["fields"][number]["type"]
type Currency = MoneyPlace["currency"] | undefined
type Parameters = ReadonlyMap<string, Currency>

/** A shape may hold itself: so deep somebody may look. */
const deepest = 6

export function planFigures(plan: Plan, shape: PlanShape): Figures {
  const masked: (readonly string[])[] = []
  const money: MoneyPlace[] = []

  function look(of: PlanShape, at: readonly string[], parameters: Parameters): void {
    for (const field of of.fields) {
      const path = [...at, field.wireName]
      if (field.pii || field.confidential) masked.push(path)
      else lookInto(field.type, path, of, at, parameters)
    }
  }

  function lookInto(
    type: WireType,
    path: readonly string[],
    of: PlanShape,
    at: readonly string[],
    parameters: Parameters,
  ): void {
    if (path.length > deepest) return
    switch (type.kind) {
      case "list": {
        const { wire } = type
        if (wire === "array") lookInto(type.of, [...path, "*"], of, at, parameters)
        else if ("under" in wire) lookInto(type.of, [...path, wire.under, "*"], of, at, parameters)
        return
      }
      case "record": {
        const inner = plan.shapes.find(({ id }) => id === type.shape)
        if (inner === undefined || inner.union !== null) return
        const given = inner.parameters.map(
          (name, index) => [name, placeOf(type.arguments[index], of, at, parameters, plan)] as const,
        )
        look(inner, path, new Map(given))
        return
      }
      case "money": {
        // Other figures would have to be taken apart first.
        if (type.wire !== "number" && type.wire !== "text") return
        const currency = placeOf(type.unit ?? undefined, of, at, parameters, plan)
        if (currency !== undefined) money.push({ path, currency })
      }
    }
  }

  look(shape, [], new Map())
  return { masked, money }
}

/** Undefined where it does not stand in the document. */
function placeOf(
  unit:
    | { readonly kind: "constant"; readonly code: string }
    | { readonly kind: "field"; readonly path: readonly string[] }
    | { readonly kind: "parameter"; readonly name: string }
    | undefined,
  of: PlanShape,
  at: readonly string[],
  parameters: Parameters,
  plan: Plan,
): Currency {
  switch (unit?.kind) {
    case "constant":
      return { code: unit.code }
    case "parameter":
      return parameters.get(unit.name)
    case "field": {
      const [first = "", ...rest] = unit.path
      if (rest.length > 0) return undefined
      const field = of.fields.find(({ name }) => name === first)
      return field === undefined ? derivedPlace(first, of, at, plan) : { path: [...at, field.wireName] }
    }
    default:
      return undefined
  }
}

/** A currency that is derived from one value of the document: the value stands for it, as the system's own number of a currency does. */
function derivedPlace(name: string, of: PlanShape, at: readonly string[], plan: Plan): Currency {
  const rule = of.rules.find(one => one.kind === "derive" && one.name === name)
  const [only, ...others] = rule?.reads ?? []
  if (only === undefined || others.length > 0) return undefined
  const path: string[] = []
  let shape: PlanShape | undefined = of
  for (const step of only) {
    const field: PlanShape["fields"][number] | undefined = shape?.fields.find(one => one.name === step)
    if (field === undefined) return undefined
    path.push(field.wireName)
    const type: WireType = field.type
    shape = type.kind === "record" ? plan.shapes.find(({ id }) => id === type.shape) : undefined
  }
  return { path: [...at, ...path], called: path.join(".") }
}
