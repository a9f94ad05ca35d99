import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { ExactNumber, type JsonNumber } from "@fmap/runtime"
import { Ajv2020 } from "ajv/dist/2020.js"
import { describe, expect, expectTypeOf, test } from "vitest"
import type { z } from "zod"
import type {
  bindingObject,
  blockObject,
  expressions,
  steps,
} from "../../../../compiler/emit/plan/expression-schema.ts"
import { planEmitter, planJsonSchema, readPlan, writePlan } from "../../../../compiler/emit/plan/index.ts"
import type { planObject } from "../../../../compiler/emit/plan/plan-schema.ts"
import type { valueTypes, wireTypes } from "../../../../compiler/emit/plan/wire-type-schema.ts"
import type {
  Plan,
  PlanBinding,
  PlanBlock,
  PlanCrosswalk,
  PlanExpression,
  PlanField,
  PlanMap,
  PlanShape,
  PlanStep,
  PlanTest,
  ValueType,
  WireType,
} from "../../../../compiler/plan/index.ts"
import {
  arithmetic,
  blockOf,
  clear,
  compare,
  contract,
  each,
  exit,
  field,
  figure,
  fitTo,
  here,
  hole,
  interpolation,
  listOf,
  mapOf,
  missing,
  numeric,
  orElse,
  plan,
  record,
  recordOf,
  round,
  shape,
  src,
  text,
  textLiteral,
  valueArm,
  variable,
  whenArm,
  wireDecimal,
  wireEnum,
  wireInt,
  wireList,
  wireMoney,
  wireRecord,
  wireText,
} from "../../interpret/plan-builders.ts"

// One Plan with something of everything.
const line = shape("Line", [field("a", wireInt())])
const source = contract(
  "Source",
  [
    field("__proto__", wireText()),
    field("stage", wireEnum(["A"], true)),
    field("lines", wireList(wireRecord("Line"))),
  ],
  {},
  {
    rules: [
      {
        kind: "check",
        reads: [["stage"]],
        condition: compare(figure("1"), "<", figure("2")),
        exit: { verb: "warn", code: "W", message: null },
        field: null,
        says: null,
        at: here,
      },
    ],
  },
)
const target = contract("Target", [
  field("t", wireText(3)),
  field("m", wireMoney(["t"])),
  field("rows", wireList(wireRecord("Line"))),
])
const full: Plan = plan({
  systems: [
    {
      name: "S",
      file: 0,
      docs: "d",
      at: here,
      kind: "crm",
      owner: null,
      residency: "EU",
      limits: [{ count: 100, per: "second" }],
    },
  ],
  enums: [{ name: "E", file: 0, docs: "", at: here, open: true, members: [{ value: "A", docs: "" }] }],
  shapes: [source, line, target],
  crosswalks: [
    {
      id: "X",
      name: "X",
      file: 0,
      docs: "",
      at: here,
      version: "1.0.0",
      owner: null,
      parameters: [{ name: "k", type: wireText() }],
      result: wireInt(),
      keyForm: "exact",
      bothWays: false,
      dated: false,
      unmapped: exit("hold", "UNMAPPED"),
      external: null,
      rows: [
        { keys: ["a"], from: "0001-01-01", until: "9999-12-31", value: 12, at: here },
        {
          keys: ["b"],
          from: "0001-01-01",
          until: "9999-12-31",
          value: new ExactNumber("123456789012345678901234567890"),
          at: here,
        },
      ],
    },
  ],
  maps: [
    mapOf(source, target, {
      t: orElse(
        fitTo(interpolation("a", hole(src("__proto__", text))), wireText(3), "t", [{ kind: "length" }]),
        clear,
      ),
      m: orElse(round(arithmetic(figure("1"), "/", figure("3")), 2), exit("reject", "R", textLiteral("m"))),
      rows: each(
        20,
        src("lines", listOf(recordOf("Line"))),
        record(
          "Line",
          blockOf(
            {
              a: {
                kind: "conditional",
                bind: null,
                type: numeric(0),
                maybe: false,
                at: here,
                otherwise: missing,
                arms: [
                  whenArm(compare(figure("1"), "==", figure("1")), {
                    kind: "switch",
                    subject: src("stage", text),
                    arms: [valueArm(["A"], figure("1"))],
                    missing: null,
                    otherwise: variable(20, numeric(0)),
                    type: numeric(0),
                    maybe: false,
                    at: here,
                  }),
                ],
              },
            },
            30,
          ),
        ),
      ),
    }),
  ],
  tests: [
    {
      title: "t",
      map: "M",
      file: 0,
      at: here,
      variables: [],
      givens: [{ name: "src", value: { json: JSON.parse('{"__proto__":"x","n":1.5}') }, at: here }],
      assumes: [{ crosswalk: "X", keys: ["z"], asOf: null, inverse: false, value: undefined, at: here }],
      expectations: [
        {
          kind: "value",
          path: ["rows", 0, "a"],
          operator: "==",
          value: "1.00",
          type: wireDecimal(5, 2),
          at: here,
        },
      ],
    },
  ],
})

