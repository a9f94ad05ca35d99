// Each rule about shapes on the smallest pair of schemas it is about, and the same pair the other way round: what breaks writers one way
// breaks readers the other.
import { compareSchemas, ruleFamilies } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { ruleRows } from "../contracts/rule-rows.ts"
import { documentOf } from "./document-of.ts"

function told(old: unknown, now: unknown): readonly string[] {
  const question = { subject: "case", mode: "full", policy: "sound" } as const
  const { findings } = compareSchemas(documentOf(old), documentOf(now), question)
  return findings
    .map(({ rule, path, direction }) => `${rule} ${path} ${direction}`.replace("  ", " "))
    .toSorted()
}

const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more })
const closed = { additionalProperties: false }
const text = { type: "string" }
const kinds = (...names: readonly string[]) => ({
  oneOf: names.map(name => object({ kind: { const: name } }, { required: ["kind"] })),
})

interface Row {
  readonly name: string
  readonly old: unknown
  readonly now: unknown
  readonly there: readonly string[]
  readonly back: readonly string[]
}

const rows: readonly Row[] = [
  {
    name: "an optional field of a closed shape",
    old: object({}, closed),
    now: object({ a: text }, closed),
    there: ["S001 /a readers"],
    back: ["S005 /a writers"],
  },
  {
    name: "an optional field of an open shape",
    old: object({}),
    now: object({ a: text }),
    there: ["S002 /a writers"],
    back: ["S005 /a readers"],
  },
  {
    name: "a required field",
    old: object({}),
    now: object({ a: text }, { required: ["a"] }),
    there: ["S003 /a writers"],
    back: ["S005 /a readers"],
  },
  {
    name: "a required field with a default",
    old: object({}),
    now: object({ a: { ...text, default: "x" } }, { required: ["a"] }),
    there: ["S004 /a writers"],
    back: ["S005 /a readers"],
  },
  {
    name: "another name",
    old: object({ a: { ...text, maxLength: 3 } }, { required: ["a"] }),
    now: object({ b: { ...text, maxLength: 3 } }, { required: ["b"] }),
    there: ["S006 /b both"],
    back: ["S006 /a both"],
  },
  {
    name: "required or not",
    old: object({ a: text }),
    now: object({ a: text }, { required: ["a"] }),
    there: ["S008 /a writers"],
    back: ["S007 /a readers"],
  },
  {
    name: "null, said as a list of types",
    old: object({ a: { type: ["string", "null"] } }),
    now: object({ a: text }),
    there: ["S009 /a writers"],
    back: ["S009 /a readers"],
  },
  {
    name: "null, said as a choice",
    old: object({ a: { anyOf: [text, { type: "null" }] } }),
    now: object({ a: text }),
    there: ["S009 /a writers"],
    back: ["S009 /a readers"],
  },
  {
    name: "a value of a list",
    old: { enum: ["a"] },
    now: { enum: ["a", "b"] },
    there: ["S010 readers"],
    back: ["S011 writers"],
  },
  {
    name: "a list of values, or any",
    old: text,
    now: { ...text, enum: ["a"] },
    there: ["S012 writers"],
    back: ["S012 readers"],
  },
  {
    name: "a limit",
    old: { type: "number", minimum: 0.1 },
    now: { type: "number", minimum: 0.2 },
    there: ["S013 writers"],
    back: ["S013 readers"],
  },
  {
    name: "a limit that is or is not reached",
    old: { type: "number", maximum: 10 },
    now: { type: "number", exclusiveMaximum: 10 },
    there: ["S013 writers"],
    back: ["S013 readers"],
  },
  {
    name: "decimal places",
    old: { type: "number", multipleOf: 0.001 },
    now: { type: "number", multipleOf: 0.01 },
    there: ["S014 writers"],
    back: ["S014 readers"],
  },
  {
    name: "a pattern",
    old: { ...text, pattern: "^[A-Z]{2,3}$" },
    now: { ...text, pattern: "^[A-Z]{3}$" },
    there: ["S017 writers"],
    back: ["S017 readers"],
  },
  {
    name: "a pattern in other words",
    old: { ...text, pattern: "^\\d\\d$" },
    now: { ...text, pattern: "^[0-9]{2}$" },
    there: ["S017 none"],
    back: ["S017 none"],
  },
  {
    name: "a format",
    old: text,
    now: { ...text, format: "date" },
    there: ["S018 writers"],
    back: ["S018 readers"],
  },
  {
    name: "a wider type",
    old: { type: "integer" },
    now: { type: "number" },
    there: ["S019 readers"],
    back: ["S019 writers"],
  },
  {
    name: "a branch told apart by a value",
    old: kinds("a", "b"),
    now: kinds("a", "b", "c"),
    there: ["S020 readers"],
    back: ["S020 writers"],
  },
  {
    name: "fields nobody names",
    old: object({ a: text }),
    now: object({ a: text }, closed),
    there: ["S021 writers"],
    back: ["S021 readers"],
  },
  {
    name: "how many items",
    old: { type: "array", items: text },
    now: { type: "array", items: text, minItems: 1 },
    there: ["S022 writers"],
    back: ["S022 readers"],
  },
  {
    name: "items that repeat",
    old: { type: "array" },
    now: { type: "array", uniqueItems: true },
    there: ["S022 writers"],
    back: ["S022 readers"],
  },
  {
    name: "a field that asks for another",
    old: object({ a: text, b: text }),
    now: object({ a: text, b: text }, { dependentRequired: { a: ["b"] } }),
    there: ["S023 writers"],
    back: ["S023 readers"],
  },
  {
    name: "what a condition asks for",
    old: object({ a: text }, { if: { required: ["a"] }, then: {} }),
    now: object({ a: text }, { if: { required: ["a"] }, then: { required: ["b"] } }),
    there: ["S023 writers"],
    back: ["S023 readers"],
  },
  {
    name: "a condition turned round says the same",
    old: { if: { required: ["k"] }, then: { required: ["a"] }, else: { required: ["b"] } },
    now: { if: { not: { required: ["k"] } }, then: { required: ["b"] }, else: { required: ["a"] } },
    there: [],
    back: [],
  },
  {
    name: "a default",
    old: { ...text, default: "a" },
    now: { ...text, default: "b" },
    there: ["S024 none"],
    back: ["S024 none"],
  },
  {
    name: "a field that goes, nobody says when",
    old: object({ a: text }),
    now: object({ a: { ...text, deprecated: true } }),
    there: ["S026 /a none"],
    back: [],
  },
  {
    name: "a field that goes on a day that is said",
    old: object({ a: text }),
    now: object({ a: { ...text, deprecated: true, "x-fmap-deprecated": { sunset: "2030-12-31" } } }),
    there: [],
    back: [],
  },
  {
    name: "order, words and where definitions stand",
    old: object({ a: { $ref: "#/$defs/t" }, b: text }, { $defs: { t: { ...text, title: "T" } } }),
    now: object(
      { b: { $ref: "#/$defs/u" }, a: { ...text, description: "is a text" } },
      { $defs: { u: text } },
    ),
    there: [],
    back: [],
  },
  {
    name: "a change that another keyword makes good",
    old: { ...text, maxLength: 5 },
    now: { ...text, maxLength: 5, anyOf: [{ maxLength: 7 }, { pattern: "^x" }] },
    there: [],
    back: [],
  },
]

describe.each(rows)("$name", ({ old, now, there, back }) => {
  test("there", () => expect(told(old, now)).toEqual(there))
  test("and back", () => expect(told(now, old)).toEqual(back))
})

test("every rule about shapes has a row, here or among those of contracts", () => {
  const shapes = ruleFamilies.flatMap(({ rules }) => Object.keys(rules)).filter(id => id.startsWith("S"))
  const here = rows.flatMap(({ there, back }) => [...there, ...back]).map(one => one.split(" ", 1)[0] ?? "")
  const shown = new Set([...here, ...ruleRows.map(({ rule }) => rule)])
  expect(shapes.filter(id => !shown.has(id))).toEqual([])
})
