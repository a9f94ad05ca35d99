// Schemas made to take for ever, or to be called compatible by mistake: each comparison ends, and what is not proved is breaking.
import { compareSchemas, readSchema } from "@fmap/compiler"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { ajvValidator } from "../../../../cli/diff/ajv-validator.ts"
import { documentOf } from "./document-of.ts"
import { schemaPairs } from "./random-schemas.ts"

const compare = (old: unknown, now: unknown) =>
  compareSchemas(documentOf(old), documentOf(now), {
    subject: "hostile",
    mode: "full",
    policy: "sound",
    validatorOf: ajvValidator,
  })
const verdict = (old: unknown, now: unknown) => compare(old, now).compatible

/** Every branch is nearly like each other one, on every level. */
function choices(depth: number, width: number, leaf: unknown): unknown {
  if (depth === 0) return leaf
  return {
    oneOf: Array.from({ length: width }, (_, i) => ({
      type: "object",
      properties: { [`p${i}`]: choices(depth - 1, width, leaf), q: choices(depth - 1, width, leaf) },
    })),
  }
}

const node = (leaf: unknown, next = "#/$defs/node") => ({
  $ref: "#/$defs/node",
  $defs: { node: { type: "object", properties: { value: leaf, next: { $ref: next } } } },
})

