// Payloads that prove breaks: how many of the registry's cases have one, and that each is what it says.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { compareSchemas } from "@fmap/compiler"
import { readJson } from "@fmap/runtime"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { ajvValidator } from "../../../../cli/diff/ajv-validator.ts"
import { documentOf } from "./document-of.ts"
import { schemaPairs } from "./random-schemas.ts"

const file = join(
  import.meta.dirname,
  "../../../../../shared/data/diff/apicurio/jsonschema-compatibility-test-data.json",
)
const read = readJson(readFileSync(file, "utf8"))
const cases = (
  "ok" in read ? (read.ok as { tests: { id: string; original: unknown; updated: unknown }[] }) : { tests: [] }
).tests

function breaking(old: unknown, now: unknown, mode: "backward" | "forward") {
  const { findings } = compareSchemas(documentOf(old), documentOf(now), {
    subject: "case",
    mode,
    policy: "sound",
    validatorOf: ajvValidator,
  })
  return findings.filter(({ severity }) => severity === "error")
}

const found = cases.flatMap(({ original, updated }, at) =>
  (["backward", "forward"] as const).flatMap(mode =>
    breaking(original, updated, mode).map(finding => ({ at, mode, original, updated, finding })),
  ),
)

/** Why no payload shows these: patterns without anchors stop nothing, both constants are none of the type, nobody knows the encoding "base1". */
const unshown: readonly (readonly [at: number, mode: string])[] = [
  [10, "forward"],
  [11, "backward"],
  [11, "forward"],
  [96, "backward"],
  [96, "forward"],
  [101, "backward"],
  [108, "forward"],
  [125, "forward"],
  [126, "forward"],
]

describe("of the registry's cases", () => {
  test("every break that a payload can show has one: 173 of 182, which is 95 %", () => {
    const without = found.filter(({ finding }) => finding.witness === null)
    expect(without.map(({ at, mode }) => [at, mode])).toEqual(unshown)
    expect(found.length).toBe(182)
    expect(1 - unshown.length / found.length).toBeGreaterThan(0.95)
  })
  test("and the payload is valid on the side it names, and not on the other", () => {
    for (const { mode, original, updated, finding } of found) {
      if (finding.witness === null) continue
      const { payload, validFor } = finding.witness
      expect(validFor).toBe(mode === "backward" ? "old" : "new")
      const [given, other] = mode === "backward" ? [original, updated] : [updated, original]
      expect([accepts(given, payload), accepts(other, payload)]).toEqual([true, false])
    }
  })
})

test("of pairs by chance, most breaks have one", { timeout: 300_000 }, () => {
  let [breaks, shown] = [0, 0]
  for (const { old, now } of fc.sample(schemaPairs, { numRuns: 300, seed: 11 })) {
    const all = breaking(old, now, "backward")
    breaks += all.length
    shown += all.filter(({ witness }) => witness !== null).length
  }
  expect(breaks).toBeGreaterThan(150)
  expect(shown / breaks).toBeGreaterThan(0.9)
})

function accepts(schema: unknown, payload: unknown): boolean {
  return ajvValidator(documentOf(schema))?.(payload) === true
}

describe("around the change the payload fits both sides where it can", () => {
  const object = (properties: object, required: readonly string[]) => ({
    type: "object",
    properties,
    required,
  })
  test("so that only the change is at fault", () => {
    const old = object({ id: { type: "string" }, status: { enum: ["open", "closed"] } }, ["id"])
    const now = object({ id: { type: "string" }, status: { enum: ["open"] }, total: { type: "number" } }, [
      "id",
      "total",
    ])
    const payloads = new Map(
      breaking(old, now, "backward").map(({ rule, witness }) => [rule, witness?.payload]),
    )
    expect(payloads.get("S011")).toEqual({ id: "a", total: 0, status: "closed" })
    expect(payloads.get("S003")).toEqual({ id: "a" })
  })
  test("numbers and texts are at the edge", () => {
    const [number] = breaking({ type: "number", minimum: 1 }, { type: "number", minimum: 1.01 }, "backward")
    expect(number?.witness?.payload).toBe(1)
    const [text] = breaking(
      { type: "string", pattern: "^[A-Z]{2,3}$" },
      { type: "string", pattern: "^[A-Z]{2}$" },
      "backward",
    )
    expect(text?.witness?.payload).toBe("AAA")
  })
})
