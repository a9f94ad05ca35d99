// Unions of all three forms under random payloads: interpreter, emitted code (validator and transformer) and Ajv on the emitted schema
// judge alike. Payloads are made of what the kinds have and of near misses.
import { analyse, memoryHost } from "@fmap/compiler"
import { Ajv2020 } from "ajv/dist/2020.js"
import fc from "fast-check"
import { afterAll, beforeAll, expect, test } from "vitest"
import { schemaOf } from "../../../compiler/emit/json-schema/index.ts"
import { interpreter, payloadValidator } from "../../../compiler/interpret/index.ts"
import { type EmittedModules, emittedModules } from "./emitted-modules.ts"

const source = `
record A {
  type  : text(4)
  inner : I
  a     : text(3)
  x?    : text(3)
}

record B {
  type  : text(4)
  inner : I
  b     : decimal(5,2)
  x?    : text(3)
}

record I {
  tag : text(6)
}

contract P version 1.0.0
  reads
{
  value    : A or B by type { "a", "aa" -> A, "b" -> B }
  deep     : A or B by slice(inner.tag, 1, 2) { "aa" -> A, "b." -> B }
  presence : A or B by presence { a -> A, b -> B }
  shape?   : A or B by shape
  rows     : A or B by shape[0..3]
}

record Out {
  value : text(20)
  deep  : text(20)
  some? : text(20)
  shape : text(20)
  rows  : Row[]
}

record Row {
  text : text(20)
}

map M version 1.0.0
  from p: P
  to   o: Out
{
  value = match p.value { A as k -> k.a, B as k -> "{k.b}" }
  deep  = match p.deep { A as k -> k.inner.tag, B as k -> k.inner.tag }
  some  = p.presence.A.x
  shape = match p.shape { A as k -> k.a, B -> "b", missing -> "-" }
  rows  = each p.rows as row { text = match row { A as k -> k.a, B as k -> k.type } }
}
`
const { plan, diagnostics } = analyse(memoryHost(new Map([["order.fmap", source]])), ["order.fmap"])

let modules: EmittedModules
beforeAll(() => {
  modules = emittedModules()
})
afterAll(() => modules.remove())

const textOr = (...right: readonly string[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(null, 5, "", "abcdefgh", true, {}) },
  )
const kind = fc.record(
  {
    type: textOr("a", "aa", "b", "c"),
    inner: fc.oneof(
      { weight: 8, arbitrary: fc.record({ tag: textOr("-aa", "+b.x", "aaa", "b", "\u{1f600}aa") }) },
      { weight: 1, arbitrary: fc.constantFrom<unknown>("x", null, []) },
    ),
    a: textOr("p", "q"),
    b: textOr("1.00", "2.50"),
    x: textOr("x"),
    __proto__: textOr("z"),
  },
  { requiredKeys: [] },
)
const whole = fc.constantFrom<unknown>(
  { type: "a", inner: { tag: "-aa" }, a: "p" },
  { type: "b", inner: { tag: "-b." }, b: "1.00", x: "y" },
)
const value = fc.oneof(
  { weight: 6, arbitrary: whole },
  { weight: 6, arbitrary: kind },
  { weight: 1, arbitrary: fc.constantFrom<unknown>("a", 1, null, []) },
)
const payload = fc.record(
  { value, deep: value, presence: value, shape: value, rows: fc.array(value, { maxLength: 4 }) },
  { requiredKeys: ["value", "deep", "presence", "rows"] },
)

test("interpreter, emitted code and schema judge unions alike", () => {
  expect(diagnostics).toEqual([])
  if (plan === null) return
  const emitted = modules.load(plan, "unions")
  const validate = payloadValidator(plan, "P")
  const run = interpreter(plan)
  const shape = plan.shapes.find(each => each.id === "P")
  if (shape === undefined) throw new Error("no contract")
  const ajv = new Ajv2020({ strict: false, ownProperties: true, validateFormats: false }).compile(
    schemaOf(shape, plan),
  )
  const outcomes = new Set<string>()
  fc.assert(
    fc.property(payload, p => {
      const judged = validate(p)
      expect(emitted.get("validateP")?.(p)).toEqual(judged)
      expect(ajv(p)).toBe(judged.status === "done")
      const made = run("M", { p })
      expect(emitted.get("m")?.({ p })).toEqual(made)
      outcomes.add(made.status)
      for (const issue of made.status === "done" ? [] : made.issues) outcomes.add(issue.code)
    }),
    { seed: 20260331, numRuns: 3000 },
  )
  expect([...outcomes]).toEqual(
    expect.arrayContaining(["done", "rejected", "UNKNOWN_KIND", "AMBIGUOUS_KIND", "MISSING_FIELD"]),
  )
})
