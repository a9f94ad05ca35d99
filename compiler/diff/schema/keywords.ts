// One schema object as what it asserts. Flows in: a checked schema object and how its subschemas become nodes. Flows out: every keyword
// in one form for all drafts, with numbers exact. Annotations are no assertions and stay behind.
import { compare, type Rational } from "@fmap/runtime"
import {
  bitsOfTypeName,
  canonicalText,
  everyType,
  isNumber,
  isRecord,
  type JsonRecord,
  rationalOf,
} from "./json-values.ts"
import type { Schema, SchemaDocument } from "./schema-document.ts"

/** A schema in its document. Equal schemas without references are one node. */
export interface SchemaNode {
  readonly id: number
  readonly schema: Schema
  readonly document: SchemaDocument
}

export interface Bound {
  readonly value: Rational
  readonly exclusive: boolean
}

export interface Keywords {
  readonly types: number
  readonly saysTypes: boolean
  readonly values: readonly unknown[] | null
  /** Canonical texts of `values`. */
  readonly valueKeys: ReadonlySet<string> | null
  readonly low: Bound | null
  readonly high: Bound | null
  readonly multipleOf: Rational | null
  readonly minLength: number
  readonly maxLength: number | null
  readonly patterns: readonly string[]
  /** `format:date`, `encoding:base64`, `media:image/png`: texts of a kind that only the name tells. */
  readonly formats: readonly string[]
  readonly required: readonly string[]
  readonly minProperties: number
  readonly maxProperties: number | null
  readonly properties: ReadonlyMap<string, SchemaNode>
  readonly patternProperties: ReadonlyMap<string, SchemaNode>
  readonly additional: SchemaNode | null
  readonly propertyNames: SchemaNode | null
  readonly dependentRequired: ReadonlyMap<string, readonly string[]>
  readonly dependentSchemas: ReadonlyMap<string, SchemaNode>
  readonly minItems: number
  readonly maxItems: number | null
  readonly unique: boolean
  readonly prefix: readonly SchemaNode[]
  readonly rest: SchemaNode | null
  readonly contains: { readonly node: SchemaNode; readonly min: number; readonly max: number | null } | null
  readonly allOf: readonly SchemaNode[]
  readonly anyOf: readonly SchemaNode[] | null
  readonly oneOf: readonly SchemaNode[] | null
  readonly not: SchemaNode | null
  readonly condition: {
    readonly test: SchemaNode
    readonly then: SchemaNode | null
    readonly else: SchemaNode | null
  } | null
  readonly ref: SchemaNode | null
  /** Of an older draft: with a reference, the other keywords may or may not be looked at. */
  readonly refAlone: boolean
  readonly unevaluatedProperties: SchemaNode | null
  readonly unevaluatedItems: SchemaNode | null
}

