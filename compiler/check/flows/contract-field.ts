// A field of a contract by its name, where a step reads by it or writes it. Flows in: the name. Flows out: the field, or null after a diagnostic.
import { diagnostic, type Name, suggest } from "@fmap/grammar"
import type { BoundField } from "../../resolve/model.ts"
import type { ContractAt } from "./contract-at.ts"
import { type FlowEnvironment, placeOf } from "./environment.ts"

export function contractField(
  name: Name,
  { shape }: Pick<ContractAt, "shape">,
  env: FlowEnvironment,
): BoundField | null {
  const field = shape.fields.find(each => each.name === name.text)
  if (field !== undefined) return field
  const place = placeOf(env, name.span)
  const near = suggest(
    name.text,
    shape.fields.map(each => each.name),
  )
  env.report(
    diagnostic("FM2010", { name: name.text, of: shape.name }, place, {
      label: "no such field",
      ...(near === undefined ? {} : { help: `Did you mean ${near}?`, edits: [{ place, text: near }] }),
    }),
  )
  return null
}