describe("it ends", () => {
  test("choices within choices, four deep", () => {
    expect(
      verdict(choices(4, 4, { type: "string" }), choices(4, 4, { type: "string", maxLength: 3 })),
    ).toEqual({
      backward: false,
      forward: false,
    })
  })
  test("a list of 50,000 values and one more", () => {
    const values = Array.from({ length: 50_000 }, (_, i) => `value ${i}`)
    expect(verdict({ enum: values }, { enum: [...values, "more"] })).toEqual({
      backward: true,
      forward: false,
    })
  })
  test("3,000 fields, one of which changed", () => {
    const fields = (last: unknown) => ({
      type: "object",
      properties: Object.fromEntries(
        Array.from({ length: 3_000 }, (_, i) => [`f${i}`, i === 2_999 ? last : { type: "string" }]),
      ),
    })
    const { findings } = compare(fields({ type: "string" }), fields({ type: "integer" }))
    expect(findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual(["S019 /f2999"])
  })
  test("patterns that take exponential time elsewhere", () => {
    const [evil, harmless] = [{ pattern: "^(a+)+$" }, { pattern: "^a+$" }]
    expect(verdict({ type: "string", ...evil }, { type: "string", ...harmless })).toEqual({
      backward: true,
      forward: true,
    })
    const lookahead = { type: "string", pattern: "^(?=a)(a+)+$" }
    expect(verdict(lookahead, { type: "string", ...harmless })).toEqual({ backward: false, forward: false })
  })
  test("a pattern with more states than are looked at", () => {
    const huge = { type: "string", pattern: "^(a{1,500}b){1,500}$" }
    expect(verdict(huge, { ...huge, minLength: 1 })).toEqual({ backward: false, forward: true })
  })
  test("deep nesting, within what is read", () => {
    const nested = (leaf: unknown) => {
      let schema = leaf
      for (let i = 0; i < 55; i++) schema = { properties: { a: schema } }
      return schema
    }
    const { findings } = compare(nested({ type: "string" }), nested({ type: "integer" }))
    expect(findings.some(({ severity }) => severity === "error")).toBe(true)
  })
})

/** One definition refers to the next, for as long as its author likes. */
function chain(length: number, leaf: unknown, next: (reference: object) => object): unknown {
  const links = Array.from({ length }, (_, i): [string, unknown] => [
    `d${i}`,
    i === length - 1 ? leaf : next({ $ref: `#/$defs/d${i + 1}` }),
  ])
  return { $ref: "#/$defs/d0", $defs: Object.fromEntries(links) }
}

describe("it ends, and has an answer", () => {
  const numbers = (length: number) => Array.from({ length }, (_, i) => i)
  const pairs: readonly (readonly [
    name: string,
    old: unknown,
    now: unknown,
    backward: boolean,
    forward: boolean,
  ])[] = [
    [
      "20,000 references in a row",
      chain(20_000, { type: "string" }, reference => reference),
      chain(20_000, { type: "integer" }, reference => reference),
      false,
      false,
    ],
    [
      "3,000 objects, each inside the one before",
      chain(3_000, { type: "string" }, next => ({ type: "object", properties: { next } })),
      chain(3_000, { type: "integer" }, next => ({ type: "object", properties: { next } })),
      false,
      false,
    ],
    [
      "3,000 fields, each of which asks for the one before it",
      {
        type: "object",
        required: ["f3000"],
        dependentRequired: Object.fromEntries(numbers(3_000).map(i => [`f${i + 1}`, [`f${i}`]])),
      },
      { type: "object", required: ["f3000", "f0"] },
      true,
      false,
    ],
    [
      "5,000 schemas that all must fit",
      { allOf: numbers(5_000).map(i => ({ minLength: i % 7, maxLength: 100 + i })) },
      { allOf: numbers(5_000).map(i => ({ minLength: i % 8, maxLength: 100 + i })) },
      false,
      false,
    ],
    [
      "3,000 branches and one more",
      { anyOf: numbers(3_000).map(i => ({ const: i })) },
      { anyOf: numbers(3_001).map(i => ({ const: i })) },
      true,
      false,
    ],
    [
      "60 patterns of names on either side, which overlap",
      {
        patternProperties: Object.fromEntries(
          numbers(60).map(i => [`^(a|b)*a(a|b){${i}}$`, { type: "null" }]),
        ),
      },
      {
        patternProperties: Object.fromEntries(
          numbers(60).map(i => [`^(a|b)*b(a|b){${i}}$`, { type: "null" }]),
        ),
        additionalProperties: false,
      },
      false,
      false,
    ],
    ["choices within choices, twelve deep", kinds(12, {}), kinds(12, { maxLength: 5 }), false, true],
  ]
  test.each(pairs)("%s", { timeout: 120_000 }, (_, old, now, backward, forward) => {
    const { compatible, findings } = compare(old, now)
    expect(compatible).toEqual({ backward, forward })
    expect(findings.some(({ severity }) => severity === "error")).toBe(true)
  })
})

function kinds(depth: number, more: object): unknown {
  if (depth === 0) return { type: "string", ...more }
  const inner = kinds(depth - 1, more)
  return {
    oneOf: [
      { type: "object", properties: { x: inner }, required: ["x"] },
      { type: "array", items: inner },
      { type: "null" },
    ],
  }
}

describe("a schema is itself", () => {
  test("whatever it says, and however it refers to itself", () => {
    fc.assert(
      fc.property(schemaPairs, ({ old }) => {
        const { compatible, findings } = compare(old, structuredClone(old))
        expect(compatible).toEqual({ backward: true, forward: true })
        expect(findings).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})

describe("circles", () => {
  test("a recursive schema is as compatible as its leaf", () => {
    expect(verdict(node({ type: "string", maxLength: 3 }), node({ type: "string" }))).toEqual({
      backward: true,
      forward: false,
    })
    expect(verdict(node({ type: "string" }), node({ type: "string" }, "#"))).toEqual({
      backward: true,
      forward: true,
    })
  })
  test("a break behind a circle is not masked by it", () => {
    const tree = (leaf: unknown) => ({
      oneOf: [
        { type: "object", properties: { left: { $ref: "#" }, right: { $ref: "#" } }, required: ["left"] },
        leaf,
      ],
    })
    const { compatible, findings } = compare(tree({ type: "string" }), tree({ type: "string", minLength: 1 }))
    expect(compatible).toEqual({ backward: false, forward: true })
    expect(findings[0]?.witness?.payload).toBe("")
  })
  test("a schema that is only itself proves nothing", () => {
    expect(verdict({ $ref: "#" }, { type: "string" }).backward).toBe(false)
    expect(verdict({ type: "string" }, { $ref: "#" }).backward).toBe(false)
    const pair = { $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/b" }, b: { $ref: "#/$defs/a" } } }
    expect(verdict({ type: "string" }, pair).backward).toBe(false)
  })
})

describe("names and values of others are data", () => {
  test("__proto__ and constructor are fields like any other", () => {
    const fields = (type: string) =>
      JSON.parse(
        `{"type":"object","properties":{"__proto__":{"type":"${type}"},"constructor":{"type":"string"}},"required":["__proto__"]}`,
      )
    const { findings } = compare(fields("string"), fields("integer"))
    expect(findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual(["S019 /__proto__"])
  })
  test("numbers that a double cannot hold are told apart", () => {
    const most = (text: string) => {
      const read = readSchema("x.json", `{"type":"integer","maximum":${text}}`)
      if (read.kind === "problems") throw new Error(JSON.stringify(read.problems))
      return read.document
    }
    const question = { subject: "x", mode: "full", policy: "sound" } as const
    expect(compareSchemas(most("9007199254740992"), most("9007199254740993"), question).compatible).toEqual({
      backward: true,
      forward: false,
    })
  })
})
