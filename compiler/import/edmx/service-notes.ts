// What a document says of many properties in the same words, said once. Flows in: the model. Flows out: notes on the service.
import type { ImportNote } from "../model.ts"
import type { EdmModel, EdmProperty, EdmStructure } from "./edm-model.ts"

export function serviceNotes(
  model: EdmModel,
  structures: ReadonlyMap<string, EdmStructure>,
): readonly ImportNote[] {
  const properties = [...structures.values()].flatMap(structure => structure.properties)
  const count = (holds: (property: EdmProperty) => boolean) => properties.filter(holds).length
  const at = model.namespaces[0] ?? ""
  const note = (kind: ImportNote["kind"], number: number, message: string): readonly ImportNote[] =>
    number === 0 ? [] : [{ kind, sure: null, at, message: message.replace("#", String(number)) }]
  return [
    ...note(
      "dropped",
      count(({ format }) => format === "upper"),
      "# texts are shown in capitals; the contract takes a text as it comes.",
    ),
    ...note(
      "widened",
      model.isSap ? count(({ type, maxLength }) => type === "Edm.String" && maxLength === "10") : 0,
      "# texts have ten characters, as numbers of customers and documents have that SAP pads with zeros. The document does not say which are padded: write alpha(10) where they are.",
    ),
    ...note(
      "dropped",
      model.others.length,
      `# functions and actions are no shapes: ${shortList(model.others)}.`,
    ),
  ]
}

function shortList(names: readonly string[]): string {
  return names.length <= 5 ? names.join(", ") : `${names.slice(0, 5).join(", ")}, …`
}
