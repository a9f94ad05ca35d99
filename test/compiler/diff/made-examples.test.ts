// Examples that the compiler makes up: for changes of the cases that are about values, and never where nothing differs.

import { changesOfRecords, compareMaps, type Release, runnable } from "@fmap/compiler"
import { readJson, writeJson } from "@fmap/runtime"
import { expect, test } from "vitest"
import { planOf } from "../../conformance/plan-of.ts"
import { diffCases } from "./corpus.ts"

const release = (text: string, files: Readonly<Record<string, string>>): Release => ({
  plan: planOf(text, files),
  textOf: () => text,
  rows: new Map(),
})
const ready = ({ plan }: Release) => runnable(plan, new Map(), new Map())

const compared = diffCases().map(one => {
  const [old, now] = [release(one.old, one.files), release(one.new, one.files)]
  const told = compareMaps(old, now, "strict")
  const { findings } = changesOfRecords(ready(old), ready(now), told, [], { mode: "strict", tolerance: "0" })
  return { one, old, now, findings }
})

test("most changes of values are shown by an input both versions take", () => {
  const ofValues = compared.flatMap(({ findings, now }) =>
    findings
      .filter(
        ({ rule, path, subject }) =>
          /^M0(?:0[2-9]|1|2[0-9])/u.test(rule) &&
          path !== "" &&
          now.plan.maps.some(({ name }) => name === subject),
      )
      .map(finding => ({ finding })),
  )
  const shown = ofValues.filter(({ finding }) => finding.made !== undefined)
  expect(shown.length / ofValues.length).toBeGreaterThan(0.9)
  for (const { finding } of shown)
    expect(writeJson(finding.made?.old ?? null)).not.toBe(writeJson(finding.made?.new ?? null))
})
test("they are the same every time, and JSON", () => {
  const [first] = compared.filter(({ one }) => one.name === "M004-half-up")
  if (first === undefined) throw new Error("the case is gone")
  const { old, now, findings } = first
  const told = compareMaps(old, now, "strict")
  const again = changesOfRecords(ready(old), ready(now), told, [], {
    mode: "strict",
    tolerance: "0",
  }).findings
  expect(again.map(({ made }) => made)).toEqual(findings.map(({ made }) => made))
  for (const { made } of findings)
    if (made !== undefined) expect("ok" in readJson(writeJson(made.payload))).toBe(true)
})
test("what is proved the same has none", () => {
  for (const { findings } of compared)
    for (const { rule, made } of findings)
      if (rule === "M001" || rule === "M037") expect(made).toBeUndefined()
})
