// Whether the language can tell the kinds of a union apart. Flows in: a union of a source and its declarations. Flows out: null,
// or why it cannot. The checker's own rules (compiler/resolve/bind-union.ts) in words of the source.
import type { ImportedDeclaration, ImportedField, ImportedType } from "../model.ts"

export function unionProblem(
  type: ImportedType & { kind: "union" },
  declarations: ReadonlyMap<string, ImportedDeclaration>,
): string | null {
  const fieldsOf = new Map<string, ReadonlyMap<string, ImportedField>>()
  if (new Set(type.members).size !== type.members.length || type.members.length < 2)
    return "its kinds are not two or more different ones"
  for (const name of type.members) {
    const declaration = declarations.get(name)
    if (declaration === undefined || declaration.kind === "enum") return `"${name}" is no record`
    if (declaration.kind === "record" && declaration.parameters.length > 0)
      return `"${name}" wants to be told a currency or unit`
    fieldsOf.set(name, new Map(declaration.fields.map(field => [field.wireName, field])))
  }
  const { by } = type
  if (by.kind === "shape") {
    const required = [...fieldsOf].map(([name, fields]) => ({
      name,
      wires: [...fields.values()]
        .filter(field => !field.optional && !field.marks.includes("computed"))
        .map(field => field.wireName),
    }))
    for (const one of required) {
      const other = required.find(each => each !== one && one.wires.every(wire => each.wires.includes(wire)))
      if (other !== undefined)
        return `all that "${one.name}" requires, "${other.name}" requires too, so nothing tells them apart`
    }
    return null
  }
  for (const member of type.members)
    if (!by.arms.some(arm => arm.member === member)) return `nothing in the source tells "${member}"`
  if (by.arms.some(arm => !fieldsOf.has(arm.member))) return "its kinds and what tells them differ"
  if (by.kind === "presence") {
    const seen = new Set<string>()
    for (const arm of by.arms) {
      if (seen.has(arm.field) || fieldsOf.get(arm.member)?.get(arm.field) === undefined)
        return `"${arm.field}" does not tell one kind`
      seen.add(arm.field)
    }
    return null
  }
  if (new Set(by.arms.map(arm => arm.value)).size !== by.arms.length) return "two kinds have one value"
  for (const [name, fields] of fieldsOf) {
    const field = fields.get(by.field)
    if (field === undefined || field.optional) return `"${name}" may be without "${by.field}"`
    const named = field.type.kind === "named" ? declarations.get(field.type.name)?.kind === "enum" : false
    if (field.type.kind !== "text" && field.type.kind !== "enum" && !named)
      return `"${by.field}" of "${name}" is no text`
  }
  return null
}