export function keywordsOf(node: SchemaNode, nodeOf: (schema: Schema) => SchemaNode): Keywords {
  const raw = isRecord(node.schema) ? node.schema : {}
  const { legacy } = node.document
  const child = (value: unknown): SchemaNode | null =>
    typeof value === "boolean" || isRecord(value) ? nodeOf(value) : null
  const children = (value: unknown): readonly SchemaNode[] =>
    Array.isArray(value) ? value.flatMap((item: unknown) => child(item) ?? []) : []
  const named = (value: unknown): ReadonlyMap<string, SchemaNode> =>
    new Map(
      Object.entries(isRecord(value) ? value : {}).flatMap(([name, member]) => {
        const found = child(member)
        return found === null ? [] : [[name, found] as const]
      }),
    )
  const values = valuesOf(raw)
  const isTuple = Array.isArray(raw.items)
  const contains = child(raw.contains)
  const test = child(raw.if)
  const dependencies = isRecord(raw.dependencies) ? raw.dependencies : {}
  const reference = [raw.$ref, raw.$dynamicRef, raw.$recursiveRef].find(one => typeof one === "string")
  const target = typeof reference === "string" ? node.document.resolve(reference, raw) : null
  return {
    types: typesOf(raw.type),
    saysTypes: raw.type !== undefined,
    values,
    valueKeys: values === null ? null : new Set(values.map(canonicalText)),
    low: bound(raw.minimum, raw.exclusiveMinimum, 1),
    high: bound(raw.maximum, raw.exclusiveMaximum, -1),
    multipleOf: isNumber(raw.multipleOf) ? rationalOf(raw.multipleOf) : null,
    minLength: countOf(raw.minLength) ?? 0,
    maxLength: countOf(raw.maxLength),
    patterns: typeof raw.pattern === "string" ? [raw.pattern] : [],
    formats: [
      ...(typeof raw.format === "string" ? [`format:${raw.format}`] : []),
      ...(typeof raw.contentEncoding === "string" ? [`encoding:${raw.contentEncoding}`] : []),
      ...(typeof raw.contentMediaType === "string" ? [`media:${raw.contentMediaType}`] : []),
    ],
    required: textsOf(raw.required),
    minProperties: countOf(raw.minProperties) ?? 0,
    maxProperties: countOf(raw.maxProperties),
    properties: named(raw.properties),
    patternProperties: named(raw.patternProperties),
    additional: child(raw.additionalProperties),
    propertyNames: child(raw.propertyNames),
    dependentRequired: new Map(
      [
        ...Object.entries(isRecord(raw.dependentRequired) ? raw.dependentRequired : {}),
        ...Object.entries(dependencies),
      ]
        .filter(([, member]) => Array.isArray(member))
        .map(([name, member]) => [name, textsOf(member)]),
    ),
    dependentSchemas: new Map([...named(dependencies), ...named(raw.dependentSchemas)]),
    minItems: countOf(raw.minItems) ?? 0,
    maxItems: countOf(raw.maxItems),
    unique: raw.uniqueItems === true,
    prefix: isTuple ? children(raw.items) : legacy ? [] : children(raw.prefixItems),
    rest: isTuple ? child(raw.additionalItems) : child(raw.items),
    contains:
      contains === null
        ? null
        : {
            node: contains,
            min: legacy ? 1 : (countOf(raw.minContains) ?? 1),
            max: legacy ? null : countOf(raw.maxContains),
          },
    allOf: children(raw.allOf),
    anyOf: Array.isArray(raw.anyOf) ? children(raw.anyOf) : null,
    oneOf: Array.isArray(raw.oneOf) ? children(raw.oneOf) : null,
    not: child(raw.not),
    condition: test === null ? null : { test, then: child(raw.then), else: child(raw.else) },
    ref: target === null ? null : nodeOf(target),
    refAlone: legacy && target !== null,
    unevaluatedProperties: legacy ? null : child(raw.unevaluatedProperties),
    unevaluatedItems: legacy ? null : child(raw.unevaluatedItems),
  }
}

function valuesOf(raw: JsonRecord): readonly unknown[] | null {
  const list = Array.isArray(raw.enum) ? (raw.enum as readonly unknown[]) : null
  if (!Object.hasOwn(raw, "const")) return list
  const key = canonicalText(raw.const)
  return list === null || list.some(value => canonicalText(value) === key) ? [raw.const] : []
}

function typesOf(type: unknown): number {
  if (type === undefined) return everyType
  const names: readonly unknown[] = Array.isArray(type) ? type : [type]
  return names.reduce<number>((bits, name) => bits | (bitsOfTypeName(name) ?? 0), 0)
}

/** `sign` 1: the larger bound is the tighter one. `exclusive` is a flag in draft-04. */
function bound(plain: unknown, exclusive: unknown, sign: 1 | -1): Bound | null {
  const at = isNumber(plain) ? rationalOf(plain) : null
  const beyond = isNumber(exclusive) ? rationalOf(exclusive) : null
  const inclusive = at === null ? null : { value: at, exclusive: exclusive === true }
  const strict = beyond === null ? null : { value: beyond, exclusive: true }
  return tighter(inclusive, strict, sign)
}

export function tighter(a: Bound | null, b: Bound | null, sign: 1 | -1): Bound | null {
  if (a === null || b === null) return a ?? b
  const order = compare(a.value, b.value) * sign
  if (order === 0) return a.exclusive ? a : b
  return order > 0 ? a : b
}

function countOf(value: unknown): number | null {
  return typeof value === "number" ? value : null
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === "string") : []
}
