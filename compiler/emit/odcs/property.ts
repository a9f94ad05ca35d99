// A field as a property of a data contract. Flows in: a field, and how its records are found. Flows out: the property with all that stands
// below it. Records nest and never recur, so it ends.
import type { PlanField, PlanShape, ShapeId, WireType } from "../../plan/index.ts"
import { type Json, type JsonObject, jsonObject, said, withKeywords } from "../json-schema/json-object.ts"
import { custom } from "./custom-properties.ts"
import { logicalOf } from "./logical-type.ts"
import { qualityOf } from "./quality.ts"

export interface PropertyContext {
  readonly shapeOf: (id: ShapeId) => PlanShape
}

export function propertiesOf(shape: PlanShape, context: PropertyContext): readonly JsonObject[] {
  const keys = shape.fields.filter(field => field.key)
  return shape.fields.map(field => {
    const position = keys.indexOf(field)
    const classification = field.pii ? "pii" : field.confidential ? "confidential" : undefined
    // The standard has one classification; the second label is a tag.
    const tags = [
      ...(field.deprecated === null ? [] : ["deprecated"]),
      ...(field.pii && field.confidential ? ["confidential"] : []),
    ]
    const base: readonly (readonly [string, Json | undefined])[] = [
      ["name", field.name],
      ["physicalName", field.name === field.wireName ? undefined : field.wireName],
      ["description", field.docs === "" ? undefined : field.docs],
      ["required", !field.optional],
      ["primaryKey", position === -1 ? undefined : true],
      ["primaryKeyPosition", position === -1 ? undefined : position + 1],
      ["classification", classification],
      ["tags", tags.length === 0 ? undefined : tags],
    ]
    return withKeywords(jsonObject(base), Object.entries(typeOf(field.type, field, context)))
  })
}

/** Everything a type says. `field` is null for the rows of a list. */
function typeOf(type: WireType, field: PlanField | null, context: PropertyContext): JsonObject {
  const { logicalType, options, physicalType, quality, marks } = logicalOf(type)
  const inner = type.kind === "record" ? context.shapeOf(type.shape) : null
  const rules = [...quality, ...(inner === null ? [] : qualityOf(inner))]
  return jsonObject([
    ["logicalType", logicalType],
    ["logicalTypeOptions", options],
    ["physicalType", physicalType],
    ["properties", inner === null ? undefined : propertiesOf(inner, context)],
    ["items", type.kind === "list" ? typeOf(type.of, null, context) : undefined],
    ["quality", rules.length === 0 ? undefined : rules],
    [
      "customProperties",
      custom([
        ...marks,
        ["record", inner === null ? undefined : inner.name],
        ["computed", field?.computed === true ? true : undefined],
        ["clearable", field?.clearable === true ? true : undefined],
        ["default", field?.default ?? undefined],
        ["since", said(field?.since ?? null)],
        ["sunset", said(field?.deprecated?.sunset ?? null)],
        ["replacedBy", said(field?.deprecated?.use ?? null)],
      ]),
    ],
  ])
}
