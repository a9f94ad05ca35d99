// The attributes of a complex type. Flows in: the element that holds them. Flows out: a field each, `@name`. Groups are opened.
import { attributeOf, childElements, type XmlElement } from "@fmap/runtime/formats/xml"
import type { ImportedField } from "../model.ts"
import { builtinType } from "./builtin-type.ts"
import { docsOf } from "./docs-of.ts"
import { qualifiedName, type Schema, type SchemaSet } from "./read-schemas.ts"
import { simpleType, simpleTypeNamed } from "./simple-type.ts"

const mostSteps = 50

export function attributeFields(
  holder: XmlElement,
  schema: Schema,
  schemas: SchemaSet,
  steps = 0,
): readonly ImportedField[] {
  return childElements(holder).flatMap((child): readonly ImportedField[] => {
    const here = { element: child, schema }
    const ref = attributeOf(child, "ref")
    const target = ref === null ? null : qualifiedName(ref, here)
    if (child.local === "attributeGroup") {
      const group = target === null ? undefined : schemas.declared.attributeGroup.get(target)
      return group === undefined || steps > mostSteps
        ? []
        : attributeFields(group.element, group.schema, schemas, steps + 1)
    }
    if (child.local !== "attribute" || attributeOf(child, "use") === "prohibited") return []
    const declared = target === null ? here : schemas.declared.attribute.get(target)
    const local = attributeOf(child, "name") ?? (target === null ? "" : target.slice(target.indexOf("}") + 1))
    if (!/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(local)) return []
    const uri = target === null ? "" : target.slice(1, target.indexOf("}"))
    const prefix = uri === "" ? "" : (schemas.prefixes.get(uri) ?? "")
    const inner =
      declared === undefined
        ? undefined
        : childElements(declared.element).find(each => each.local === "simpleType")
    const written = declared === undefined ? null : attributeOf(declared.element, "type")
    const typed =
      (inner !== undefined && declared !== undefined
        ? simpleType({ element: inner, schema: declared.schema }, schemas)
        : written === null || declared === undefined
          ? null
          : simpleTypeNamed(qualifiedName(written, declared), schemas)) ?? builtinType("string")
    const fixed = attributeOf(child, "fixed")
    return [
      {
        wireName: `@${prefix === "" ? "" : `${prefix}:`}${local}`,
        docs: [...docsOf(child), ...(fixed === null ? [] : [`Always ${fixed}.`])],
        type: typed.type,
        optional: attributeOf(child, "use") !== "required",
        key: false,
        marks: [],
        wire: typed.wire,
      },
    ]
  })
}
