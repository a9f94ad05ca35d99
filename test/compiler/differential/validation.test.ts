// Three judges of one contract: the emitted `validateX`, the interpreter, and Ajv on the emitted JSON Schema. The first two agree in every
// issue. Ajv accepts whatever fmap accepts; where the schema can say all (decimals as text; type, required, enum, length, pattern,
// items, oneOf) it also refuses whatever fmap refuses.
import { inspect } from "node:util"
import { isExactNumber } from "@fmap/runtime"
import { Ajv2020 } from "ajv/dist/2020.js"
import { afterAll, beforeAll, expect, test } from "vitest"
import { schemaOf } from "../../../compiler/emit/json-schema/index.ts"
import { payloadValidator } from "../../../compiler/interpret/index.ts"
import type { Plan, PlanShape } from "../../../compiler/plan/index.ts"
import { plan } from "../interpret/plan-builders.ts"
import { canonical, difference } from "./canonical.ts"
import { type Draw, samples } from "./draw.ts"
import { type EmittedModules, emittedModules } from "./emitted-modules.ts"
import { corp, ledger } from "./random-calendars.ts"
import { randomRecord } from "./random-payload.ts"
import { randomShapes } from "./random-shapes.ts"
import { sayableShapes } from "./sayable-shapes.ts"

const seed = Number(process.env.FMAP_SEED ?? 20260331)
const planCount = Number(process.env.FMAP_PLANS ?? 100)
const payloadCount = Number(process.env.FMAP_PAYLOADS ?? 110)

let modules: EmittedModules
beforeAll(() => {
  modules = emittedModules()
})
afterAll(() => modules.remove())

interface Verdicts {
  readonly interpreted: (payload: unknown) => { readonly accepted: boolean; readonly result: string }
  readonly emitted: (payload: unknown) => string
  readonly ajv: (payload: unknown) => boolean
}

function judges(shapes: readonly PlanShape[], name: string): Verdicts {
  const one: Plan = plan({
    files: [{ path: "order.fmap", sha256: "0" }],
    shapes,
    calendars: [corp, ledger],
  })
  const interpreted = payloadValidator(one, "Source")
  const emitted = modules.load(one, name).get("validateSource")!
  const ajv = new Ajv2020({
    strict: false,
    ownProperties: true,
    validateFormats: false,
    logger: false,
  }).compile(schemaOf(shapes[0]!, one))
  return {
    interpreted: payload => {
      const result = interpreted(payload)
      return { accepted: result.status === "done", result: canonical(result) }
    },
    emitted: payload => canonical(emitted(payload)),
    ajv: payload => ajv(asParsed(payload)),
  }
}

function closedAgainstProto(shape: PlanShape): boolean {
  return shape.contract?.closed === true && shape.fields.some(field => field.wireName === "__proto__")
}

/** What JSON.parse would have given: Ajv knows no exact numbers. */
function asParsed(value: unknown): unknown {
  if (isExactNumber(value)) return Number(value.text)
  if (typeof value !== "object" || value === null) return value
  if (Array.isArray(value)) return value.map(asParsed)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asParsed(member)]))
}

function compareAll(
  kind: "any" | "sayable",
  shapesOf: (draw: Draw) => readonly PlanShape[],
): { accepted: number; pairs: number; failures: string[] } {
  const tally = { accepted: 0, pairs: 0, failures: [] as string[] }
  for (const [i, shapes] of samples(planCount, seed, shapesOf).entries()) {
    const verdicts = judges(shapes, `${kind}${i}`)
    const byId = new Map(shapes.map(shape => [shape.id, shape]))
    const payloads = samples(payloadCount, seed + i + 1, draw =>
      randomRecord("Source", {
        draw,
        shapes: byId,
        wrong: draw.pick([0, 0, 0, 1, 5]),
        json: kind === "sayable",
      }),
    )
    for (const payload of payloads) {
      const { accepted, result } = verdicts.interpreted(payload)
      tally.pairs++
      if (accepted) tally.accepted++
      const fail = (what: string): void =>
        void tally.failures.push(
          `${kind} ${i} (seed ${seed}): ${what}\n  ${inspect(payload, { depth: 9, breakLength: 160 })}`,
        )
      const emitted = verdicts.emitted(payload)
      if (emitted !== result) fail(difference(result, emitted))
      // Ajv leaves `__proto__` out of `properties`, so a closed schema that names it refuses it.
      if (closedAgainstProto(shapes[0]!)) continue
      const agreed = verdicts.ajv(payload)
      if (accepted && !agreed) fail("fmap accepts, Ajv refuses")
      if (kind === "sayable" && !accepted && agreed) fail(`fmap refuses, Ajv accepts: ${result}`)
    }
  }
  return tally
}

test(`what fmap accepts, Ajv accepts: ${planCount * payloadCount} payloads of any contract`, () => {
  const tally = compareAll("any", draw =>
    randomShapes(draw).all.filter(shape => ["Source", "Row", "Address"].includes(shape.id)),
  )
  expect(tally.failures.slice(0, 3).join("\n\n")).toBe("")
  expect(tally.accepted).toBeGreaterThan(tally.pairs / 20)
}, 120_000)

test(`fmap and Ajv agree on ${planCount * payloadCount} payloads where the schema says all`, () => {
  const tally = compareAll("sayable", sayableShapes)
  expect(tally.failures.slice(0, 3).join("\n\n")).toBe("")
  expect(tally.accepted).toBeGreaterThan(tally.pairs / 20)
  expect(tally.pairs - tally.accepted).toBeGreaterThan(tally.pairs / 20)
}, 120_000)
