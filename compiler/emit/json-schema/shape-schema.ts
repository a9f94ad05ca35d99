// A record or contract as JSON Schema: an object with its fields by wire name. Flows in: a shape of the Plan. Flows out: the
// object schema without `$schema`, `$id` and `$defs`, so that it can stand alone or in `$defs`.
import type { PlanField, PlanShape, UnitSource } from "../../plan/index.ts"
import { fieldRuleSchema } from "./field-rule-schema.ts"
import { flag, type Json, type JsonObject, jsonObject, orNull, said, withKeywords } from "./json-object.ts"
import { typeSchema } from "./type-schema.ts"
import { unionSchema } from "./union-schema.ts"

export interface ShapeContext {
  readonly shapeOf: (id: string) => PlanShape
  /** The contract that holds the record, or the record's own: `writes` are what fmap sends, and it sends nothing else. */
  readonly direction: "reads" | "writes" | "both"
  /** Where the schema of a record stands; without it, in `$defs` of the same document. */
  readonly reference?: (id: string) => string
}

export function shapeSchema(shape: PlanShape, context: ShapeContext): JsonObject {
  const { contract, union } = shape
  if (union !== null)
    return unionSchema(shape, union, name => {
      const field = shape.fields.find(candidate => candidate.name === name)
      return field === undefined ? true : fieldType(field, shape, context)
    })
  const required = shape.fields.filter(field => isRequired(field, context)).map(field => field.wireName)
  const codes = shape.rules.flatMap(rule => (rule.kind === "check" ? [rule.exit.code] : []))
  const fieldRules = shape.rules.flatMap(rule => {
    if (rule.kind !== "check" || rule.says === null) return []
    const said = fieldRuleSchema(rule.says, {
      field: name => shape.fields.find(field => field.name === name),
      nullable: field => isNullable(field, context),
    })
    return said === undefined ? [] : [said]
  })
  const derived = shape.rules.flatMap(rule => (rule.kind === "derive" ? [rule.name] : []))
  return jsonObject([
    ["title", shape.name],
    ["description", shape.docs === "" ? undefined : shape.docs],
    ["type", "object"],
    [
      "properties",
      jsonObject(shape.fields.map(field => [field.wireName, fieldSchema(field, shape, context)])),
    ],
    ["required", required.length === 0 ? undefined : required],
    ["additionalProperties", contract?.closed === true || context.direction === "writes" ? false : undefined],
    ["allOf", fieldRules.length === 0 ? undefined : fieldRules],
    ["x-fmap-system", said(contract?.system ?? null)],
    ["x-fmap-version", contract?.version],
    ["x-fmap-direction", contract?.direction],
    [
      "x-fmap-events",
      contract?.events == null ? undefined : { [contract.events.lists]: contract.events.path.join(".") },
    ],
    ["x-fmap-answers", answersSchema(shape, context)],
    ["x-fmap-owner", said(contract?.owner ?? null)],
    ["x-fmap-lifecycle", said(contract?.lifecycle ?? null)],
    ["x-fmap-compatible", said(contract?.compatible ?? null)],
    ["x-fmap-parameters", shape.parameters.length === 0 ? undefined : shape.parameters],
    ["x-fmap-derived", derived.length === 0 ? undefined : derived],
    ["x-fmap-checks", codes.length === 0 ? undefined : codes],
  ])
}

/** The answer is another document: it stands beside the record's own schema. */
function answersSchema(shape: PlanShape, context: ShapeContext): JsonObject | undefined {
  const answers = shape.contract?.answers
  if (answers == null) return undefined
  const around = {
    nullEntries: true,
    unit: (source: UnitSource): Json => unitPlace(source, shape, context),
    parameters: () => [],
  }
  const required = answers.filter(field => !field.optional).map(field => field.name)
  return jsonObject([
    ["type", "object"],
    [
      "properties",
      jsonObject(
        answers.map(({ name, type, optional }) => {
          const schema = typeSchema(type, around)
          return [name, optional ? orNull(schema) : schema]
        }),
      ),
    ],
    ["required", required.length === 0 ? undefined : required],
  ])
}

/** What the target computes itself is not sent to it; what may only be written never comes back; a default fills a gap. */
function isRequired(field: PlanField, { direction }: ShapeContext): boolean {
  if (field.optional || field.default !== null) return false
  return !(field.computed && direction === "writes") && !(field.writeOnly && direction === "reads")
}

function fieldType(field: PlanField, shape: PlanShape, context: ShapeContext): JsonObject {
  const parameters = (id: string): readonly string[] => context.shapeOf(id).parameters
  const unit = (source: UnitSource): Json => unitPlace(source, shape, context)
  const { direction, reference } = context
  return typeSchema(field.type, { nullEntries: direction !== "writes", unit, parameters, reference })
}

function fieldSchema(field: PlanField, shape: PlanShape, context: ShapeContext): JsonObject {
  const value = fieldType(field, shape, context)
  return withKeywords(isNullable(field, context) ? orNull(value) : value, [
    ["description", field.docs === "" ? undefined : field.docs],
    ["default", defaultOf(field)],
    ["readOnly", flag(field.computed)],
    ["writeOnly", flag(field.writeOnly)],
    ["deprecated", flag(field.deprecated !== null)],
    ["x-fmap-deprecated", field.deprecated === null ? undefined : deprecation(field.deprecated)],
    ["x-fmap-field", field.name === field.wireName ? undefined : field.name],
    ["x-fmap-key", flag(field.key)],
    ["x-fmap-pii", flag(field.pii)],
    ["x-fmap-confidential", flag(field.confidential)],
    ["x-fmap-clearable", flag(field.clearable)],
    ["x-fmap-create-only", flag(field.createOnly)],
    ["x-fmap-since", said(field.since)],
  ])
}

/** Reading takes null for absent. Writing gives null only to clear. */
function isNullable(field: PlanField, { direction }: ShapeContext): boolean {
  return direction === "writes" ? field.clearable : field.optional || field.default !== null
}

function deprecation({
  use,
  sunset,
}: {
  readonly use: string | null
  readonly sunset: string | null
}): JsonObject {
  return jsonObject([
    ["use", said(use)],
    ["sunset", said(sunset)],
  ])
}

/** Only texts and booleans look on the wire as they do inside. */
function defaultOf({ type, default: value }: PlanField): Json | undefined {
  if (value === null) return undefined
  const same =
    type.kind === "enum" ||
    (type.kind === "text" && type.wire === "plain") ||
    (type.kind === "currency" && type.wire === "plain")
  return same || (type.kind === "bool" && type.wire === "json") ? value : undefined
}

/** A code, a relative JSON pointer from the amount (`1/CurrencyIsoCode`), or the parameter or derived value that holds it. */
function unitPlace(source: UnitSource, shape: PlanShape, context: ShapeContext): Json {
  switch (source.kind) {
    case "constant":
      return source.code
    case "parameter":
      return { parameter: source.name }
    case "field": {
      const names: string[] = []
      let at: PlanShape | undefined = shape
      for (const name of source.path) {
        const field: PlanField | undefined = at?.fields.find(candidate => candidate.name === name)
        if (field === undefined) return { derived: source.path.join(".") }
        names.push(field.wireName.replaceAll("~", "~0").replaceAll("/", "~1"))
        at = field.type.kind === "record" ? context.shapeOf(field.type.shape) : undefined
      }
      return `1/${names.join("/")}`
    }
  }
}
