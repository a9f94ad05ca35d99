// How an event tells what it changes, and what is written of a target. Flows in: the clause of a contract and its bound fields. Flows out:
// the place of the list; of a target, the same shape in which every field may be left alone, or more of them are required.
import { type ContractDeclaration, diagnostic } from "@fmap/grammar"
import { type Findings, placeIn } from "../project/findings.ts"
import type { BoundField, BoundShape } from "./model.ts"

export function bindEvents(
  node: ContractDeclaration,
  fields: readonly BoundField[],
  { file, found }: { readonly file: string; readonly found: Findings },
): BoundShape["events"] {
  const clause = node.events
  if (clause === null) return null
  const at = placeIn(file)
  const refuse = (problem: string): null => {
    found.report(diagnostic("FM6182", { problem }, at(clause.list)))
    return null
  }
  let inside = fields
  let field: BoundField | undefined
  for (const name of clause.list.names) {
    field = inside.find(one => one.name === name.text)
    if (field === undefined) return refuse(`there is no field "${name.text}"`)
    if (field.type.kind === "error") return null
    if (field.optional) return refuse(`"${name.text}" may be missing, and then nobody knows what changed`)
    inside = field.type.kind === "record" ? field.type.shape.fields : []
  }
  const type = field?.type
  if (type?.kind !== "list" || type.of.kind !== "text")
    return refuse("the names of fields stand in a list of text")
  return { lists: clause.lists, path: clause.list.names.map(name => name.text) }
}

/** Only its keys are always written, and what is set on creation never; rules that hold for whole records cannot be judged by a part. */
export function patchOf(shape: BoundShape): BoundShape {
  return {
    ...shape,
    id: `${shape.id}~patch`,
    name: `${shape.name}Patch`,
    partOf: shape,
    fields: shape.fields.map(field =>
      field.key ? field : { ...field, optional: true, computed: field.computed || field.createOnly },
    ),
    derives: [],
    checks: [],
    fieldRules: [],
    profiles: [],
  }
}

/** What a map writes that makes a record, or changes one: more is required, and what is set on creation is left out of an update. */
export function profileOf(shape: BoundShape, profile: string): BoundShape {
  const own = shape.profiles.filter(rule => rule.profile?.text === profile)
  const required = new Set(
    own.filter(rule => rule.when === null).flatMap(rule => rule.fields.map(name => name.text)),
  )
  return {
    ...shape,
    id: `${shape.id}~${profile}`,
    name: `${shape.name}${profile === "create" ? "Create" : "Update"}`,
    partOf: shape,
    fields: shape.fields.map(field => ({
      ...field,
      optional: field.optional && !required.has(field.name),
      clearable: field.clearable && !required.has(field.name),
      computed: field.computed || (profile === "update" && field.createOnly && !field.key),
    })),
    fieldRules: [...shape.fieldRules, ...own.filter(rule => rule.when !== null)],
  }
}
