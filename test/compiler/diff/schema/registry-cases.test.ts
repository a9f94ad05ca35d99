// The compatibility cases of a schema registry, both directions each. Where fmap says something else, the case is named with its reason,
// and where that is a payload, Ajv confirms it.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { compareSchemas, type ShapePolicy } from "@fmap/compiler"
import { readJson } from "@fmap/runtime"
import { Ajv } from "ajv"
import { describe, expect, test } from "vitest"
import { documentOf } from "./document-of.ts"

interface Case {
  readonly id: string
  readonly compatibility: string
  readonly original: unknown
  readonly updated: unknown
}
interface Deviation {
  readonly at: number
  readonly id: string
  readonly expected: string
  readonly verdict: string
  readonly counterexample: { readonly for: string; readonly payload: unknown } | null
}

const file = join(
  import.meta.dirname,
  "../../../../../shared/data/diff/apicurio/jsonschema-compatibility-test-data.json",
)
const read = readJson(readFileSync(file, "utf8"))
const cases = ("ok" in read ? (read.ok as { tests: Case[] }) : { tests: [] }).tests
const deviations = JSON.parse(
  readFileSync(join(import.meta.dirname, "registry-cases.json"), "utf8"),
) as Record<ShapePolicy, Deviation[]>

function verdict({ original, updated }: Case, policy: ShapePolicy): string {
  const { compatible } = compareSchemas(documentOf(original), documentOf(updated), {
    subject: "case",
    mode: "full",
    policy,
  })
  if (compatible.backward) return compatible.forward ? "both" : "backward"
  return compatible.forward ? "forward" : "none"
}

/** Cases judged as the registry does, of 145, by policy and direction. */
const right: Readonly<Record<ShapePolicy, Readonly<Record<"backward" | "forward", number>>>> = {
  sound: { backward: 142, forward: 143 },
  confluent: { backward: 140, forward: 132 },
  apicurio: { backward: 144, forward: 144 },
}

test("there are 145", () => expect(cases).toHaveLength(145))

describe.each(["sound", "confluent", "apicurio"] as const)("policy %s", policy => {
  test("says what the registry says, but for the named cases", () => {
    const others = cases.flatMap((one, at) => {
      const found = verdict(one, policy)
      return found === one.compatibility
        ? []
        : [{ at, id: one.id, expected: one.compatibility, verdict: found }]
    })
    expect(others).toEqual(
      deviations[policy].map(({ at, id, expected, verdict }) => ({ at, id, expected, verdict })),
    )
  })
  test.each(["backward", "forward"] as const)(
    "%s it is right as often as the documentation says",
    direction => {
      const says = (word: string) => word === "both" || word === direction
      const agreeing = cases.filter(one => says(one.compatibility) === says(verdict(one, policy)))
      expect(agreeing).toHaveLength(right[policy][direction])
    },
  )
  test("and findings agree with the verdict in each mode", () => {
    for (const { original, updated } of cases)
      for (const mode of ["backward", "forward", "full"] as const) {
        const { compatible, findings } = compareSchemas(documentOf(original), documentOf(updated), {
          subject: "case",
          mode,
          policy,
        })
        const fits = mode === "full" ? compatible.backward && compatible.forward : compatible[mode]
        expect(findings.some(({ severity }) => severity === "error")).toBe(!fits)
      }
  })
})

test.each(deviations.sound.filter(({ counterexample }) => counterexample !== null))(
  "$id: there is a payload against what the registry says",
  ({ at, counterexample }) => {
    const { original, updated } = cases[at]!
    const valid = (schema: unknown) =>
      new Ajv({ strict: false }).validate(schema as object, counterexample?.payload)
    expect([valid(original), valid(updated)]).toEqual([true, false])
  },
)
