// Runs every case of specs/conformance/flow-diff: a comparison finds exactly what the case says, in both directions where it says nothing changed.
import { type Bump, compareFlows, compareMaps, ruleFamilies } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { flowDiffCases, releaseOfText } from "./corpus.ts"

const cases = flowDiffCases()
const bumps: readonly Bump[] = ["none", "patch", "minor", "major"]

describe.each(cases.map(one => [one.name, one] as const))("%s", (_, one) => {
  const [old, now] = [releaseOfText(one.old), releaseOfText(one.new)]
  const findings = compareFlows(old, now, one.mode)

  test(one.description, () => {
    const found = findings.map(({ rule, severity, subject, path }) => ({ rule, severity, subject, path }))
    expect(found).toEqual(one.findings)
    const most = findings.reduce<Bump>(
      (max, { bump }) => (bumps.indexOf(bump) > bumps.indexOf(max) ? bump : max),
      "none",
    )
    expect(most).toBe(one.bump)
  })

  test("says what it found in sentences, and where; what breaks says what becomes of events", () => {
    for (const {
      rule,
      message,
      severity,
      inFlight,
      old: was,
      new: is,
      oldAt,
      newAt,
      fingerprint,
    } of findings) {
      expect(message, rule).toMatch(/^\S.{10,}\.$/su)
      expect(message, rule).not.toMatch(/undefined|null|\[object/u)
      expect(fingerprint).toMatch(/^[0-9a-f]{16}$/u)
      for (const at of [oldAt, newAt]) if (at !== null) expect(at).toMatch(/^main\.fmap:\d+:\d+$/u)
      if (rule !== "F001") expect(was ?? is, rule).not.toBeNull()
      if (severity === "error")
        expect(inFlight, rule).toMatch(/^(?:Events in flight|Both are version).{20,}\.$/su)
    }
  })

  test("finds the same however often it is asked, and nothing against itself", () => {
    expect(compareFlows(old, now, one.mode)).toEqual(findings)
    expect(compareFlows(old, old, one.mode)).toEqual([])
    expect(compareFlows(now, now, one.mode)).toEqual([])
  })

  if (one.findings.every(({ rule }) => rule === "F001")) {
    test("is no change the other way round either", () => {
      expect(compareFlows(now, old, one.mode).map(({ rule }) => rule)).toEqual(
        one.findings.map(({ rule }) => rule),
      )
    })
  } else {
    test("is a change the other way round, too", () => {
      const back = compareFlows(now, old, one.mode)
      expect(back.length === 0 || back.every(({ rule }) => rule === "F001")).toBe(
        one.findings.every(({ rule }) => rule === "F023"),
      )
    })
  }
})

test("flows say nothing of maps: those have findings of their own", () => {
  for (const one of cases)
    for (const { rule, subject } of compareMaps(releaseOfText(one.old), releaseOfText(one.new), one.mode)) {
      expect(rule, one.name).toMatch(/^M/u)
      expect(subject, one.name).not.toBe("DealToOrder")
    }
})

test("every rule about flows has a case in which it fires, and one close by in which it does not", () => {
  const rules = ruleFamilies.find(({ name }) => name === "Flows")?.rules ?? {}
  for (const id of Object.keys(rules)) {
    // what has no rule of its own is made up in net.test.ts
    if (id === "F033") continue
    const own = cases.filter(({ name }) => name.startsWith(`${id}-`))
    const fires = own.filter(({ findings }) => findings.some(({ rule }) => rule === id))
    expect(fires.length, `${id} fires`).toBeGreaterThan(0)
    expect(own.length, `${id} and a near miss`).toBeGreaterThan(fires.length)
    expect(
      own.filter(({ name }) => name.startsWith(`${id}-not-`)).every(one => !fires.includes(one)),
      id,
    ).toBe(true)
  }
})
