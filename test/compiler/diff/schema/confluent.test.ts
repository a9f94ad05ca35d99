// What Confluent's registry makes of a change, rule by rule, told from its published comparison: where it sees less than there is, and where it
// sees another text and not what it means. Each pair is judged in both directions, and beside it what is proved.
import { compareSchemas, type ShapePolicy } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { documentOf } from "./document-of.ts"

function verdict(old: unknown, now: unknown, policy: ShapePolicy): string {
  const { compatible } = compareSchemas(documentOf(old), documentOf(now), {
    subject: "case",
    mode: "full",
    policy,
  })
  if (compatible.backward) return compatible.forward ? "both" : "backward"
  return compatible.forward ? "forward" : "none"
}

const text = { type: "string" }
const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more })
const closed = { additionalProperties: false }
const cased = (then: object) => object({ kind: text, sum: {} }, { if: { required: ["kind"] }, then })

interface Row {
  readonly name: string
  readonly old: unknown
  readonly now: unknown
  readonly registry: string
  readonly proved: string
}

const rows: readonly Row[] = [
  {
    name: "a pattern that lets more through is another pattern",
    old: { ...text, pattern: "^[A-Z]{3}$" },
    now: { ...text, pattern: "^[A-Z]+$" },
    registry: "none",
    proved: "backward",
  },
  {
    name: "a pattern in other words is another pattern",
    old: { ...text, pattern: "^[0-9]$" },
    now: { ...text, pattern: "^\\d$" },
    registry: "none",
    proved: "both",
  },
  {
    name: "a pattern that is gone",
    old: { ...text, pattern: "^[0-9]$" },
    now: text,
    registry: "backward",
    proved: "backward",
  },
  {
    name: "a format is a note",
    old: text,
    now: { ...text, format: "date" },
    registry: "both",
    proved: "forward",
  },
  {
    name: "what a condition says is not looked at",
    old: cased({ required: ["sum"] }),
    now: cased({}),
    registry: "both",
    proved: "backward",
  },
  {
    name: "that there is a condition is",
    old: object({ kind: text, sum: {} }),
    now: cased({ required: ["sum"] }),
    registry: "forward",
    proved: "forward",
  },
  {
    name: "the names of fields are not looked at",
    old: object({}),
    now: object({}, { propertyNames: { maxLength: 3 } }),
    registry: "both",
    proved: "forward",
  },
  {
    name: "what a list contains is not looked at",
    old: { type: "array" },
    now: { type: "array", contains: { type: "integer" } },
    registry: "both",
    proved: "forward",
  },
  {
    name: "a field that is asked for and not described is not looked at",
    old: object({}),
    now: object({}, { required: ["a"] }),
    registry: "both",
    proved: "forward",
  },
  {
    name: "a required field with a default is filled in where the shape is closed",
    old: object({}, closed),
    now: object({ a: { ...text, default: "x" } }, { required: ["a"], ...closed }),
    registry: "backward",
    proved: "none",
  },
  {
    name: "a field that becomes required with a default",
    old: object({ a: text }),
    now: object({ a: { ...text, default: "x" } }, { required: ["a"] }),
    registry: "both",
    proved: "forward",
  },
  {
    name: "a field that comes into an open shape breaks",
    old: object({}),
    now: object({ a: text }),
    registry: "forward",
    proved: "forward",
  },
  {
    name: "a field that may be anything does not",
    old: object({}),
    now: object({ a: {} }),
    registry: "both",
    proved: "both",
  },
  {
    name: "a field that a pattern of the old shape covers",
    old: object({}, { patternProperties: { "^x-": text }, ...closed }),
    now: object({ "x-a": text }, { patternProperties: { "^x-": text }, ...closed }),
    registry: "both",
    proved: "both",
  },
  {
    name: "branches of a choice may overlap",
    old: { oneOf: [text] },
    now: { oneOf: [text, { type: ["string", "integer"] }] },
    registry: "backward",
    proved: "none",
  },
  {
    name: "one more field asks for another",
    old: object({ a: text, b: text }),
    now: object({ a: text, b: text }, { dependencies: { a: ["b"] } }),
    registry: "forward",
    proved: "forward",
  },
]

describe.each(rows)("$name", ({ old, now, registry, proved }) => {
  test("as the registry has it", () => expect(verdict(old, now, "confluent")).toBe(registry))
  test("as it is proved", () => expect(verdict(old, now, "sound")).toBe(proved))
})
