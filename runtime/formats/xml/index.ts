export { readXml, type XmlOptions, type XmlProblem, type XmlResult } from "./read-xml.ts"
export {
  attributeOf,
  childElements,
  textOf,
  type XmlAttribute,
  type XmlElement,
  type XmlNode,
  type XmlText,
} from "./xml-tree.ts"
