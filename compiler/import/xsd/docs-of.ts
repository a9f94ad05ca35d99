// The documentation of a declaration. Flows in: its element. Flows out: texts. UBL writes a table of core components into the
// documentation; its definition is what a reader wants.
import { childElements, textOf, type XmlElement } from "@fmap/runtime/formats/xml"

export function docsOf(element: XmlElement): readonly string[] {
  const texts = childElements(element)
    .filter(child => child.local === "annotation")
    .flatMap(childElements)
    .filter(child => child.local === "documentation")
    .flatMap(documentation => {
      const components = childElements(documentation).flatMap(child => [child, ...childElements(child)])
      const definition = components.find(child => child.local === "Definition")
      return [textOf(definition ?? documentation)]
    })
  return texts.map(text => text.replace(/\s+/gu, " ").trim()).filter(text => text !== "")
}
