// One property of an EDMX document. Flows in: its element and the annotations of the document. Flows out: what it says, in words
// that V2 and V4 share. It must not know which types fmap has.
import { attributeOf, type XmlElement } from "@fmap/runtime/formats/xml"
import { type Annotations, enumMemberOf, flagOf, pathOf, textOfAnnotation } from "./annotations.ts"
import type { EdmFacets, EdmProperty, EdmUnit, EdmWriting } from "./edm-model.ts"

export const sap = "http://www.sap.com/Protocols/SAPData"

const measures = "Org.OData.Measures.V1"
const core = "Org.OData.Core.V1"
const common = "com.sap.vocabularies.Common.v1"

export function readProperty(
  element: XmlElement,
  annotations: Annotations,
  target: string,
  docsOf: (element: XmlElement, target: string, annotations: Annotations) => readonly string[],
): EdmProperty {
  const term = (name: string) => annotations.find(target, name, element)
  const written = attributeOf(element, "Type") ?? "Edm.String"
  const many = /^Collection\((.*)\)$/u.exec(written)?.[1]
  const semantics = attributeOf(element, "semantics", sap)
  const display = attributeOf(element, "display-format", sap)
  return {
    name: attributeOf(element, "Name") ?? "",
    type: annotations.qualified(many ?? written),
    isCollection: many !== undefined || attributeOf(element, "CollectionKind") !== null,
    nullable: attributeOf(element, "Nullable") !== "false",
    ...readFacets(element),
    docs: docsOf(element, target, annotations),
    unit: unitOf(element, term),
    role:
      semantics === "currency-code" || flagOf(term(`${common}.IsCurrency`)) === true
        ? "currency"
        : semantics === "unit-of-measure" || flagOf(term(`${common}.IsUnit`)) === true
          ? "unit"
          : null,
    format:
      display === "Date"
        ? "date"
        : display === "NonNegative" || flagOf(term(`${common}.IsDigitSequence`)) === true
          ? "digits"
          : display === "UpperCase" || flagOf(term(`${common}.IsUpperCase`)) === true
            ? "upper"
            : null,
    writing: writingOf(element, term),
    isPersonal:
      flagOf(term("com.sap.vocabularies.PersonalData.v1.IsPotentiallyPersonal")) === true ||
      flagOf(term("com.sap.vocabularies.PersonalData.v1.IsPotentiallySensitive")) === true,
  }
}

export function readFacets(element: XmlElement): EdmFacets {
  return {
    maxLength: attributeOf(element, "MaxLength"),
    precision: attributeOf(element, "Precision"),
    scale: attributeOf(element, "Scale"),
  }
}

function unitOf(element: XmlElement, term: (name: string) => XmlElement | null): EdmUnit | null {
  const path = attributeOf(element, "unit", sap)
  if (path !== null && path !== "") return { kind: "told by the unit", path, constant: null }
  const currency = term(`${measures}.ISOCurrency`)
  const unit = currency ?? term(`${measures}.Unit`)
  if (unit === null) return null
  return {
    kind: currency === null ? "quantity" : "money",
    path: pathOf(unit),
    constant: textOfAnnotation(unit),
  }
}

function writingOf(element: XmlElement, term: (name: string) => XmlElement | null): EdmWriting {
  const permissions = enumMemberOf(term(`${core}.Permissions`)) ?? enumMemberOf(term(`${core}.Permission`))
  const isReadOnly =
    flagOf(term(`${core}.Computed`)) === true ||
    (permissions !== null && !/(?:Write|Update|Insert)/u.test(permissions))
  if (isReadOnly) return { creatable: false, updatable: false }
  return {
    creatable: attributeOf(element, "creatable", sap) !== "false",
    updatable:
      attributeOf(element, "updatable", sap) !== "false" && flagOf(term(`${core}.Immutable`)) !== true,
  }
}
