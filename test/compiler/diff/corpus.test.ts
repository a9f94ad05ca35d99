// Runs every case of specs/conformance/diff: a comparison finds exactly what the case says, in both directions where it says nothing changed.
import {
  type Bump,
  changeRule,
  compareContracts,
  compareMaps,
  type Release,
  ruleFamilies,
} from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { planOf } from "../../conformance/plan-of.ts"
import { type DiffCase, diffCases } from "./corpus.ts"

const cases = diffCases()
const bumps: readonly Bump[] = ["none", "patch", "minor", "major"]
/** It tells of a bug of fmap, which no case has. */
const ofBugs = ["M031"]

function releaseOf(text: string, files: DiffCase["files"]): Release {
  return { plan: planOf(text, files), textOf: () => text, rows: new Map() }
}

describe.each(cases.map(one => [one.name, one] as const))("%s", (_, one) => {
  const [old, now] = [releaseOf(one.old, one.files), releaseOf(one.new, one.files)]
  const findings = compareMaps(old, now, one.mode)

  test(one.description, () => {
    const found = findings.map(({ rule, severity, subject, path }) => ({ rule, severity, subject, path }))
    expect(sorted(found)).toEqual(sorted(one.findings))
    const most = findings.reduce<Bump>(
      (max, { bump }) => (bumps.indexOf(bump) > bumps.indexOf(max) ? bump : max),
      "none",
    )
    expect(most).toBe(one.bump)
  })

  test("says of the contracts what changed in them, and nothing else", () => {
    const ofContracts = compareContracts(old.plan, now.plan, { policy: "sound", today: null })
    const found = ofContracts.map(({ rule, severity, subject, path }) => ({ rule, severity, subject, path }))
    expect(sorted(found)).toEqual(sorted(one.contracts))
  })

  test("says what it found in sentences, and where", () => {
    for (const { rule, message, old: was, new: is, oldAt, newAt, fingerprint } of findings) {
      expect(message, rule).toMatch(/^\S.{10,}\.$/su)
      expect(fingerprint).toMatch(/^[0-9a-f]{16}$/u)
      for (const at of [oldAt, newAt]) if (at !== null) expect(at).toMatch(/^main\.fmap:\d+:\d+$/u)
      if (!["M001", "M019"].includes(rule)) expect(was ?? is, rule).not.toBeNull()
    }
  })

  test("finds the same however often it is asked, and nothing against itself", () => {
    expect(compareMaps(old, now, one.mode)).toEqual(findings)
    expect(compareMaps(old, old, one.mode)).toEqual([])
    expect(compareMaps(now, now, one.mode)).toEqual([])
  })

  if (isSame(one)) {
    test("is no change the other way round either", () => {
      expect(compareMaps(now, old, one.mode).map(({ rule }) => rule)).toEqual(
        one.findings.map(({ rule }) => rule),
      )
    })
  }
})

function isSame({ findings }: DiffCase): boolean {
  return findings.every(({ rule }) => rule === "M001")
}

function sorted(findings: readonly object[]): readonly string[] {
  return findings.map(one => JSON.stringify(one)).toSorted()
}

test("ten releases change contracts and what maps do with them, ten write maps anew", () => {
  expect(
    cases.filter(({ contracts, findings }) => contracts.length > 0 && findings.length > 0).length,
  ).toBeGreaterThanOrEqual(10)
  expect(cases.filter(({ name }) => name.startsWith("refactor-")).length).toBeGreaterThanOrEqual(10)
})

test("every rule about maps has a case in which it fires, and one close by in which it does not", () => {
  const rules = ruleFamilies.find(({ name }) => name === "Mappings")?.rules ?? {}
  for (const id of Object.keys(rules).filter(rule => !ofBugs.includes(rule))) {
    const own = cases.filter(({ name }) => name.startsWith(`${id}-`))
    const fires = own.filter(({ findings, told }) => [...findings, ...told].some(({ rule }) => rule === id))
    expect(fires.length, `${id} fires`).toBeGreaterThan(0)
    expect(own.length, `${id} and a near miss`).toBeGreaterThan(fires.length)
    expect(changeRule(id)).toBeDefined()
  }
  expect(cases.length).toBeGreaterThanOrEqual(80)
})
