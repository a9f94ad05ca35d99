export { readXml, type XmlOptions, type XmlProblem, type XmlResult } from "./read-xml.ts"
export { readXmlRecords } from "./read-xml-records.ts"
export { type WrittenXml, writeXmlRecord, xmlFrame } from "./write-xml-record.ts"
export {
  attributeOf,
  childElements,
  textOf,
  type XmlAttribute,
  type XmlElement,
  type XmlNode,
  type XmlText,
} from "./xml-tree.ts"
