// Runs the cases: a comparison finds exactly what each says of data and of those who answer for it.
import { compareGovernance, ruleFamilies } from "@fmap/compiler"
import { describe, expect, test } from "vitest"
import { planOf } from "../../release/project.ts"
import { lineageCases, project } from "./cases.ts"

const question = { today: "2026-11-28", mode: "standard" } as const
const old = planOf({ "a.fmap": project })

describe.each(lineageCases)("$title", ({ edits, findings }) => {
  const text = edits.reduce((before, [from, to]) => {
    expect(before).toContain(from)
    return before.replace(from, to)
  }, project)
  const now = planOf({ "a.fmap": text })
  const found = compareGovernance(old, now, question)

  test("is found, and nothing else", () => {
    const told = found.map(
      ({ rule, subject, path, severity, bump }) => `${rule} ${subject} ${path} ${severity} ${bump}`,
    )
    expect(told.toSorted()).toEqual([...findings].toSorted())
  })
  test("is told in sentences, with places, and once", () => {
    for (const { message, oldAt, newAt } of found) {
      expect(message).toMatch(/^\S.{10,}\.$/su)
      for (const at of [oldAt, newAt]) if (at !== null) expect(at).toMatch(/^a\.fmap:\d+:\d+$/u)
      expect(oldAt ?? newAt).not.toBeNull()
    }
    expect(new Set(found.map(({ fingerprint }) => fingerprint)).size).toBe(found.length)
    expect(compareGovernance(now, now, question)).toEqual([])
  })
})

test("every rule has a case in which it fires, and one close by in which it does not", () => {
  const rules = Object.keys(ruleFamilies.find(({ name }) => name === "Lineage")?.rules ?? {})
  expect(rules.length).toBe(13)
  // L007 needs to know what else was found: the cases of specs/conformance/reach.
  for (const rule of rules.filter(id => id !== "L007"))
    expect(
      lineageCases.some(({ findings }) => findings.some(told => told.startsWith(rule))),
      rule,
    ).toBe(true)
  for (const rule of ["L001", "L002", "L003", "L004", "L005", "L006", "L008", "L011", "L013"])
    expect(
      lineageCases.some(({ title }) => title.startsWith(`${rule} not`)),
      rule,
    ).toBe(true)
})

test("more labelled data at a place that had some already is told, and by each source apart", () => {
  const withTitle = (text: string) => {
    const plain = ["title = lead.plain", "  title : text(80)\n"] as const
    for (const part of plain) expect(project).toContain(part)
    return planOf({
      "a.fmap": project
        .replace(plain[0], `title = "${text}"`)
        .replace(plain[1], "  title : text(400)\n")
        .replace("ignore lead.unused", 'ignore lead.plain because "-"\n  ignore lead.unused'),
    })
  }
  const before = withTitle("{lead.name}")
  const told = (text: string) =>
    compareGovernance(before, withTitle(text), question).filter(({ rule }) => rule === "L002")
  expect(told("{lead.name}")).toEqual([])
  expect(told("to {lead.name}")).toEqual([])
  const [more, ...others] = told("{lead.name}, {lead.email}")
  expect(others).toEqual([])
  expect(more).toMatchObject({ subject: "Know", path: "/title", severity: "error" })
  expect(more?.message).toContain("lead.email")
  const [another] = told("{lead.name}, {lead.limit}")
  expect(another?.fingerprint).not.toBe(more?.fingerprint)
})
