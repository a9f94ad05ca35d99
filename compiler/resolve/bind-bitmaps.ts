// Which fields the bitmaps of an event count. Flows in: the clause of a contract and its bound fields. Flows out: the same fields, in which the
// lists it names may come as bitmaps. A record that other events share is not changed: each event has its own, because its schema is.
import { type ContractDeclaration, diagnostic } from "@fmap/grammar"
import type { BitmapLayout } from "@fmap/runtime"
import { type Findings, placeIn } from "../project/findings.ts"
import { wireNameOf } from "./bind-field.ts"
import type { BoundField, BoundShape } from "./model.ts"

export function bindBitmaps(
  node: ContractDeclaration,
  fields: readonly BoundField[],
  events: BoundShape["events"],
  { file, found }: { readonly file: string; readonly found: Findings },
): readonly BoundField[] {
  const clause = node.bitmaps
  if (clause === undefined) return fields
  const at = placeIn(file)
  const refuse = (problem: string, of: Parameters<typeof at>[0]): void =>
    found.report(diagnostic("FM6184", { problem }, at(of)))
  if (events === null) {
    if (node.events === null)
      refuse("only a contract of `events` has lists of what changed, as in `events changed in LIST`", clause)
    return fields
  }
  const seen = new Set<string>()
  for (const { name, parts } of clause.fields) {
    if (seen.has(name.text)) refuse(`"${name.text}" stands there twice`, name)
    seen.add(name.text)
    const inner = new Set<string>()
    for (const part of parts) {
      if (inner.has(part.text)) refuse(`"${name.text}.${part.text}" stands there twice`, part)
      inner.add(part.text)
    }
  }
  for (const field of fields)
    if (!seen.has(wireNameOf(field.node)))
      refuse(`the field "${wireNameOf(field.node)}" of the contract is not among them`, clause)
  const layout = clause.fields.map(({ name, parts }) => ({
    name: name.text,
    parts: parts.map(part => part.text),
  }))
  return clause.lists.reduce((all, list) => {
    const names = list.names.map(name => name.text)
    if (isListOfTexts(all, names)) return within(all, names, layout, node.name.text)
    refuse(`${names.join(".")} is no list of texts`, list)
    return all
  }, fields)
}

function isListOfTexts(fields: readonly BoundField[], [first, ...rest]: readonly string[]): boolean {
  const field = fields.find(({ name }) => name === first)
  if (field === undefined) return false
  if (field.type.kind === "record") return isListOfTexts(field.type.shape.fields, rest)
  return rest.length === 0 && field.type.kind === "list" && field.type.of.kind === "text" && !saysWire(field)
}

function within(
  fields: readonly BoundField[],
  [first, ...rest]: readonly string[],
  layout: BitmapLayout,
  contract: string,
): readonly BoundField[] {
  return fields.map(field => {
    if (field.name !== first) return field
    if (field.type.kind !== "record") return { ...field, bitmaps: layout }
    const { shape } = field.type
    // a second list of the same record finds the shape that the first has made
    const isOwn = shape.id.endsWith(`~${contract}`)
    const own: BoundShape = {
      ...shape,
      id: isOwn ? shape.id : `${shape.id}~${contract}`,
      name: isOwn ? shape.name : `${contract}${shape.name}`,
      fields: within(shape.fields, rest, layout, contract),
    }
    return { ...field, type: { ...field.type, shape: own } }
  })
}

function saysWire({ node }: BoundField): boolean {
  return node.modifiers.some(modifier => modifier.kind === "wire")
}