test("a Plan comes back as it was written, byte for byte the same when its members are made in another order", () => {
  const [file] = planEmitter.emit(full, {})
  expect(file!.path).toBe("fmap.plan.json")
  const read = readPlan(file!.text)
  expect(read).toEqual({ plan: full })
  expect(file!.text).toContain('"__proto__": "x"')
  expect(file!.text).toContain("123456789012345678901234567890")
  const reversed = Object.fromEntries(Object.entries(full).reverse()) as unknown as Plan
  expect(writePlan(reversed)).toBe(file!.text)
  expect(file!.text.split("\n").every(one => one.length <= 160)).toBe(true)
})

test.each([
  ["no JSON", "{", "The plan is not JSON"],
  ["another thing", "[]", 'This is no fmap plan: it lacks "format": "fmap.plan".'],
  [
    "a newer format",
    '{"format":"fmap.plan","formatVersion":2}',
    "The plan has format version 2, this fmap reads version 1.",
  ],
  [
    "a member missing",
    '{"format":"fmap.plan","formatVersion":1}',
    "The plan does not keep its schema at /files",
  ],
  [
    "an unknown member",
    writePlan(full).replace('"systems"', '"sistems"'),
    "The plan does not keep its schema",
  ],
])("%s is refused with a sentence", (_, given, expected) => {
  const read = readPlan(given)
  expect("problem" in read ? read.problem : "read").toContain(expected)
})

describe("the published schema", () => {
  const published = new URL("../../../../specs/schemas/fmap.plan.schema.json", import.meta.url)
  const text = `${JSON.stringify(planJsonSchema(), null, 2)}\n`
  test("is what the compiler checks with (UPDATE_SCHEMAS=1 writes it)", () => {
    if (process.env.UPDATE_SCHEMAS === "1") writeFileSync(published, text)
    expect(existsSync(published) && readFileSync(published, "utf8")).toBe(text)
  })
  test("accepts the Plan and refuses a broken one", () => {
    const validate = new Ajv2020({ strict: false }).compile(planJsonSchema())
    const json: { maps: { body: { steps: { kind: string }[] } }[] } = JSON.parse(writePlan(full))
    expect(validate(json) || validate.errors).toBe(true)
    json.maps[0]!.body.steps[0]!.kind = "guess"
    expect(validate(json)).toBe(false)
  })
})

// Each schema's own members against the type, both ways; what they contain is typed by the recursive names.
type Recursive = PlanExpression | PlanBinding | PlanBlock | WireType | ValueType | JsonNumber
type Nested<T> = T extends Recursive ? T : Readonly_<T>
type Readonly_<T> = T extends object ? { readonly [K in keyof T]: Nested<T[K]> } : T
type Kinds<T extends readonly z.ZodType[]> = Readonly_<z.output<T[number]>>
type Same<A, B> = [A] extends [B]
  ? [B] extends [A]
    ? true
    : "the schema lacks something"
  : "the type lacks something"

test("schemas and types are equal", () => {
  expectTypeOf<Same<Kinds<typeof wireTypes>, WireType>>().toEqualTypeOf<true>()
  expectTypeOf<Same<Kinds<typeof valueTypes>, ValueType>>().toEqualTypeOf<true>()
  expectTypeOf<Same<Kinds<typeof expressions>, PlanExpression>>().toEqualTypeOf<true>()
  expectTypeOf<Same<Kinds<typeof steps>, PlanStep>>().toEqualTypeOf<true>()
  expectTypeOf<Same<Readonly_<z.output<typeof bindingObject>>, PlanBinding>>().toEqualTypeOf<true>()
  expectTypeOf<Same<Readonly_<z.output<typeof blockObject>>, PlanBlock>>().toEqualTypeOf<true>()
  // Of the declarations the members are compared: that the schema gives a Plan is in the type of `planSchema`.
  type Written = z.output<typeof planObject>
  expectTypeOf<keyof Written>().toEqualTypeOf<keyof Plan>()
  expectTypeOf<keyof Written["shapes"][number]>().toEqualTypeOf<keyof PlanShape>()
  expectTypeOf<keyof Written["shapes"][number]["fields"][number]>().toEqualTypeOf<keyof PlanField>()
  expectTypeOf<keyof Written["crosswalks"][number]>().toEqualTypeOf<keyof PlanCrosswalk>()
  expectTypeOf<keyof Written["maps"][number]>().toEqualTypeOf<keyof PlanMap>()
  expectTypeOf<keyof Written["maps"][number]["report"]>().toEqualTypeOf<keyof PlanMap["report"]>()
  expectTypeOf<keyof Written["tests"][number]>().toEqualTypeOf<keyof PlanTest>()
})
