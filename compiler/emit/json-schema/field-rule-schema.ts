// Rules about which fields have values together as JSON Schema. Flows in: a rule and the fields of its record. Flows out: a schema for
// `allOf`, or undefined where JSON Schema cannot say the condition: then it lets more in than fmap does, never less.
import type { PlanExpression, PlanField, PlanFieldRule } from "../../plan/index.ts"
import { type Json, type JsonObject, jsonObject } from "./json-object.ts"

export interface RuleFields {
  readonly field: (name: string) => PlanField | undefined
  /** May it be null on the wire, which is the same as absent? */
  readonly nullable: (field: PlanField) => boolean
}

export function fieldRuleSchema(rule: PlanFieldRule, around: RuleFields): JsonObject | undefined {
  if (rule.kind === "required") {
    const when = conditionSchema(rule.when, around)
    const field = around.field(rule.field)
    // `then` is a keyword here; nothing awaits a schema.
    return when === undefined || field === undefined
      ? undefined
      : jsonObject([
          ["if", when],
          ["then", there(field, around)],
        ])
  }
  const fields = rule.fields.flatMap(name => around.field(name) ?? [])
  const each = fields.map(field => there(field, around))
  switch (rule.kind) {
    case "exactlyOne":
      return { oneOf: each }
    case "atMostOne":
      return { oneOf: [...each, { not: { anyOf: each } }] }
    case "allOrNone":
      return fields.some(around.nullable)
        ? { anyOf: [{ allOf: each }, { not: { anyOf: each } }] }
        : {
            dependentRequired: jsonObject(
              fields.map(field => [
                field.wireName,
                fields.filter(other => other !== field).map(other => other.wireName),
              ]),
            ),
          }
  }
}

function there(field: PlanField, around: RuleFields, value?: JsonObject): JsonObject {
  const known = value ?? (around.nullable(field) ? { not: { type: "null" } } : undefined)
  return jsonObject([
    ["required", [field.wireName]],
    ["properties", known === undefined ? undefined : jsonObject([[field.wireName, known]])],
  ])
}

/** Only what is exactly so on the wire: words, flags and presence. */
function conditionSchema(plan: PlanExpression, around: RuleFields): JsonObject | undefined {
  switch (plan.kind) {
    case "logic": {
      const left = conditionSchema(plan.left, around)
      const right = conditionSchema(plan.right, around)
      if (left === undefined || right === undefined) return undefined
      return plan.operator === "and" ? { allOf: [left, right] } : { anyOf: [left, right] }
    }
    case "not": {
      const of = conditionSchema(plan.of, around)
      return of === undefined ? undefined : { not: of }
    }
    case "present": {
      const field = fieldOf(plan.of, around)
      if (field === undefined) return undefined
      return plan.negated ? { not: there(field, around) } : there(field, around)
    }
    case "compare":
      if (plan.operator !== "==" && plan.operator !== "!=") return undefined
      return among(plan.left, [plan.right], plan.operator === "!=", around)
    case "anyOf":
      return among(plan.of, plan.options, plan.negated, around)
    default: {
      const field = fieldOf(plan, around)
      return field?.type.kind === "bool" && field.type.wire === "json"
        ? there(field, around, { const: true })
        : undefined
    }
  }
}

function among(
  plan: PlanExpression,
  options: readonly PlanExpression[],
  negated: boolean,
  around: RuleFields,
): JsonObject | undefined {
  const field = fieldOf(plan, around)
  if (field === undefined || !isPlain(field.type)) return undefined
  const values: Json[] = []
  for (const option of options) {
    if (option.kind !== "literal") return undefined
    values.push(option.value)
  }
  const found: JsonObject = values.length === 1 ? { const: values[0] ?? null } : { enum: values }
  return there(field, around, negated ? { not: found } : found)
}

/** A member of the record itself. One with a default is there even where it is not. */
function fieldOf(plan: PlanExpression, around: RuleFields): PlanField | undefined {
  if (plan.kind !== "field" || plan.of.kind !== "variable" || plan.of.variable !== 0) return undefined
  const field = around.field(plan.field)
  return field?.default === null ? field : undefined
}

function isPlain(type: PlanField["type"]): boolean {
  switch (type.kind) {
    case "text":
    case "currency":
    case "country":
    case "language":
      return type.wire === "plain"
    case "enum":
      return true
    case "bool":
      return type.wire === "json"
    default:
      return false
  }
}
