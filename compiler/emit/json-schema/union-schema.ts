// A union as JSON Schema: `oneOf` its records, each with what tells it from the others, so that a validator and the door agree.
// Flows in: the shape of a union. Flows out: its schema, which refers to the records.
import type { PlanShape, PlanUnion } from "../../plan/index.ts"
import { type Json, type JsonObject, jsonObject } from "./json-object.ts"

export function unionSchema(shape: PlanShape, union: PlanUnion, refOf: (field: string) => Json): JsonObject {
  const kinds = shape.fields.map(field => field.name)
  return jsonObject([
    ["title", shape.name],
    [
      "oneOf",
      kinds.map(kind => ({
        allOf: [
          refOf(kind),
          isKind(union, kind),
          // What says the value of one field cannot say another as well.
          ...(union.by.kind === "value"
            ? []
            : kinds.filter(other => other !== kind).map(other => ({ not: isKind(union, other) }))),
        ],
      })),
    ],
  ])
}

function isKind(union: PlanUnion, kind: string): JsonObject {
  const arms = union.arms.filter(arm => arm.field === kind)
  const { by } = union
  if (by.kind !== "value") {
    const tests = arms.flatMap(arm =>
      by.kind === "shape" ? [allThere(arm.values)] : arm.values.map(name => allThere([name])),
    )
    const [only] = tests
    return tests.length === 1 && only !== undefined ? only : { anyOf: tests }
  }
  const values = arms.flatMap(arm => arm.values)
  const text: JsonObject =
    by.slice === null
      ? { enum: values }
      : {
          type: "string",
          pattern: `^[\\s\\S]{${by.slice.from}}(?:${values.map(escaped).join("|")})`,
        }
  return by.path.reduceRight<JsonObject>(
    (inner, name) =>
      jsonObject([
        ["type", "object"],
        ["properties", jsonObject([[name, inner]])],
        ["required", [name]],
      ]),
    text,
  )
}

function allThere(names: readonly string[]): JsonObject {
  return jsonObject([
    ["required", names],
    ["properties", jsonObject(names.map(name => [name, { not: { type: "null" } }] as const))],
  ])
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")
}
