// What a system answers when a record is written to it. Flows in: the clause of a contract. Flows out: the fields of the answer with their
// types; records, which an answer's few figures and ids are not, are reported.
import { type ContractDeclaration, diagnostic, type TypeNode } from "@fmap/grammar"
import { type Findings, placeIn } from "../project/findings.ts"
import { aType } from "../types/describe.ts"
import type { Type } from "../types/type.ts"
import type { BoundShape } from "./model.ts"

export function bindAnswers(
  node: ContractDeclaration,
  typeOf: (type: TypeNode) => Type,
  { file, found }: { readonly file: string; readonly found: Findings },
): BoundShape["answers"] {
  const clause = node.answers
  if (clause === null) return null
  const at = placeIn(file)
  if (node.direction?.word === "reads")
    found.report(diagnostic("FM6112", { word: "answers", contract: node.name.text }, at(clause)))
  const names = new Map<string, (typeof clause.fields)[number]>()
  return clause.fields.flatMap(field => {
    const first = names.get(field.name.text)
    if (first !== undefined) {
      found.report(
        diagnostic("FM2016", { name: field.name.text, role: "fields of the answer" }, at(field.name), {
          related: [{ place: at(first.name), text: "first here" }],
        }),
      )
      return []
    }
    names.set(field.name.text, field)
    const type = typeOf(field.type)
    if (type.kind === "record" || type.kind === "list" || type.kind === "dictionary") {
      found.report(diagnostic("FM6017", { type: aType(type), where: "in an answer" }, at(field.type)))
      return []
    }
    return [{ name: field.name.text, optional: field.optional, type }]
  })
}
